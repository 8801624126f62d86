import type { Review } from '../core/command.ts';
import type { Request } from '../core/request.ts';
import { parseGuid, requestId } from '../core/values.ts';
import type { Answer, Route } from '../http/route.ts';
import { listApprovals } from './approvalLists.ts';
import { approvalView, stageName, stageView } from './approvalView.ts';
import { type Arm, type Asked, atScope, isHere, mayNot, PLANE } from './asked.ts';
import { badValue, propertiesOf, text, word } from './bag.ts';
import { listAnswer } from './paging.ts';
import { notFound } from './problems.ts';
import { mayRead } from './reading.ts';
import { hasApproval, isNamedApprover, mayDecide } from './reviewing.ts';
import { made, submit } from './submit.ts';

const TYPE = 'roleAssignmentApprovals';
const ONE = `/~arm/${TYPE}/:name`;
const STAGE = `${ONE}/stages/:stage`;
const READERS =
  'needs to be part of the request, an approver of it, or Microsoft.Authorization/roleAssignments/read';
const VOTERS = 'needs to be an approver of the open stage, and neither requestor nor principal';

export const roleAssignmentApprovalRoutes = (arm: Arm): readonly Route[] => [
  read(
    arm,
    `/~arm/${TYPE}`,
    'list',
    'Approvals that wait for the caller, or are about them.',
    'signedIn',
    listApprovals,
  ),
  read(arm, ONE, 'get', 'One approval with its stages.', READERS, get),
  read(arm, `${ONE}/stages`, 'listStages', 'The stages of an approval, in order.', READERS, stages),
  read(arm, STAGE, 'getStage', 'One stage.', READERS, stage),
  ...(['PATCH', 'PUT'] as const).map(
    (method): Route => ({
      wire: 'arm',
      method,
      path: STAGE,
      operation: `${TYPE}.${method === 'PATCH' ? 'review' : 'putReview'}`,
      summary: 'Approves or denies.',
      authorization: VOTERS,
      handle: atScope(arm, TYPE, review),
    }),
  ),
];

const read = (
  arm: Arm,
  path: string,
  verb: string,
  summary: string,
  authorization: Route['authorization'],
  handle: (asked: Asked) => Promise<Answer>,
): Route => ({
  wire: 'arm',
  method: 'GET',
  path,
  operation: `${TYPE}.${verb}`,
  summary,
  authorization,
  handle: atScope(arm, TYPE, handle),
});

async function there(asked: Asked): Promise<Request> {
  const name = asked.call.params['name'] ?? '';
  const guid = parseGuid(name);
  const request = guid === null ? null : await asked.engine.store.request(requestId(guid));
  const found = request?.plane === PLANE && hasApproval(asked, request) && isHere(asked, request.scope);
  if (!request || !found) throw notFound('approval', name);
  return request;
}

const READ_APPROVAL = 'Microsoft.Authorization/roleAssignmentApprovals/read';

async function readable(asked: Asked): Promise<{ readonly request: Request; readonly mine: boolean }> {
  const request = await there(asked);
  if (!mayRead(asked, request) && !isNamedApprover(asked, request))
    throw mayNot(asked, READ_APPROVAL, request.scope);
  return { request, mine: (await mayDecide(asked, [request])).length > 0 };
}

async function get(asked: Asked): Promise<Answer> {
  const { request, mine } = await readable(asked);
  return { status: 200, body: approvalView(asked, request, mine) };
}

async function stages(asked: Asked): Promise<Answer> {
  const { request, mine } = await readable(asked);
  return listAnswer(
    asked.call,
    request.stages.map((_, i) => stageView(asked, request, i, mine)),
  );
}

async function stage(asked: Asked): Promise<Answer> {
  const { request, mine } = await readable(asked);
  return { status: 200, body: stageView(asked, request, stageIn(asked, request), mine) };
}

function stageIn({ call }: Asked, request: Request): number {
  const name = (call.params['stage'] ?? '').toLowerCase();
  const index = request.stages.findIndex((_, i) => stageName(request, i) === name);
  if (index < 0) throw notFound('stage', name);
  return index;
}

async function review(asked: Asked): Promise<Answer> {
  const request = await there(asked);
  const command = toCommand(asked, request);
  const after = made((await submit(asked, asked.call, command)).request, 'request');
  return { status: 200, body: stageView(asked, after, command.stage, false) };
}

function toCommand(asked: Asked, request: Request): Review {
  const properties = propertiesOf(asked.call, 'InvalidRequestContent', 'flatToo');
  const verdict = word(properties, 'reviewResult', { Approve: 'approve', Deny: 'deny' } as const);
  if (verdict === null) throw badValue(properties, "'reviewResult' is required. Allowed are Approve, Deny.");
  return {
    type: 'review',
    actor: asked.call.caller.actor,
    request: request.id,
    stage: stageIn(asked, request),
    verdict,
    justification: text(properties, 'justification') ?? '',
  };
}
