import { groupsOf, viewOf } from '../access.ts';
import type { Stage } from '../approval.ts';
import { namedBy } from '../approval.ts';
import type { Review } from '../command.ts';
import { administers } from '../confer.ts';
import type { Decision } from '../decision.ts';
import { accept, refuse } from '../decision.ts';
import type { Event } from '../event.ts';
import type { Facts } from '../facts.ts';
import { ruleOf } from '../policy.ts';
import type { Refusal } from '../refusal.ts';
import type { Request } from '../request.ts';
import { stageEndsAt, waits } from '../request.ts';
import { blank } from '../rules/ask.ts';
import { binds, stagesFor } from '../rules/index.ts';
import type { Instant, PrincipalId } from '../values.ts';
import { after, earlier, later } from '../values.ts';
import { cutTo } from './activate.ts';
import { activationRules } from './activationRules.ts';
import { rulesFor } from './asking.ts';
import { eligibilityFor } from './eligibility.ts';
import { enabled } from './end.ts';
import { activationRefusals } from './existing.ts';
import { extend } from './extend.ts';
import { grant } from './grant.ts';
import type { Window } from './period.ts';
import { emptyRefusals, movedEnd } from './period.ts';
import { renew } from './renew.ts';
import { firstOf } from './staged.ts';

/** One person's word on a request that waits. */
export function review(facts: Facts, cmd: Review, now: Instant): Decision {
  const request = facts.world.request.get(cmd.request);
  if (!request) return refuse({ code: 'requestNotFound', request: cmd.request });
  const refusals = firstOf(
    () => reviewerRefusals(facts, request, cmd, now),
    () => openRefusals(request, cmd, now),
    () => justificationRefusals(request, cmd),
  );
  if (refusals.length > 0) return refuse(...refusals);
  return cmd.verdict === 'deny'
    ? accept(
        vote(cmd, now, false),
        move(request, request.state === 'pendingApproval' ? 'denied' : 'adminDenied', now),
      )
    : request.state === 'pendingApproval'
      ? approve(facts, request, cmd, now)
      : approveAsAdministrator(facts, request, cmd, now);
}

const move = (r: Request, to: Request['state'], at: Instant): Event => ({
  type: 'requestMoved',
  request: r.id,
  to,
  schedule: null,
  at,
});

const vote = (cmd: Review, at: Instant, completesStage: boolean): Event => ({
  type: 'voted',
  request: cmd.request,
  vote: { by: cmd.actor.id, verdict: cmd.verdict, justification: cmd.justification, at },
  completesStage,
  at,
});

/** Nobody decides their own request; the others must be named by the stage, then and now. (A1, A2, A5, A7) */
function reviewerRefusals(facts: Facts, r: Request, { actor }: Review, now: Instant): readonly Refusal[] {
  if (actor.kind !== 'person') return [{ code: 'interactiveSignInRequired' }];
  if (actor.id === r.requestor || actor.id === r.principal) return [{ code: 'selfApproval' }];
  if (!waits(r) && r.stages.some((stage) => stage.votes.some((v) => v.by === actor.id))) return [];
  return mayReview(facts, r, actor.id, now) ? [] : [{ code: 'notAnApprover' }];
}

/** Whether the person may vote in the request's open stage at this instant. */
export function mayReview(facts: Facts, r: Request, person: Request['principal'], now: Instant): boolean {
  const stage = r.stages[r.stage];
  if (!stage || person === r.requestor || person === r.principal || !enabled(facts, person)) return false;
  if (r.stages.some((s) => s.votes.some((v) => v.by === person))) return false;
  return stage.decidedBy === 'administrators'
    ? administers(facts, person, r, now)
    : namedThenAndNow(facts, r, stage, person, now);
}

function namedThenAndNow(facts: Facts, r: Request, stage: Stage, person: PrincipalId, now: Instant): boolean {
  const groups = groupsOf(viewOf(facts), person, now);
  const current = stagesFor(rulesFor(facts, r), { caller: 'endUser', level: 'assignment' })[r.stage] ?? stage;
  return namedBy(stage, person, groups) && namedBy(current, person, groups);
}

