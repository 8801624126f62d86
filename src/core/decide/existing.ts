import type { Facts } from '../facts.ts';
import type { Refusal } from '../refusal.ts';
import type { Kind, Schedule } from '../schedule.ts';
import { live, standing } from '../schedule.ts';
import type { Holding } from '../target.ts';
import { sameHolding } from '../target.ts';
import type { Instant } from '../values.ts';
import type { Window } from './period.ts';

/** The schedules of a kind for exactly this holding that are in force or will be. */
export const standingFor = (facts: Facts, kind: Kind, holding: Holding, now: Instant): readonly Schedule[] =>
  [...facts.world.schedule.values()].filter(
    (s) => s.kind === kind && sameHolding(s, holding) && standing(s, now),
  );

/** Why a new activation cannot join what is there: one live at most, no other waiting, no windows that touch. (L4) */
export function activationRefusals(
  facts: Facts,
  holding: Holding,
  window: Window,
  now: Instant,
): readonly Refusal[] {
  const there = standingFor(facts, 'assignment', holding, now);
  if (there.some((s) => live(s, now))) return [{ code: 'alreadyAssigned', kind: 'assignment' }];
  const pending = pendingFor(facts, holding);
  if (pending) return [{ code: 'pendingRequest', request: pending.id }];
  const touching = there.find((s) => touches(s, window));
  return touching ? [{ code: 'overlapsPending', start: touching.start, end: touching.end }] : [];
}

const pendingFor = (facts: Facts, holding: Holding) =>
  [...facts.world.request.values()].find((r) => r.state === 'pendingApproval' && sameHolding(r, holding));

/** Two windows touch when they share a minute, ends included: that is how finely the service looks. */
export function touches(a: Window, b: Window): boolean {
  const minute = (t: Instant | null) => (t === null ? Number.POSITIVE_INFINITY : Math.floor(t / 60_000));
  return minute(a.start) <= minute(b.end) && minute(b.start) <= minute(a.end);
}
