import type { Event } from '../event.ts';
import type { Facts } from '../facts.ts';
import type { Refusal } from '../refusal.ts';
import type { Schedule } from '../schedule.ts';
import { standing } from '../schedule.ts';
import type { Instant } from '../values.ts';
import { earlier } from '../values.ts';
import { announce } from './announce.ts';
import { endNow } from './end.ts';
import { standingFor, touches } from './existing.ts';
import type { Window } from './period.ts';

/**
 * Gives a schedule another start and end, and with an earlier end of an eligibility cuts what came from it. (T6)
 * What has begun was announced as it was; what has not may begin with this.
 */
export function reschedule(
  facts: Facts,
  s: Schedule,
  { start, end }: Window,
  now: Instant,
): readonly Event[] {
  if (s.start === start && s.end === end) return [];
  const begun = s.start <= now;
  return [
    ...(begun ? announce(facts, s, now) : []),
    { type: 'scheduleRescheduled', schedule: s.id, start, end, at: now },
    ...(begun ? [] : announce(facts, { ...s, start, end }, now)),
    ...[...facts.world.schedule.values()]
      .filter((d) => d.activatedFrom === s.id && standing(d, now))
      .flatMap((d) => cut(facts, d, end, now)),
  ];
}

function cut(facts: Facts, d: Schedule, end: Instant | null, now: Instant): readonly Event[] {
  if (end === null || earlier(d.end, end) === d.end) return [];
  return d.start < end
    ? [{ type: 'scheduleRescheduled', schedule: d.id, start: d.start, end, at: now }]
    : endNow(facts, d, 'eligibilityEnded', now);
}

/** An activation keeps its period (T5), and no schedule moves into another of the same holding (L4). */
export function movingRefusals(facts: Facts, s: Schedule, window: Window, now: Instant): readonly Refusal[] {
  if (s.activatedFrom !== null) return [{ code: 'activationNotMoved' }];
  const other = standingFor(facts, s.kind, s, now).find((o) => o.id !== s.id && touches(o, window));
  return other ? [{ code: 'overlapsPending', start: other.start, end: other.end }] : [];
}
