import type { Schedule } from '../../src/core/schedule.ts';
import type { Target } from '../../src/core/target.ts';
import type { Instant, PrincipalId } from '../../src/core/values.ts';
import type { World } from '../../src/core/world.ts';

// Access once more, as slow and plain as can be, to compare the product's answers with. Nothing of src/ is used but types.

/** When it is over: by itself or because somebody ended it, whichever came first. */
export const overAt = (s: Schedule): number =>
  Math.min(s.end ?? Number.POSITIVE_INFINITY, s.endedAt ?? Number.POSITIVE_INFINITY);
export const inForce = (s: Schedule, t: Instant): boolean => t >= s.start && t < overAt(s);

/** The person and all groups it is in, found by asking every membership again until nothing new turns up. */
export function actsAs(world: World, person: PrincipalId, t: Instant): ReadonlySet<string> {
  const enabled = (id: string) => world.principal.get(id)?.enabled === true;
  const found = new Set<string>(enabled(person) ? [person] : []);
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const s of world.schedule.values()) {
      const member = s.plane === 'groups' && s.role === 'member' && s.kind === 'assignment';
      if (member && inForce(s, t) && found.has(s.principal) && enabled(s.scope)) found.add(s.scope);
    }
  }
  return found;
}

/** The assignments by which a person holds a target, or holds it from above, at t: ids, sorted. */
export function holdingsOf(world: World, person: PrincipalId, target: Target, t: Instant): readonly string[] {
  const identities = actsAs(world, person, t);
  const covers = (s: Schedule) =>
    s.scope === target.scope ||
    (target.plane !== 'groups' && (s.scope === '/' || target.scope.startsWith(`${s.scope}/`)));
  return [...world.schedule.values()]
    .filter((s) => s.kind === 'assignment' && s.plane === target.plane && s.role === target.role)
    .filter((s) => identities.has(s.principal) && covers(s) && inForce(s, t))
    .map((s) => s.id as string)
    .sort();
}
