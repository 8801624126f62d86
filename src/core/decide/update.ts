import type { AdminUpdate } from '../command.ts';
import type { Decision } from '../decision.ts';
import { accept, refuse } from '../decision.ts';
import type { Event } from '../event.ts';
import type { Facts } from '../facts.ts';
import type { Refusal } from '../refusal.ts';
import { same } from '../same.ts';
import type { Condition, Schedule } from '../schedule.ts';
import { standing } from '../schedule.ts';
import type { Instant, PrincipalId } from '../values.ts';
import { earlier, later } from '../values.ts';
import { requestOf } from './asking.ts';
import { administratorRules } from './assign.ts';
import { administratorRefusals, scheduleMeant } from './meant.ts';
import type { Window } from './period.ts';
import { emptyRefusals, lengthRefusals, windowOf } from './period.ts';
import { movingRefusals, reschedule } from './reschedule.ts';
import { firstOf } from './staged.ts';

/** An administrator changes start, end or condition of what was assigned; what is not given stays. */
export function adminUpdate(facts: Facts, cmd: AdminUpdate, now: Instant): Decision {
  const refusals = administratorRefusals(facts, cmd, now);
  if (refusals.length > 0) return refuse(...refusals);
  const schedule = scheduleMeant(facts, cmd, now);
  if (!schedule) return refuse({ code: 'scheduleNotFound', kind: cmd.kind });
  const asked = askedWindow(cmd, schedule, now);
  const window = { ...asked, start: begun(schedule, now) ? schedule.start : asked.start };
  const wrong = updateRefusals(facts, cmd, schedule, { asked, window }, now);
  if (wrong.length > 0) return refuse(...wrong);
  const request = requestOf(cmd, asked, now, { state: 'provisioned', schedule: schedule.id });
  return accept(
    { type: 'requested', request, at: now },
    ...reschedule(facts, schedule, window, now),
    ...reconditioned(facts, schedule, cmd.condition, window.end, now, cmd.actor.id),
  );
}

const begun = ({ start }: Schedule, now: Instant): boolean => start <= now;

// Of what has not begun, a start that is not given stays; what has begun counts a length from now.
function askedWindow({ period }: AdminUpdate, s: Schedule, now: Instant): Window {
  const start = period.start ?? (begun(s, now) ? null : s.start);
  const window = windowOf({ ...period, start }, now);
  return period.expiration.type === 'notSpecified' ? { ...window, end: s.end } : window;
}

function updateRefusals(
  facts: Facts,
  cmd: AdminUpdate,
  s: Schedule,
  { asked, window }: { readonly asked: Window; readonly window: Window },
  now: Instant,
): readonly Refusal[] {
  const ahead = { start: later(window.start, now), end: window.end };
  const longer = earlier(window.end, s.end) !== window.end;
  return firstOf(
    () => movingRefusals(facts, s, window, now),
    () => (begun(s, now) && asked.start > now ? [{ code: 'alreadyBegun', start: s.start }] : []),
    () => emptyRefusals(ahead),
    () => lengthRefusals(window, facts.planes[s.plane].activation.floor),
    () => administratorRules(facts, cmd, ahead, now).filter((r) => longer || !aboutTheEnd(r)),
  );
}

// No policy keeps anybody from giving less: only a later end is measured.
const aboutTheEnd = ({ code }: Refusal): boolean => code === 'endsTooLate' || code === 'endRequired';

/** Another condition holds for what came from the eligibility too: it travelled with every activation. */
function reconditioned(
  facts: Facts,
  s: Schedule,
  condition: Condition | null,
  end: Instant | null,
  now: Instant,
  by: PrincipalId,
): readonly Event[] {
  if (condition === null || same(s.condition, condition)) return [];
  const derived = [...facts.world.schedule.values()].filter(
    (d) => d.activatedFrom === s.id && standing(d, now) && (end === null || d.start < end),
  );
  return [s, ...derived].map(({ id, note }) => ({
    type: 'scheduleAmended',
    schedule: id,
    note,
    condition,
    by,
    at: now,
  }));
}
