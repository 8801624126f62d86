import type { Event } from '../event.ts';
import type { Request } from '../request.ts';
import type { Schedule } from '../schedule.ts';
import { live } from '../schedule.ts';
import { holdingOf } from '../target.ts';
import type { Instant, ScheduleId } from '../values.ts';
import { tickSchedule } from './announce.ts';
import type { Window } from './period.ts';

/** A granted request becomes a schedule of its name, and says at once what is already true of it. */
export function grant(request: Request, window: Window, now: Instant): readonly Event[] {
  const schedule = scheduleOf(request, window, now);
  return [...create(schedule, now), ...(live(schedule, now) ? provisioned(request, schedule, now) : [])];
}

/** A new schedule, and what is already true of it. */
export const create = (schedule: Schedule, now: Instant): readonly Event[] => [
  { type: 'scheduleCreated', schedule, at: now },
  ...tickSchedule(schedule, now),
];

/** INVARIANT(L3): one schedule a granting request; it has the request's name. */
export function scheduleOf(request: Request, { start, end }: Window, now: Instant): Schedule {
  return {
    ...holdingOf(request),
    id: request.id as string as ScheduleId,
    kind: request.kind,
    start,
    end,
    endedAt: null,
    endReason: null,
    activatedFrom: request.uses,
    createdBy: request.id,
    createdAt: now,
    maker: request.requestor,
    updatedAt: now,
    amendedBy: null,
    condition: request.condition,
    note: null,
    spelling: request.spelling,
    announced: 'nothing',
    version: 1,
  };
}

const provisioned = (request: Request, schedule: Schedule, now: Instant): readonly Event[] => [
  { type: 'requestMoved', request: request.id, to: 'provisioned', schedule: schedule.id, at: now },
];
