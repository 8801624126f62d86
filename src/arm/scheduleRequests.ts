import type { Request } from '../core/request.ts';
import type { Kind } from '../core/schedule.ts';
import { parseGuid, requestId } from '../core/values.ts';
import type { Answer, Route } from '../http/route.ts';
import { type Arm, type Asked, atScope, isHere, mayNot, PLANE, READ } from './asked.ts';
import { KINDS, WORDS } from './kindWords.ts';
import { notFound, requestNameTaken } from './problems.ts';
import { mayRead } from './reading.ts';
import { listRequests } from './requestLists.ts';
import { isNamedApprover } from './reviewing.ts';
import { toCommand } from './scheduleRequestBody.ts';
import { requestView } from './scheduleRequestView.ts';
import { requestStatus } from './status.ts';
import { made, preview, submit } from './submit.ts';

/** roleEligibilityScheduleRequests and roleAssignmentScheduleRequests. */
export const scheduleRequestRoutes = (arm: Arm): readonly Route[] =>
  KINDS.flatMap((kind) => routesOf(arm, kind));

const OWN =
  'needs Microsoft.Authorization/roleAssignments/write for Admin requests, to be the principal for Self requests';

function routesOf(arm: Arm, kind: Kind): readonly Route[] {
  const type = WORDS[kind].requests;
  const one = `/~arm/${type}/:name`;
  const route = (handle: (asked: Asked) => Promise<Answer>) => ({
    wire: 'arm' as const,
    handle: atScope(arm, type, handle),
  });
  return [
    {
      ...route((asked) => put(asked, kind)),
      method: 'PUT',
      path: one,
      operation: `${type}.create`,
      summary: `Asks for a change of an ${kind}; the name is a GUID of the client's.`,
      authorization: OWN,
    },
    {
      ...route((asked) => get(asked, kind)),
      method: 'GET',
      path: one,
      operation: `${type}.get`,
      summary: 'One request.',
      authorization: `needs ${READ}, or to be part of the request`,
    },
    {
      ...route((asked) => listRequests(asked, kind)),
      method: 'GET',
      path: `/~arm/${type}`,
      operation: `${type}.list`,
      summary: 'Requests at, above and below a scope, as $filter says.',
      authorization: `needs ${READ}, except for asTarget(), asRequestor() and asApprover()`,
    },
    {
      ...route((asked) => cancel(asked, kind)),
      method: 'POST',
      path: `${one}/cancel`,
      operation: `${type}.cancel`,
      summary: 'Takes back a request that has not begun.',
      authorization:
        'needs to be the requestor or the principal, or Microsoft.Authorization/roleAssignments/write',
    },
    {
      ...route((asked) => validate(asked, kind)),
      method: 'POST',
      path: `${one}/validate`,
      operation: `${type}.validate`,
      summary: 'What the same PUT would answer; nothing is stored.',
      authorization: OWN,
    },
  ];
}

// docs/divergences.md: arm-repeat
async function put(asked: Asked, kind: Kind): Promise<Answer> {
  const { call, profile } = asked;
  const { request, replayed } = await submit(asked, call, toCommand(asked, kind, nameIn(asked)));
  const stored = made(request, 'request');
  if (replayed && profile === 'strict') throw requestNameTaken(stored.id);
  return { status: 201, body: requestView(asked, stored) };
}

const nameIn = ({ call }: Asked): string => call.params['name'] ?? '';

async function get(asked: Asked, kind: Kind): Promise<Answer> {
  const request = await there(asked, kind);
  if (!mayRead(asked, request) && !isNamedApprover(asked, request)) throw mayNot(asked, READ, request.scope);
  return { status: 200, body: requestView(asked, request) };
}

async function there(asked: Asked, kind: Kind): Promise<Request> {
  const guid = parseGuid(nameIn(asked));
  const request = guid === null ? null : await asked.engine.store.request(requestId(guid));
  if (request?.plane === PLANE && request.kind === kind && isHere(asked, request.scope)) return request;
  throw notFound('request', nameIn(asked));
}

async function cancel(asked: Asked, kind: Kind): Promise<Answer> {
  const { id } = await there(asked, kind);
  await submit(asked, asked.call, { type: 'cancel', actor: asked.call.caller.actor, request: id });
  return { status: 200 };
}

// Nothing is provisioned by asking; the real service says Granted to what it would provision.
// docs/divergences.md: arm-validate
async function validate(asked: Asked, kind: Kind): Promise<Answer> {
  const { request } = await preview(asked, asked.call, toCommand(asked, kind, nameIn(asked)));
  const would = made(request, 'request');
  return {
    status: 200,
    body: requestView(asked, would, would.state === 'provisioned' ? 'Granted' : requestStatus(would)),
  };
}
