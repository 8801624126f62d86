import { policyKeyOf } from '../core/decide/asking.ts';
import { mayReview } from '../core/decide/review.ts';
import type { Facts } from '../core/facts.ts';
import { policyId } from '../core/policy.ts';
import type { Request, RequestState } from '../core/request.ts';
import { stageEndsAt, waits } from '../core/request.ts';
import type { Schedule } from '../core/schedule.ts';
import { emptyWorld } from '../core/world.ts';
import type { Asked } from './asked.ts';
import { selves } from './asked.ts';

/** Where a request stands while somebody has to decide about it. */
export const STATES_TO_DECIDE: readonly RequestState[] = ['pendingApproval', 'pendingAdminDecision'];

/** Those as whom the caller may be asked; whether they administer the target is asked of each request. */
export const approversOf = (asked: Asked) => [...selves(asked), 'administrators'] as const;

// Real ARM has no approval for what administrators decide; they answer by AdminExtend and AdminRenew.
// docs/divergences.md, arm-decide-extension
/** Whether the wire shows an approval for the request. */
export const hasApproval = ({ profile }: Pick<Asked, 'profile'>, r: Request): boolean =>
  r.stages.length > 0 && (profile === 'friendly' || r.stages.every((s) => s.decidedBy === undefined));

/** Of these requests, those that wait for the caller's word now. The same question is asked again when they give it. */
export async function mayDecide(asked: Asked, requests: readonly Request[]): Promise<readonly Request[]> {
  const { engine, call } = asked;
  const now = engine.now();
  const waiting = requests.filter((r) => hasApproval(asked, r) && waits(r) && now < (stageEndsAt(r) ?? 0));
  if (waiting.length === 0) return [];
  const facts = await factsAbout(asked, waiting);
  return waiting.filter((r) => mayReview(facts, r, call.caller.actor.id, now));
}

// What the question reads: the caller with their groups and what these hold, the scopes above, and the policies as they
// are now.
async function factsAbout(asked: Asked, requests: readonly Request[]): Promise<Facts> {
  const { engine } = asked;
  const policies = await engine.store.policies(requests.map((r) => policyKeyOf(engine.facts, r)));
  const people = selves(asked);
  const held: readonly Schedule[] = people.flatMap((id) => [...engine.access.assignmentsOf(id)]);
  const world = {
    ...emptyWorld(),
    policy: new Map(policies.map((p) => [policyId(p), p])),
    principal: new Map(
      people.flatMap((id) => engine.access.principal(id) ?? []).map((p) => [p.id as string, p]),
    ),
    scope: new Map([...engine.access.scopes()].map((s) => [s.key as string, s])),
    schedule: new Map(held.map((s) => [s.id as string, s])),
  };
  return { ...engine.facts, world };
}

/** Whether the request names the caller, or a group of theirs, as one of its approvers in any stage. */
export function isNamedApprover(asked: Asked, r: Request): boolean {
  const mine = selves(asked);
  return r.stages.some((stage) => stage.primary.some((a) => mine.includes(a.id)));
}
