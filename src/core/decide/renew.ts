import type { Actor } from '../actor.ts';
import { ADMINISTRATORS_DECIDE } from '../approval.ts';
import type { AdminRenew, Ask, SelfRenew } from '../command.ts';
import type { Decision } from '../decision.ts';
import { accept, refuse } from '../decision.ts';
import type { Facts } from '../facts.ts';
import type { Refusal } from '../refusal.ts';
import type { Request } from '../request.ts';
import type { Schedule } from '../schedule.ts';
import { sameHolding } from '../target.ts';
import type { Instant } from '../values.ts';
import { after, days, later } from '../values.ts';
import { answer, answerRefusals } from './answer.ts';
import { named, requestOf } from './asking.ts';
import { administratorRules, workloadRefusals } from './assign.ts';
import { standingFor } from './existing.ts';
import { create, grant, scheduleOf } from './grant.ts';
import { administratorRefusals, askerRefusals, undecidedRefusals } from './meant.ts';
import type { Window } from './period.ts';
import { lengthRefusals, movedEnd, windowOf } from './period.ts';
import { firstOf } from './staged.ts';

/** How long after its end what was held can be renewed. */
const RENEWED_WITHIN = days(30);

/** An administrator gives again what ended by itself, and with it answers whoever asked for that. */
export function adminRenew(facts: Facts, cmd: AdminRenew, now: Instant): Decision {
  const window = windowOf(cmd.period, now);
  const refusals = firstOf(
    () => administratorRefusals(facts, cmd, now),
    () => renewalRefusals(facts, cmd, now),
    () => givingRefusals(facts, cmd, window, now),
    () => answerRefusals(facts, cmd, 'selfRenew', now),
  );
  if (refusals.length > 0) return refuse(...refusals);
  const request = requestOf(cmd, window, now, { state: 'granted' });
  const condition = cmd.condition ?? expiredFor(facts, cmd, now)?.condition ?? null;
  const { id } = scheduleOf(request, window, now);
  return accept(
    { type: 'requested', request, at: now },
    ...grant({ ...request, condition }, window, now),
    ...answer(facts, cmd, 'selfRenew', id, now),
  );
}

/** Somebody asks the administrators for what was theirs until a while ago. */
export function selfRenew(facts: Facts, cmd: SelfRenew, now: Instant): Decision {
  const window = windowOf(cmd.period, now);
  const refusals = firstOf(
    () => askerRefusals(facts, cmd),
    () => undecidedRefusals(facts, cmd, now),
    () => renewalRefusals(facts, cmd, now),
    () => givingRefusals(facts, cmd, window, now),
  );
  if (refusals.length > 0) return refuse(...refusals);
  const schedule = expiredFor(facts, cmd, now)?.id ?? null;
  const more = { state: 'pendingAdminDecision', schedule, stages: [ADMINISTRATORS_DECIDE] } as const;
  return accept({ type: 'requested', request: requestOf(cmd, window, now, more), at: now });
}

/** Gives again what a request waits for; a late yes moves the period and does not stretch it. */
export function renew(facts: Facts, r: Request, actor: Actor, now: Instant): Decision {
  const start = later(r.start, now);
  const window = { start, end: movedEnd(r, start) };
  const refusals = firstOf(
    () => (facts.world.schedule.has(r.id) ? [{ code: 'nameTaken', name: r.id }] : []),
    () => (standingFor(facts, r.kind, r, now).length > 0 ? [{ code: 'alreadyAssigned', kind: r.kind }] : []),
    () => givingRefusals(facts, { ...r, holding: r, actor }, window, now),
  );
  if (refusals.length > 0) return refuse(...refusals);
  const condition = r.condition ?? facts.world.schedule.get(r.schedule ?? '')?.condition ?? null;
  const schedule = scheduleOf({ ...r, condition }, window, now);
  return accept(...create(schedule, now), {
    type: 'requestMoved',
    request: r.id,
    to: 'adminApproved',
    schedule: schedule.id,
    at: now,
  });
}

/** The assigned schedule of this holding that ended by itself last, if that is not too long ago. */
function expiredFor(facts: Facts, cmd: Ask, now: Instant): Schedule | undefined {
  const name = named(cmd);
  return [...facts.world.schedule.values()]
    .filter(
      (s) =>
        s.kind === cmd.kind &&
        s.activatedFrom === null &&
        sameHolding(s, cmd.holding) &&
        (name === null || s.id === name) &&
        expired(s, now),
    )
    .sort((a, b) => (b.end ?? 0) - (a.end ?? 0))[0];
}

const expired = ({ end, endedAt }: Schedule, now: Instant): boolean =>
  endedAt === null && end !== null && end <= now && now < after(end, RENEWED_WITHIN);

function renewalRefusals(facts: Facts, cmd: Ask, now: Instant): readonly Refusal[] {
  const [there] = standingFor(facts, cmd.kind, cmd.holding, now);
  if (there) return [{ code: 'notExpired', end: there.end }];
  return expiredFor(facts, cmd, now) ? [] : [{ code: 'nothingToRenew', kind: cmd.kind }];
}

const givingRefusals = (
  facts: Facts,
  cmd: Pick<Ask, 'actor' | 'holding' | 'kind' | 'justification' | 'ticket'>,
  window: Window,
  now: Instant,
): readonly Refusal[] =>
  firstOf(
    () => workloadRefusals(facts, cmd),
    () => lengthRefusals(window, facts.planes[cmd.holding.plane].activation.floor),
    () => administratorRules(facts, cmd, window, now),
  );
