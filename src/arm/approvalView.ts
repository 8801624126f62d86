import type { Stage } from '../core/approval.ts';
import type { Request } from '../core/request.ts';
import { stageEndsAt, waits } from '../core/request.ts';
import { printInstant } from '../core/values.ts';
import type { Asked } from './asked.ts';
import { guidOf } from './policyName.ts';
import { resourceId, typeOf, withoutNulls } from './resourceId.ts';

const TYPE = 'roleAssignmentApprovals';
// The service's own documents give an approval the type of its stages.
const STAGE_TYPE = typeOf(`${TYPE}/stages`);

export const stageName = (r: Request, index: number): string => guidOf(`stage ${r.id} ${index}`);

const idOf = ({ place }: Asked, r: Request): string => resourceId(place.path, TYPE, r.id);

/** A request's approval as the wire shows it; `mine` says whether the open stage waits for the caller. */
export const approvalView = (asked: Asked, r: Request, mine: boolean): unknown => ({
  id: idOf(asked, r),
  name: r.id,
  type: STAGE_TYPE,
  properties: { stages: r.stages.map((_, i) => stageView(asked, r, i, mine)) },
});

/** One stage of it. */
export function stageView(asked: Asked, r: Request, index: number, mine: boolean): unknown {
  const name = stageName(r, index);
  const vote = r.stages[index]?.votes.at(-1);
  return {
    id: `${idOf(asked, r)}/stages/${name}`,
    name,
    type: STAGE_TYPE,
    properties: withoutNulls({
      displayName: `Stage ${index + 1} of ${r.stages.length}`,
      status: statusOf(asked, r, index),
      assignedToMe: mine && index === r.stage,
      reviewedBy: vote && reviewer(asked, vote),
      reviewedDateTime: vote && printInstant(vote.at),
      reviewResult: vote === undefined ? 'NotReviewed' : vote.verdict === 'approve' ? 'Approve' : 'Deny',
      justification: vote?.justification ?? '',
    }),
  };
}

function statusOf({ engine }: Asked, r: Request, index: number): string {
  if ((r.stages[index]?.votes.length ?? 0) > 0) return 'Completed';
  const ends = stageEndsAt(r);
  if (waits(r) && ends !== null && engine.now() < ends) {
    return index === r.stage ? 'InProgress' : 'NotStarted';
  }
  return r.state === 'timedOut' || waits(r) ? 'Expired' : 'Completed';
}

function reviewer({ engine }: Asked, { by }: Stage['votes'][number]): unknown {
  const who = engine.access.principal(by);
  return withoutNulls({
    principalId: by,
    principalType: 'user',
    principalName: who?.displayName,
    userPrincipalName: who?.upn,
  });
}
