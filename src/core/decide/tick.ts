import type { Tick } from '../command.ts';
import type { Decision } from '../decision.ts';
import { accept } from '../decision.ts';
import type { Event } from '../event.ts';
import type { Facts } from '../facts.ts';
import type { Request } from '../request.ts';
import { stageEndsAt } from '../request.ts';
import type { Schedule } from '../schedule.ts';
import type { Instant } from '../values.ts';
import { announce } from './announce.ts';
import { waitingFor } from './end.ts';

/** Time is a command: what has become true is said once, in the order in which it became true. */
export function tick(facts: Facts, cmd: Tick, now: Instant): Decision {
  const schedules = cmd.schedules.flatMap((id) => facts.world.schedule.get(id) ?? []);
  const requests = cmd.requests.flatMap((id) => facts.world.request.get(id) ?? []);
  const closing = schedules.flatMap((s) => (over(s, now) ? waitingFor(facts, s, now) : []));
  const failing = new Set(closing.flatMap((e) => (e.type === 'requestMoved' ? [e.request] : [])));
  return accept(
    ...schedules.flatMap((s) => announce(facts, s, now)),
    ...closing,
    ...requests.filter((r) => !failing.has(r.id)).flatMap((r) => tickRequest(r, now)),
  );
}

const over = (s: Schedule, now: Instant): boolean => s.announced !== 'end' && s.end !== null && s.end <= now;

/** Nobody answered in time. */
export function tickRequest(r: Request, now: Instant): readonly Event[] {
  const ends = stageEndsAt(r);
  if (ends === null || now < ends) return [];
  return [{ type: 'requestMoved', request: r.id, to: 'timedOut', schedule: null, at: now }];
}
