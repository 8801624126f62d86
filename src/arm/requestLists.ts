import type { Kind } from '../core/schedule.ts';
import { principalId, roleKey } from '../core/values.ts';
import type { RequestQuestion } from '../engine/ports.ts';
import type { Answer } from '../http/route.ts';
import type { Asked } from './asked.ts';
import { PLANE } from './asked.ts';
import { readFilter, type Terms } from './filter.ts';
import { listAnswer, pagingOf } from './paging.ts';
import { assertMayList, principalsOf, scopeFilterOf } from './reading.ts';
import { approversOf, mayDecide, STATES_TO_DECIDE } from './reviewing.ts';
import { requestView } from './scheduleRequestView.ts';
import { statesOf } from './status.ts';

const TERMS = [
  'atScope',
  'asTarget',
  'asRequestor',
  'asApprover',
  'principalId',
  'roleDefinitionId',
  'status',
  'requestorId',
] as const;

/** Requests of a kind, as the filter says. */
export async function listRequests(asked: Asked, kind: Kind): Promise<Answer> {
  const terms = readFilter(asked.call.query.get('$filter'), TERMS);
  assertMayList(asked, terms);
  const question = questionOf(asked, kind, terms);
  if (namesNobody(question)) return listAnswer(asked.call, []);
  const { rows, next } = await asked.engine.store.requests(question);
  const shown = terms.asApprover ? await mayDecide(asked, rows) : rows;
  return listAnswer(
    asked.call,
    shown.map((r) => requestView(asked, r)),
    next,
  );
}

function questionOf(asked: Asked, kind: Kind, terms: Terms): RequestQuestion {
  return {
    plane: PLANE,
    kind,
    ...scopeFilterOf(asked, terms),
    ...principalsOf(asked, terms),
    ...requestorsOf(asked, terms),
    ...(terms.roleDefinitionId ? { roles: terms.roleDefinitionId.map(roleKey) } : {}),
    ...statesAsked(terms),
    ...(terms.asApprover ? { approvers: approversOf(asked) } : {}),
    ...pagingOf(asked.call),
  };
}

// docs/divergences.md: arm-as-requestor
function requestorsOf(
  { call }: Asked,
  { asRequestor, requestorId }: Terms,
): Pick<RequestQuestion, 'requestors'> {
  const me = call.caller.actor.id;
  const named = requestorId?.map(principalId);
  if (!asRequestor) return named ? { requestors: named } : {};
  return { requestors: named === undefined || named.includes(me) ? [me] : [] };
}

// What an approver has to decide is what waits for a decision.
function statesAsked({ asApprover, status }: Terms): Pick<RequestQuestion, 'states'> {
  const named = status && statesOf(status);
  if (!asApprover) return named ? { states: named } : {};
  return { states: STATES_TO_DECIDE.filter((open) => named === undefined || named.includes(open)) };
}

const namesNobody = ({ principals, requestors, states }: RequestQuestion): boolean =>
  [principals, requestors, states].some((set) => set?.length === 0);
