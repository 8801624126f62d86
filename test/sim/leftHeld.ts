import { roleNameKey } from '../../src/core/role.ts';
import type { World } from '../../src/core/world.ts';
import type { Recording } from '../../src/engine/ports.ts';

/** Custom roles that a batch removes although somebody holds them or waits for them by now. */
export function leftHeld({ changes }: Recording, after: World): readonly string[] {
  const held = (id: string) =>
    [...after.schedule.values()].some((s) => s.role === id && s.announced !== 'end') ||
    [...after.request.values()].some((r) => r.role === id && r.state === 'pendingApproval');
  return changes
    .filter(({ kind, id }) => kind === 'role' && after.role.get(id)?.removedAt !== null && held(id))
    .map(({ id }) => id);
}

/** Whether two custom roles of a plane that were not removed have one name. */
export function sameName(world: World): boolean {
  const names = [...world.role.values()]
    .filter((r) => r.removedAt === null)
    .map((r) => `${r.plane} ${roleNameKey(r.name)}`);
  return new Set(names).size < names.length;
}
