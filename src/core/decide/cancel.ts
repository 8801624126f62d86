import type { Cancel } from '../command.ts';
import { confer } from '../confer.ts';
import type { Decision } from '../decision.ts';
import { accept, refuse } from '../decision.ts';
import type { Facts } from '../facts.ts';
import { closed, stageEndsAt } from '../request.ts';
import type { Instant } from '../values.ts';
import { endNow } from './end.ts';

/** The requestor, the principal or an administrator takes back what has not begun. */
export function cancel(facts: Facts, cmd: Cancel, now: Instant): Decision {
  const request = facts.world.request.get(cmd.request);
  if (!request) return refuse({ code: 'requestNotFound', request: cmd.request });
  const own = cmd.actor.id === request.requestor || cmd.actor.id === request.principal;
  const refusals = own ? [] : confer(facts, cmd.actor, request, 'schedules', now);
  if (refusals.length > 0) return refuse(...refusals);
  const schedule = facts.world.schedule.get(request.id);
  if (closed(request.state) || (schedule && schedule.start <= now)) {
    return refuse({
      code: 'notCancelable',
      state: schedule && !closed(request.state) ? 'provisioned' : request.state,
    });
  }
  const waited = stageEndsAt(request);
  if (waited !== null && waited <= now) return refuse({ code: 'notCancelable', state: 'timedOut' });
  if (schedule) return accept(...endNow(facts, schedule, 'canceled', now));
  return accept({ type: 'requestMoved', request: request.id, to: 'canceled', schedule: null, at: now });
}
