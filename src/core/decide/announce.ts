import type { Event } from '../event.ts';
import type { Facts } from '../facts.ts';
import type { Schedule } from '../schedule.ts';
import { live } from '../schedule.ts';
import type { Instant } from '../values.ts';

/** What is to be said of a schedule at an instant, and of the request that waited for its start. */
export const announce = (facts: Facts, s: Schedule, now: Instant): readonly Event[] => [
  ...tickSchedule(s, now),
  ...begun(facts, s, now),
];

/** What is to be said of a schedule at an instant; access itself never waits for it. (T1) */
export function tickSchedule(s: Schedule, now: Instant): readonly Event[] {
  if (s.announced === 'end' || now < s.start) return [];
  const begin: Event = { type: 'accessBegan', schedule: s.id, at: now };
  if (live(s, now)) return s.announced === 'begin' ? [] : [begin];
  const end: Event = { type: 'accessEnded', schedule: s.id, reason: 'expired', at: now };
  return s.announced === 'nothing' ? [begin, end] : [end];
}

// The request that waited for its start is provisioned when the schedule begins, even if nobody looked until its end.
function begun(facts: Facts, s: Schedule, now: Instant): readonly Event[] {
  const request = s.createdBy === null ? undefined : facts.world.request.get(s.createdBy);
  if (request?.state !== 'granted' || now < s.start || s.announced === 'end') return [];
  return [{ type: 'requestMoved', request: request.id, to: 'provisioned', schedule: s.id, at: now }];
}
