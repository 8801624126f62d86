import type { Grant, Withdraw } from '../command.ts';
import { confer } from '../confer.ts';
import type { Decision } from '../decision.ts';
import { accept, refuse } from '../decision.ts';
import type { Facts } from '../facts.ts';
import type { Refusal } from '../refusal.ts';
import type { Condition, Schedule } from '../schedule.ts';
import { standing } from '../schedule.ts';
import { sameHolding } from '../target.ts';
import type { Instant } from '../values.ts';
import { subjectRefusals } from './asking.ts';
import { endNow } from './end.ts';
import { standingFor } from './existing.ts';
import { lastAdministrator } from './lastAdministrator.ts';
import { firstOf } from './staged.ts';

/** Standing access, given outside any request. The same again under its name changes nothing. */
export function give(facts: Facts, cmd: Grant, now: Instant): Decision {
  const refusals = firstOf(
    () => subjectRefusals(facts, cmd),
    () => kindRefusals(facts, cmd),
    () => confer(facts, cmd.actor, cmd.holding, 'schedules', now),
  );
  if (refusals.length > 0) return refuse(...refusals);
  const there = facts.world.schedule.get(cmd.schedule);
  if (there && !(isFree(there) && !standing(there, now))) return again(facts, cmd, there, now);
  if (facts.world.request.has(cmd.schedule)) return refuse({ code: 'nameTaken', name: cmd.schedule });
  if (standingFor(facts, 'assignment', cmd.holding, now).length > 0)
    return refuse({ code: 'alreadyAssigned', kind: 'assignment' });
  const schedule = given(cmd, now, (there?.version ?? 0) + 1);
  return accept(
    { type: 'scheduleCreated', schedule, at: now },
    { type: 'accessBegan', schedule: schedule.id, at: now },
  );
}

// Templates derive names from what they deploy: deployed, deleted and deployed again it is the same name. What a request made
// keeps its name for good, because the request does.
const isFree = (s: Schedule): boolean =>
  s.kind === 'assignment' && s.createdBy === null && s.activatedFrom === null;

function kindRefusals(facts: Facts, { holding, principalKind }: Grant): readonly Refusal[] {
  const has = facts.world.principal.get(holding.principal)?.kind ?? 'nothing';
  return principalKind === null || principalKind === has
    ? []
    : [{ code: 'principalKindDiffers', principal: holding.principal, has, given: principalKind }];
}

// What may change under the same name is the remark and the condition; the rest is what the name stands for.
function again(facts: Facts, cmd: Grant, there: Schedule, now: Instant): Decision {
  if (!standing(there, now) || there.kind !== 'assignment')
    return refuse({ code: 'nameTaken', name: cmd.schedule });
  if (!sameHolding(there, cmd.holding)) return refuse({ code: 'updateNotPermitted' });
  if (there.note === cmd.note && sameCondition(there.condition, cmd.condition)) return accept();
  const { note, condition } = cmd;
  const refusals = condition === null ? [] : lastAdministrator(facts, cmd.actor, there, now);
  if (refusals.length > 0) return refuse(...refusals);
  const by = cmd.actor.id;
  return accept({ type: 'scheduleAmended', schedule: there.id, note, condition, by, at: now });
}

const sameCondition = (a: Condition | null, b: Condition | null): boolean =>
  a?.text === b?.text && a?.version === b?.version;

const given = (cmd: Grant, now: Instant, version: number): Schedule => ({
  ...cmd.holding,
  id: cmd.schedule,
  kind: 'assignment',
  start: now,
  end: null,
  endedAt: null,
  endReason: null,
  activatedFrom: null,
  createdBy: null,
  createdAt: now,
  maker: cmd.actor.id,
  updatedAt: now,
  amendedBy: null,
  condition: cmd.condition,
  note: cmd.note,
  spelling: null,
  announced: 'nothing',
  version,
});

/** Takes an assignment away by its name, however it came about. */
export function withdraw(facts: Facts, cmd: Withdraw, now: Instant): Decision {
  const schedule = facts.world.schedule.get(cmd.schedule);
  if (schedule?.kind !== 'assignment' || !standing(schedule, now)) {
    return refuse({ code: 'scheduleNotFound', kind: 'assignment' });
  }
  const refusals = firstOf(
    () => confer(facts, cmd.actor, schedule, 'schedules', now),
    () => lastAdministrator(facts, cmd.actor, schedule, now),
  );
  return refusals.length > 0 ? refuse(...refusals) : accept(...endNow(facts, schedule, 'removed', now));
}
