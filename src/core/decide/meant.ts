import { groupsOf, viewOf } from '../access.ts';
import type { Ask } from '../command.ts';
import { confer } from '../confer.ts';
import type { Facts } from '../facts.ts';
import type { Refusal } from '../refusal.ts';
import { type Request, stageEndsAt } from '../request.ts';
import type { Schedule } from '../schedule.ts';
import { live } from '../schedule.ts';
import { sameHolding } from '../target.ts';
import type { Instant } from '../values.ts';
import { named, subjectRefusals } from './asking.ts';
import { enabled } from './end.ts';
import { standingFor } from './existing.ts';
import { firstOf } from './staged.ts';

/** The schedule a change is about: the one named, else what was assigned before what was activated, the live one first. */
export function scheduleMeant(facts: Facts, cmd: Ask, now: Instant): Schedule | undefined {
  const name = named(cmd);
  const found = standingFor(facts, cmd.kind, cmd.holding, now).filter((s) => name === null || s.id === name);
  const assigned = found.filter((s) => s.activatedFrom === null);
  return assigned.find((s) => live(s, now)) ?? assigned[0] ?? found[0];
}

/** Why there is nothing to ask about: it is held by a group, whose members may not ask for it, or not at all. */
export function notThere(facts: Facts, { kind, holding, actor }: Ask, now: Instant): Refusal {
  const groups = [...groupsOf(viewOf(facts), actor.id, now)];
  const group = groups.find((id) => standingFor(facts, kind, { ...holding, principal: id }, now).length > 0);
  return group === undefined ? { code: 'scheduleNotFound', kind } : { code: 'heldThroughGroup', group };
}

/** What must hold before an administrator's change is looked at. */
export const administratorRefusals = (facts: Facts, cmd: Ask, now: Instant): readonly Refusal[] =>
  firstOf(
    () => subjectRefusals(facts, cmd),
    () => confer(facts, cmd.actor, cmd.holding, 'schedules', now),
  );

/** Who asks the administrators does so in person, and for themselves. */
export const askerRefusals = (facts: Facts, cmd: Ask): readonly Refusal[] =>
  firstOf(
    () => (cmd.actor.kind === 'person' ? [] : [{ code: 'interactiveSignInRequired' }]),
    () => (cmd.actor.id === cmd.holding.principal ? [] : [{ code: 'notForSomebodyElse' }]),
    () => subjectRefusals(facts, cmd),
    () =>
      enabled(facts, cmd.actor.id) ? [] : [{ code: 'principalDisabled', principal: cmd.holding.principal }],
  );

/** The requests about this holding that wait for its administrators. */
export const undecided = (
  facts: Facts,
  cmd: Pick<Ask, 'kind' | 'holding'>,
  now: Instant,
): readonly Request[] =>
  [...facts.world.request.values()].filter(
    (r) =>
      r.state === 'pendingAdminDecision' &&
      r.kind === cmd.kind &&
      sameHolding(r, cmd.holding) &&
      now < (stageEndsAt(r) ?? now),
  );

/** One request at a time waits for the administrators of a holding. */
export function undecidedRefusals(facts: Facts, cmd: Ask, now: Instant): readonly Refusal[] {
  const [there] = undecided(facts, cmd, now);
  return there ? [{ code: 'pendingRequest', request: there.id }] : [];
}
