import { createHash } from 'node:crypto';
import { type RoleKey, roleKey, type ScopeKey } from '../core/values.ts';
import { builtinRoles } from '../engine/builtinRoles.ts';
import type { Engine } from '../engine/engine.ts';

const NAMESPACE = Buffer.from('5b1d5a0e6f0c4f0b9a3e2c7d8e9f0a1b', 'hex');

/** A GUID made of a text (version 5): the same text always has the same one. */
export function guidOf(text: string): string {
  const hash = createHash('sha1').update(NAMESPACE).update(text).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * The name of the policy of a role at a scope. Policies need no making, so the name follows from what they govern.
 * docs/divergences.md: arm-policy-name
 */
export const policyName = (scope: ScopeKey, role: RoleKey): string => guidOf(`policy ${scope} ${role}`);

/** The role whose policy has this name at a scope; undefined when none has. */
export const roleOfPolicy = (
  { access }: Pick<Engine, 'access'>,
  scope: ScopeKey,
  name: string,
): RoleKey | undefined =>
  [...builtinRoles().keys(), ...[...access.roles()].map((r) => r.id)]
    .map((key) => roleKey(key))
    .find((role) => policyName(scope, role) === name.toLowerCase());
