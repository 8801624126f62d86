import { groupsOf, viewOf } from '../access.ts';
import type { AdminAssign, Ask } from '../command.ts';
import { confer } from '../confer.ts';
import type { Decision } from '../decision.ts';
import { accept, refuse } from '../decision.ts';
import type { Facts } from '../facts.ts';
import type { Refusal } from '../refusal.ts';
import { evaluate } from '../rules/index.ts';
import type { Instant } from '../values.ts';
import { requestOf, rulesFor, subjectRefusals } from './asking.ts';
import { standingFor } from './existing.ts';
import { grant } from './grant.ts';
import type { Window } from './period.ts';
import { lengthRefusals, windowOf } from './period.ts';
import { firstOf } from './staged.ts';

/** An administrator makes somebody eligible, or gives an assignment that ends. */
export function adminAssign(facts: Facts, cmd: AdminAssign, now: Instant): Decision {
  const window = windowOf(cmd.period, now);
  const refusals = firstOf(
    () => subjectRefusals(facts, cmd),
    () => workloadRefusals(facts, cmd),
    () => confer(facts, cmd.actor, cmd.holding, 'schedules', now),
    () => existingRefusals(facts, cmd, now),
    () => lengthRefusals(window, facts.planes[cmd.holding.plane].activation.floor),
    () => administratorRules(facts, cmd, window, now),
  );
  if (refusals.length > 0) return refuse(...refusals);
  const request = requestOf(cmd, window, now, { state: 'granted' });
  return accept({ type: 'requested', request, at: now }, ...grant(request, window, now));
}

/** Who cannot activate must not be made eligible. */
export function workloadRefusals(
  facts: Facts,
  { kind, holding }: Pick<Ask, 'kind' | 'holding'>,
): readonly Refusal[] {
  const workload = facts.world.principal.get(holding.principal)?.kind === 'workload';
  return kind === 'eligibility' && workload
    ? [{ code: 'workloadNotEligible', principal: holding.principal }]
    : [];
}

const existingRefusals = (facts: Facts, cmd: AdminAssign, now: Instant): readonly Refusal[] =>
  standingFor(facts, cmd.kind, cmd.holding, now).length > 0
    ? [{ code: 'alreadyAssigned', kind: cmd.kind }]
    : [];

/**
 * What the policy asks of whoever gives this for a period. The server itself writes the first state of a tenant: there
 * is no policy to satisfy yet.
 */
export function administratorRules(
  facts: Facts,
  cmd: Pick<Ask, 'actor' | 'holding' | 'kind' | 'justification' | 'ticket'>,
  window: Window,
  now: Instant,
): readonly Refusal[] {
  if (cmd.actor.kind === 'system') return [];
  const holders = new Set([cmd.holding.principal, ...groupsOf(viewOf(facts), cmd.holding.principal, now)]);
  const { justification, ticket, actor: proof, kind: level } = cmd;
  return evaluate(rulesFor(facts, cmd.holding), {
    caller: 'admin',
    level,
    proof,
    ...window,
    justification,
    ticket,
    holders,
  });
}
