import type { AdminRemove, SelfDeactivate } from '../command.ts';
import { confer } from '../confer.ts';
import type { Decision } from '../decision.ts';
import { accept, refuse } from '../decision.ts';
import type { Facts } from '../facts.ts';
import type { Refusal } from '../refusal.ts';
import type { EndReason, Schedule } from '../schedule.ts';
import { live } from '../schedule.ts';
import type { Instant } from '../values.ts';
import { requestOf, subjectRefusals } from './asking.ts';
import { endNow, removalRefusals } from './end.ts';
import { standingFor } from './existing.ts';
import { lastAdministrator } from './lastAdministrator.ts';
import { firstOf } from './staged.ts';

/** An administrator takes an eligibility or an assignment away, an activated one too. No policy is asked. */
export function adminRemove(facts: Facts, cmd: AdminRemove, now: Instant): Decision {
  const refusals = firstOf(
    () => subjectRefusals(facts, cmd).filter((r) => r.code !== 'roleNotAssignable'),
    () => confer(facts, cmd.actor, cmd.holding, 'schedules', now),
  );
  return refusals.length > 0
    ? refuse(...refusals)
    : endOf(facts, cmd, standingFor(facts, cmd.kind, cmd.holding, now), 'removed', now);
}

/** Somebody gives an activation back before its end. */
export function selfDeactivate(facts: Facts, cmd: SelfDeactivate, now: Instant): Decision {
  if (cmd.actor.kind === 'workload') return refuse({ code: 'interactiveSignInRequired' });
  if (cmd.actor.id !== cmd.holding.principal) return refuse({ code: 'notForSomebodyElse' });
  const activated = standingFor(facts, 'assignment', cmd.holding, now).filter(
    (s) => s.activatedFrom !== null,
  );
  return endOf(facts, cmd, activated, 'deactivated', now);
}

// Of several, the live one is meant: the others have not begun.
function endOf(
  facts: Facts,
  cmd: AdminRemove | SelfDeactivate,
  candidates: readonly Schedule[],
  reason: EndReason,
  now: Instant,
): Decision {
  const named = candidates.filter((s) => cmd.schedule === null || s.id === cmd.schedule);
  const schedule = named.find((s) => live(s, now)) ?? named[0];
  if (!schedule) return refuse({ code: 'scheduleNotFound', kind: cmd.kind });
  const refusals: readonly Refusal[] = firstOf(
    () => removalRefusals(facts, schedule, now),
    () => lastAdministrator(facts, cmd.actor, schedule, now),
  );
  if (refusals.length > 0) return refuse(...refusals);
  const request = requestOf(cmd, { start: now, end: null }, now, { state: 'revoked', schedule: schedule.id });
  return accept({ type: 'requested', request, at: now }, ...endNow(facts, schedule, reason, now));
}
