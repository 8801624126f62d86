import type { Event } from '../event.ts';
import type { Facts } from '../facts.ts';
import type { Refusal } from '../refusal.ts';
import type { Request } from '../request.ts';
import { waits } from '../request.ts';
import type { EndReason, Schedule } from '../schedule.ts';
import { standing } from '../schedule.ts';
import type { Instant, PrincipalId } from '../values.ts';
import { after } from '../values.ts';
import { announce } from './announce.ts';

/**
 * Ends a schedule now, and with an eligibility all that came from it: activations that run or will, and requests that
 * wait to use it. (T6) Whether the tick has looked since it began makes no difference to what is said.
 */
export function endNow(facts: Facts, schedule: Schedule, reason: EndReason, now: Instant): readonly Event[] {
  const derived = [...facts.world.schedule.values()].filter(
    (s) => s.activatedFrom === schedule.id && standing(s, now),
  );
  return [
    ...announce(facts, schedule, now),
    { type: 'accessEnded', schedule: schedule.id, reason, at: now },
    ...closeRequest(facts, schedule, reason, now),
    ...derived.flatMap((s) => endNow(facts, s, 'eligibilityEnded', now)),
    ...waitingFor(facts, schedule, now),
  ];
}

// A schedule that never began leaves its request granted; the request is closed with it.
function closeRequest(facts: Facts, s: Schedule, reason: EndReason, now: Instant): readonly Event[] {
  const request = s.createdBy === null ? undefined : facts.world.request.get(s.createdBy);
  if (request?.state !== 'granted' || s.start <= now) return [];
  const to = reason === 'canceled' ? 'canceled' : 'revoked';
  return [{ type: 'requestMoved', request: request.id, to, schedule: null, at: now }];
}

/** Requests that wait for a yes to use this schedule, or to extend it, can no longer be granted. */
export const waitingFor = (facts: Facts, schedule: Schedule, now: Instant): readonly Event[] =>
  [...facts.world.request.values()]
    .filter((r) => waits(r) && (r.uses === schedule.id || toExtend(r, schedule)))
    .map((r) => ({ type: 'requestMoved', request: r.id, to: 'failed', schedule: null, at: now }));

const toExtend = (r: Request, s: Schedule): boolean => r.action === 'selfExtend' && r.schedule === s.id;

/** A removal comes too early while the schedule is younger than the floor; what has not begun may go at any time. */
export function removalRefusals(facts: Facts, s: Schedule, now: Instant): readonly Refusal[] {
  const floor = facts.settings.removalFloor;
  const earliest = after(s.start, floor);
  return s.start <= now && now < earliest ? [{ code: 'removedTooSoon', floor, earliest }] : [];
}

/** Whether the principal still exists and is enabled. */
export const enabled = (facts: Facts, principal: PrincipalId): boolean =>
  facts.world.principal.get(principal)?.enabled === true;