function openRefusals(r: Request, cmd: Review, now: Instant): readonly Refusal[] {
  if (!waits(r)) return [{ code: 'requestNotPending', state: r.state }];
  const ends = stageEndsAt(r);
  if (ends !== null && ends <= now) return [{ code: 'requestNotPending', state: 'timedOut' }];
  return cmd.stage === r.stage ? [] : [{ code: 'stageNotOpen' }];
}

const justificationRefusals = (r: Request, cmd: Review): readonly Refusal[] =>
  r.stages[r.stage]?.approverJustification && blank(cmd.justification)
    ? [{ code: 'approverJustificationRequired' }]
    : [];

/** The last yes grants what still can be: the requestor enabled, the eligibility in force and still theirs. (L8, T6) */
function approve(facts: Facts, r: Request, cmd: Review, now: Instant): Decision {
  const voted = vote(cmd, now, true);
  if (r.stage + 1 < r.stages.length) return accept(voted);
  if (!enabled(facts, r.principal)) return refuse({ code: 'principalDisabled', principal: r.principal });
  const holders = new Set([r.principal, ...groupsOf(viewOf(facts), r.principal, now)]);
  const eligibility = eligibilityFor(facts, { holding: r, uses: r.uses }, holders, now);
  if (!eligibility) return refuse({ code: 'eligibilityNotFound' });
  const window = cutTo(boundedNow(facts, r, holders, now), eligibility);
  const refusals = firstOf(
    () => (facts.world.schedule.has(r.id) ? [{ code: 'nameTaken', name: r.id }] : []),
    () => activationRefusals(without(facts, r), r, window, now),
    () => emptyRefusals(window),
    () => policyRefusals(facts, r, window, holders),
  );
  if (refusals.length > 0) return refuse(...refusals);
  // The eligibility's condition is the one that counts, as it is now.
  const granted = { ...r, state: 'granted', condition: eligibility.condition ?? r.condition } as const;
  return accept(voted, move(r, 'granted', now), ...grant(granted, window, now));
}

/** An administrator's yes gives what was asked for, if the policy still lets anybody give it. */
function approveAsAdministrator(facts: Facts, r: Request, cmd: Review, now: Instant): Decision {
  if (!enabled(facts, r.principal)) return refuse({ code: 'principalDisabled', principal: r.principal });
  const decision =
    r.action === 'selfExtend' ? extend(facts, r, cmd.actor, now) : renew(facts, r, cmd.actor, now);
  return decision.ok ? accept(vote(cmd, now, true), ...decision.events) : decision;
}

// The request that is decided does not stand in its own way.
function without(facts: Facts, r: Request): Facts {
  const request = new Map(facts.world.request);
  request.delete(r.id);
  return { ...facts, world: { ...facts.world, request } };
}

/** A late yes moves the window and never stretches it; a policy made shorter meanwhile cuts it. (A7, T5) */
function boundedNow(facts: Facts, r: Request, holders: ReadonlySet<PrincipalId>, now: Instant): Window {
  const start = later(r.start, now);
  const rule = ruleOf(rulesFor(facts, r), 'expiration', { caller: 'endUser', level: 'assignment' });
  const allowed = rule && binds(rule, holders) ? after(start, rule.maximum.length) : null;
  const possible = after(start, facts.planes[r.plane].activation.ceiling);
  return { start, end: earlier(movedEnd(r, start), earlier(allowed, possible)) };
}

/** What the policy has come to demand must have been given when it was asked. (A7) */
const policyRefusals = (
  facts: Facts,
  r: Request,
  window: Window,
  holders: ReadonlySet<PrincipalId>,
): readonly Refusal[] => {
  const { justification, ticket, proof } = r;
  return activationRules(facts, r, { proof, ...window, justification, ticket, holders });
};
