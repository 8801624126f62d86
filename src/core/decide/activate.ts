import { groupsOf, viewOf } from '../access.ts';
import type { SelfActivate } from '../command.ts';
import type { Decision } from '../decision.ts';
import { accept, refuse } from '../decision.ts';
import type { Facts } from '../facts.ts';
import type { Refusal } from '../refusal.ts';
import { stagesFor } from '../rules/index.ts';
import type { Schedule } from '../schedule.ts';
import type { Duration, Instant, PrincipalId } from '../values.ts';
import { after, earlier, written } from '../values.ts';
import { activationRules } from './activationRules.ts';
import { requestOf, rulesFor, subjectRefusals } from './asking.ts';
import { eligibilityFor } from './eligibility.ts';
import { activationRefusals } from './existing.ts';
import { grant } from './grant.ts';
import type { Window } from './period.ts';
import { emptyRefusals, lengthRefusals, windowOf } from './period.ts';
import { firstOf } from './staged.ts';

/** Somebody uses an eligibility for a while: at once, or after those have agreed whom the policy names. */
export function selfActivate(facts: Facts, cmd: SelfActivate, now: Instant): Decision {
  const wrongCaller = callerRefusals(facts, cmd);
  if (wrongCaller.length > 0) return refuse(...wrongCaller);
  const holders = new Set([cmd.actor.id, ...groupsOf(viewOf(facts), cmd.actor.id, now)]);
  const eligibility = eligibilityFor(facts, cmd, holders, now);
  if (!eligibility) return refuse({ code: 'eligibilityNotFound' });
  const asked = windowOf(cmd.period, now);
  const refusals = activationProblems(facts, cmd, eligibility, asked, holders, now);
  return refusals.length > 0 ? refuse(...refusals) : activation(facts, cmd, eligibility, asked, now);
}

function callerRefusals(facts: Facts, cmd: SelfActivate): readonly Refusal[] {
  return firstOf(
    () => (cmd.actor.kind === 'person' ? [] : [{ code: 'interactiveSignInRequired' }]),
    () => (cmd.actor.id === cmd.holding.principal ? [] : [{ code: 'notForSomebodyElse' }]),
    () => subjectRefusals(facts, cmd),
    () =>
      facts.world.principal.get(cmd.actor.id)?.enabled
        ? []
        : [{ code: 'principalDisabled', principal: cmd.actor.id }],
  );
}

function activationProblems(
  facts: Facts,
  cmd: SelfActivate,
  eligibility: Schedule,
  window: Window,
  holders: ReadonlySet<PrincipalId>,
  now: Instant,
): readonly Refusal[] {
  const { activation } = facts.planes[cmd.holding.plane];
  return firstOf(
    () => activationRefusals(facts, cmd.holding, cutTo(window, eligibility), now),
    () => conditionRefusals(cmd, eligibility),
    () => lengthRefusals(window, activation.floor),
    () => emptyRefusals(cutTo(window, eligibility)),
    () =>
      [...policyRefusals(facts, cmd, window, holders), ...ceilingRefusals(window, activation.ceiling)].filter(
        onceEach,
      ),
  );
}

const onceEach = (r: Refusal, i: number, all: readonly Refusal[]): boolean =>
  all.findIndex((x) => x.code === r.code) === i;

const policyRefusals = (
  facts: Facts,
  { holding, justification, ticket, actor: proof }: SelfActivate,
  window: Window,
  holders: ReadonlySet<PrincipalId>,
): readonly Refusal[] =>
  activationRules(facts, holding, { proof, ...window, justification, ticket, holders });

// No policy makes an activation permanent, or longer than the plane allows.
function ceilingRefusals({ start, end }: Window, ceiling: Duration): readonly Refusal[] {
  const latest = after(start, ceiling);
  if (end !== null && end <= latest) return [];
  const maximum = written(ceiling);
  return end === null ? [{ code: 'endRequired', maximum }] : [{ code: 'endsTooLate', maximum, latest }];
}

// The eligibility's condition travels with every activation of it; another one may only be added where there is none.
const conditionRefusals = ({ condition }: SelfActivate, eligibility: Schedule): readonly Refusal[] =>
  condition === null || eligibility.condition === null || condition.text === eligibility.condition.text
    ? []
    : [{ code: 'conditionDiffers' }];

/** An activation never outlives the eligibility it uses. (T5) (docs/divergences.md: arm-cut) */
export const cutTo = ({ start, end }: Window, eligibility: Schedule): Window => ({
  start,
  end: earlier(end, eligibility.end),
});

function activation(
  facts: Facts,
  cmd: SelfActivate,
  eligibility: Schedule,
  asked: Window,
  now: Instant,
): Decision {
  const window = cutTo(asked, eligibility);
  const stages = stagesFor(rulesFor(facts, cmd.holding), { caller: 'endUser', level: 'assignment' });
  const request = {
    ...requestOf(cmd, window, now, {
      state: stages.length > 0 ? 'pendingApproval' : 'granted',
      uses: eligibility.id,
      stages: stages.map((stage) => ({ ...stage, votes: [] })),
    }),
    condition: cmd.condition ?? eligibility.condition,
  };
  return accept(
    { type: 'requested', request, at: now },
    ...(stages.length > 0 ? [] : grant(request, window, now)),
  );
}
