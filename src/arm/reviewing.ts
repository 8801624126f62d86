import { policyKeyOf } from '../core/decide/asking.ts';
import { mayReview } from '../core/decide/review.ts';
import type { Facts } from '../core/facts.ts';
import { policyId } from '../core/policy.ts';
import type { Request } from '../core/request.ts';
import { stageEndsAt } from '../core/request.ts';
import type { Schedule } from '../core/schedule.ts';
import { emptyWorld } from '../core/world.ts';
import type { Asked } from './asked.ts';
import { selves } from './asked.ts';

/** Of these requests, those that wait for the caller's word now. The same question is asked again when they give it. */
export async function mayDecide(asked: Asked, requests: readonly Request[]): Promise<readonly Request[]> {
  const { engine, call } = asked;
  const now = engine.now();
  const waiting = requests.filter((r) => r.state === 'pendingApproval' && now < (stageEndsAt(r) ?? 0));
  if (waiting.length === 0) return [];
  const facts = await factsAbout(asked, waiting);
  return waiting.filter((r) => mayReview(facts, r, call.caller.actor.id, now));
}

// What the question reads: the caller with their groups, and the policies as they are now.
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
    schedule: new Map(held.map((s) => [s.id as string, s])),
  };
  return { ...engine.facts, world };
}

/** Whether the request names the caller, or a group of theirs, as one of its approvers in any stage. */
export function isNamedApprover(asked: Asked, r: Request): boolean {
  const mine = selves(asked);
  return r.stages.some((stage) => stage.primary.some((a) => mine.includes(a.id)));
}
