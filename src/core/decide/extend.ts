import type { Actor } from '../actor.ts';
import { ADMINISTRATORS_DECIDE } from '../approval.ts';
import type { AdminExtend, Ask, SelfExtend } from '../command.ts';
import type { Decision } from '../decision.ts';
import { accept, refuse } from '../decision.ts';
import type { Facts } from '../facts.ts';
import type { Refusal } from '../refusal.ts';
import type { Request } from '../request.ts';
import type { Schedule } from '../schedule.ts';
import { standing } from '../schedule.ts';
import type { Instant } from '../values.ts';
import { after, days, duration, later } from '../values.ts';
import { answer, answerRefusals } from './answer.ts';
import { requestOf } from './asking.ts';
import { administratorRules } from './assign.ts';
import { administratorRefusals, askerRefusals, notThere, scheduleMeant, undecidedRefusals } from './meant.ts';
import { windowOf } from './period.ts';
import { movingRefusals, reschedule } from './reschedule.ts';
import { firstOf } from './staged.ts';

/** How long before its end somebody may ask for more. */
const ASKED_BEFORE_END = days(14);

/** An administrator moves the end of what has not ended, and with it answers whoever asked for that. */
export function adminExtend(facts: Facts, cmd: AdminExtend, now: Instant): Decision {
  const refusals = administratorRefusals(facts, cmd, now);
  if (refusals.length > 0) return refuse(...refusals);
  const schedule = scheduleMeant(facts, cmd, now);
  if (!schedule) return refuse({ code: 'scheduleNotFound', kind: cmd.kind });
  const window = windowOf(cmd.period, now);
  const wrong = firstOf(
    () => extensionRefusals(facts, cmd, schedule, window.end, now),
    () => answerRefusals(facts, cmd, 'selfExtend', now),
  );
  if (wrong.length > 0) return refuse(...wrong);
  const request = requestOf(cmd, window, now, { state: 'provisioned', schedule: schedule.id });
  return accept(
    { type: 'requested', request, at: now },
    ...reschedule(facts, schedule, { start: schedule.start, end: window.end }, now),
    ...answer(facts, cmd, 'selfExtend', schedule.id, now),
  );
}

/** Somebody asks the administrators for a later end of what is theirs and ends soon. */
export function selfExtend(facts: Facts, cmd: SelfExtend, now: Instant): Decision {
  const refusals = askerRefusals(facts, cmd);
  if (refusals.length > 0) return refuse(...refusals);
  const schedule = scheduleMeant(facts, cmd, now);
  if (!schedule) return refuse(notThere(facts, cmd, now));
  const window = windowOf(cmd.period, now);
  const wrong = firstOf(
    () => undecidedRefusals(facts, cmd, now),
    () => earlyRefusals(schedule, now),
    () => extensionRefusals(facts, cmd, schedule, window.end, now),
  );
  if (wrong.length > 0) return refuse(...wrong);
  const more = {
    state: 'pendingAdminDecision',
    schedule: schedule.id,
    stages: [ADMINISTRATORS_DECIDE],
  } as const;
  return accept({ type: 'requested', request: requestOf(cmd, window, now, more), at: now });
}

/** Gives the later end that a request waits for. */
export function extend(facts: Facts, r: Request, actor: Actor, now: Instant): Decision {
  const schedule = facts.world.schedule.get(r.schedule ?? '');
  if (!schedule || !standing(schedule, now)) return refuse({ code: 'scheduleNotFound', kind: r.kind });
  const refusals = extensionRefusals(facts, { ...r, holding: r, actor }, schedule, r.end, now);
  if (refusals.length > 0) return refuse(...refusals);
  return accept(...reschedule(facts, schedule, { start: schedule.start, end: r.end }, now), {
    type: 'requestMoved',
    request: r.id,
    to: 'adminApproved',
    schedule: schedule.id,
    at: now,
  });
}

function earlyRefusals({ activatedFrom, end }: Schedule, now: Instant): readonly Refusal[] {
  if (activatedFrom !== null || end === null) return [];
  const opens = after(end, duration(-ASKED_BEFORE_END));
  return now < opens ? [{ code: 'tooEarlyToExtend', opens }] : [];
}

// The policy's longest period counts from now: what is left and what is added are one period.
function extensionRefusals(
  facts: Facts,
  cmd: Pick<Ask, 'actor' | 'holding' | 'kind' | 'justification' | 'ticket'>,
  s: Schedule,
  end: Instant | null,
  now: Instant,
): readonly Refusal[] {
  return firstOf(
    () => movingRefusals(facts, s, { start: s.start, end }, now),
    () => (s.end === null || (end !== null && end <= s.end) ? [{ code: 'endsNotLater', end: s.end }] : []),
    () => administratorRules(facts, cmd, { start: later(s.start, now), end }, now),
  );
}
