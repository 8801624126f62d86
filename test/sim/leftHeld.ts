import { waits } from '../../src/core/request.ts';
import type { CustomRole } from '../../src/core/role.ts';
import { assignableAt, roleNameKey } from '../../src/core/role.ts';
import type { ScopeKey } from '../../src/core/values.ts';
import type { World } from '../../src/core/world.ts';
import type { Recording } from '../../src/engine/ports.ts';
import { pathParent } from '../../src/planes/azure.ts';

/**
 * Custom roles that a batch removes although somebody holds them or waits for them by now, or that can no longer be given
 * where somebody does. (Z2)
 */
export function leftHeld({ changes }: Recording, after: World): readonly string[] {
  const misplaced = (role: CustomRole) =>
    usesOf(after, role).some((scope) => role.removedAt !== null || !liesWithin(after, scope, role));
  const changed = changes.flatMap((c) =>
    c.kind === 'role' && c.base > 0 ? (after.role.get(c.id) ?? []) : [],
  );
  return changed.filter(misplaced).map(({ id }) => id);
}

const usesOf = ({ schedule, request }: World, { id }: CustomRole): readonly ScopeKey[] => [
  ...[...schedule.values()].filter((s) => s.role === id && s.announced !== 'end').map((s) => s.scope),
  ...[...request.values()].filter((r) => r.role === id && waits(r)).map((r) => r.scope),
];

function liesWithin(world: World, scope: ScopeKey, role: CustomRole): boolean {
  const allowed = assignableAt(role);
  for (let at: ScopeKey | null = scope; at !== null; at = pathParent(at) ?? parentOf(world, at))
    if (allowed.includes(at)) return true;
  return false;
}
const parentOf = (world: World, at: ScopeKey): ScopeKey | null => world.scope.get(at)?.parent ?? null;

/** Whether two custom roles of a plane that were not removed have one name. */
export function sameName(world: World): boolean {
  const names = [...world.role.values()]
    .filter((r) => r.removedAt === null)
    .map((r) => `${r.plane} ${roleNameKey(r.name)}`);
  return new Set(names).size < names.length;
}
