import { parseGuid, type RoleKey, roleKey, type ScopeKey } from '../core/values.ts';
import { kindOfKey, parseArmScope, subscriptionOf } from './scope.ts';

export interface RoleId {
  readonly role: RoleKey;
  /** What has to be repeated to the one who wrote it so; null where the canonical spelling is expected. */
  readonly spelling: string | null;
}

const TAIL = ['providers', 'microsoft.authorization', 'roledefinitions'];

/**
 * Reads a role definition id in any of the forms clients send. The GUID alone says which role it is.
 * Terraform finds its schedule by the very text it sent, so the two forms that are nobody's canonical one are kept.
 * docs/divergences.md: arm-echo
 */
export function parseRoleId(text: string): RoleId | null {
  const segments = text.split('/').filter((s) => s !== '');
  const guid = parseGuid(segments.at(-1) ?? '');
  if (guid === null) return null;
  const role = roleKey(guid);
  if (segments.length === 1) return text === segments[0] ? { role, spelling: text } : null;
  const [scope, tail] = [segments.slice(0, -4), segments.slice(-4, -1).map((s) => s.toLowerCase())];
  if (!TAIL.every((word, i) => tail[i] === word)) return null;
  if (scope.length === 0) return { role, spelling: text };
  return 'problem' in parseArmScope(scope.join('/')) ? null : { role, spelling: null };
}

const PROVIDER = '/providers/Microsoft.Authorization/roleDefinitions/';

/** The id as roleDefinitions and roleAssignments write it at a scope: az joins the two by exact text. */
export function roleIdAt(role: RoleKey, scope: ScopeKey): string {
  const subscription = subscriptionOf(scope);
  return `${subscription === null ? '' : `/subscriptions/${subscription}`}${PROVIDER}${role}`;
}

/** The id as PIM writes it: at a management group with the group in front. */
export const pimRoleIdAt = (role: RoleKey, scope: ScopeKey, path: string): string =>
  kindOfKey(scope) === 'managementGroup' ? `${path}${PROVIDER}${role}` : roleIdAt(role, scope);
