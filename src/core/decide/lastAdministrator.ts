import type { Actor } from '../actor.ts';
import type { Facts } from '../facts.ts';
import type { Refusal } from '../refusal.ts';
import type { Schedule } from '../schedule.ts';
import { live } from '../schedule.ts';
import type { Instant, ScopeKey } from '../values.ts';

// Below a subscription there is always somebody above who can help.
const GUARDED: readonly string[] = ['tenant', 'managementGroup', 'subscription'];

/** Whether nobody may take this one unless another like it is left: it was given, and lets its holder give roles. */
export const guarded = (
  { planes, world }: Facts,
  s: Pick<Schedule, 'plane' | 'kind' | 'role' | 'scope' | 'activatedFrom'>,
): boolean =>
  s.kind === 'assignment' &&
  s.activatedFrom === null &&
  planes[s.plane].administrators.includes(s.role) &&
  GUARDED.includes(world.scope.get(s.scope)?.kind ?? '');

/** The other assignments that let somebody give roles at this scope: given, without condition, to somebody who is enabled. */
export function otherAdministrators(facts: Facts, s: Schedule, now: Instant): readonly Schedule[] {
  const { planes, world } = facts;
  const above = planes[s.plane].containers(s.scope, (key: ScopeKey) => world.scope.get(key)?.parent ?? null);
  return [...world.schedule.values()].filter(
    (other) =>
      other.id !== s.id &&
      other.plane === s.plane &&
      other.condition === null &&
      above.includes(other.scope) &&
      guarded(facts, other) &&
      live(other, now) &&
      world.principal.get(other.principal)?.enabled === true,
  );
}

/**
 * No voluntary act takes the last path to administration away (Z9). An end that comes by itself is never held up (T8),
 * and the server's own orders are nobody's voluntary acts.
 */
export const lastAdministrator = (
  facts: Facts,
  actor: Actor,
  s: Schedule,
  now: Instant,
): readonly Refusal[] =>
  actor.kind === 'system' ||
  s.condition !== null ||
  !guarded(facts, s) ||
  !live(s, now) ||
  otherAdministrators(facts, s, now).length > 0
    ? []
    : [{ code: 'lastAdministrator', scope: s.scope }];
