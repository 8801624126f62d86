import type { Request } from '../core/request.ts';
import type { RequestQuestion } from '../engine/ports.ts';
import type { Answer } from '../http/route.ts';
import { approvalView } from './approvalView.ts';
import type { Asked } from './asked.ts';
import { PLANE, selves } from './asked.ts';
import { readFilter, type Terms } from './filter.ts';
import { listAnswer, pagingOf } from './paging.ts';
import { assertMayList, scopeFilterOf } from './reading.ts';
import { approversOf, hasApproval, mayDecide, STATES_TO_DECIDE } from './reviewing.ts';

/** Approvals, as the filter says; only requests that asked for consent have one. */
export async function listApprovals(asked: Asked): Promise<Answer> {
  const terms = readFilter(asked.call.query.get('$filter'), [
    'asApprover',
    'asCreatedBy',
    'asTarget',
    'atScope',
  ]);
  assertMayList(asked, terms);
  const { rows, next } = await asked.engine.store.requests(questionOf(asked, terms));
  const mine = await mayDecide(asked, rows);
  const shown: readonly Request[] = terms.asApprover ? mine : rows.filter((r) => hasApproval(asked, r));
  return listAnswer(
    asked.call,
    shown.map((r) => approvalView(asked, r, mine.includes(r))),
    next,
  );
}

const questionOf = (asked: Asked, terms: Terms): RequestQuestion => ({
  plane: PLANE,
  ...scopeFilterOf(asked, terms),
  ...(terms.asCreatedBy ? { requestors: [asked.call.caller.actor.id] } : {}),
  ...(terms.asTarget ? { principals: selves(asked) } : {}),
  ...(terms.asApprover ? { approvers: approversOf(asked), states: STATES_TO_DECIDE } : {}),
  ...pagingOf(asked.call),
});
