import type { Facts } from '../facts.ts';
import type { Refusal } from '../refusal.ts';
import type { Scope, ScopeKind } from '../scope.ts';
import { namedScope, parentIn } from '../scope.ts';
import type { Plane } from '../target.ts';
import type { ScopeKey } from '../values.ts';

/** The scope and all that contain it. */
export const containersIn = (facts: Facts, plane: Plane, key: ScopeKey): readonly ScopeKey[] =>
  facts.planes[plane].containers(key, parentIn(facts.world.scope));

/** The scope that was deleted, of this one and those that contain it, or of the latter alone; null when none was. */
export function deletedAbove(
  facts: Facts,
  plane: Plane,
  key: ScopeKey,
  where: 'atAndAbove' | 'above' = 'atAndAbove',
): ScopeKey | null {
  const asked = containersIn(facts, plane, key).filter((k) => where === 'atAndAbove' || k !== key);
  return asked.find((k) => (facts.world.scope.get(k)?.deletedAt ?? null) !== null) ?? null;
}

export type Change = 'moved' | 'deleted' | 'tagged';
const KINDS: { readonly [C in Change]: readonly ScopeKind[] } = {
  moved: ['managementGroup', 'subscription'],
  deleted: ['managementGroup', 'resourceGroup', 'resource'],
  tagged: ['managementGroup', 'subscription', 'resourceGroup', 'resource'],
};

/** Whether a scope cannot be changed so, whoever asks: its kind cannot, or it is the management group at the top. */
export function fixed(facts: Facts, scope: Scope, change: Change): boolean {
  const above = scope.parent === null ? undefined : namedScope(facts.world.scope, scope.parent);
  const isTop = scope.kind === 'managementGroup' && above?.kind === 'tenant';
  return !KINDS[change].includes(scope.kind) || (isTop && change !== 'tagged');
}

/** Why a scope cannot hang under a parent: it would be in itself, or too deep. */
export function treeRefusals(
  facts: Facts,
  plane: Plane,
  { key, kind }: Pick<Scope, 'key' | 'kind'>,
  parent: ScopeKey | null,
): readonly Refusal[] {
  if (parent === null) return [];
  const above = containersIn(facts, plane, parent);
  if (above.includes(key)) return [{ code: 'scopeInItself', scope: key, parent }];
  if (kind !== 'managementGroup') return [];
  const groups = above.filter((k) => namedScope(facts.world.scope, k)?.kind === 'managementGroup').length;
  const { levels } = facts.planes[plane].scopes;
  return groups + height(facts, key) > levels ? [{ code: 'scopeTooDeep', scope: key, levels }] : [];
}

/** The scopes that hang directly on one and are not deleted. */
export const childrenIn = (facts: Facts, key: ScopeKey): readonly Scope[] =>
  [...facts.world.scope.values()].filter((s) => s.parent === key && s.deletedAt === null);

const height = (facts: Facts, key: ScopeKey): number =>
  childrenIn(facts, key)
    .filter((s) => s.kind === 'managementGroup')
    .reduce((most, s) => Math.max(most, 1 + height(facts, s.key)), 0);
