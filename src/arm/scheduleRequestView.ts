import type { Request } from '../core/request.ts';
import type { ScheduleId } from '../core/values.ts';
import { printInstant } from '../core/values.ts';
import type { Asked } from './asked.ts';
import { expanded, roleIdOf } from './expanded.ts';
import { WORDS } from './kindWords.ts';
import { scheduleInfo } from './period.ts';
import { pathOf } from './place.ts';
import { principalType } from './principalWords.ts';
import { resourceId, typeOf, withoutNulls } from './resourceId.ts';
import { hasApproval } from './reviewing.ts';
import { REQUEST_TYPE, requestStatus } from './status.ts';

/** A request as the wire shows it. */
export function requestView(asked: Asked, r: Request, status = requestStatus(r)): unknown {
  const { engine, place } = asked;
  const words = WORDS[r.kind];
  const path = pathOf(engine, r.scope, place);
  const schedule = scheduleMade(r);
  return {
    id: resourceId(path, words.requests, r.id),
    name: r.id,
    type: typeOf(words.requests),
    properties: withoutNulls({
      [words.targetScheduleId]: schedule && resourceId(path, words.schedules, schedule),
      scope: path,
      roleDefinitionId: r.spelling ?? roleIdOf(asked, r.role, r.scope),
      principalId: r.principal,
      principalType: principalType(engine, r.principal),
      requestType: REQUEST_TYPE[r.action],
      status,
      approvalId: hasApproval(asked, r) ? approvalId(r) : null,
      scheduleInfo: scheduleInfo(r),
      linkedRoleEligibilityScheduleId: r.uses && eligibilityId(asked, r.uses, path),
      ticketInfo: withoutNulls({ ticketNumber: r.ticket.number, ticketSystem: r.ticket.system }),
      justification: r.justification,
      requestorId: r.requestor,
      createdOn: printInstant(r.createdAt),
      condition: r.condition?.text,
      conditionVersion: r.condition?.version,
      expandedProperties: expanded(asked, r),
    }),
  };
}

/** A request has at most one approval, so they share their GUID. */
const approvalId = (r: Request): string => resourceId('/', 'roleAssignmentApprovals', r.id);

/** The id of an eligibility; one that is gone is said to have lain where its activation does. */
export function eligibilityId({ engine, place }: Asked, id: ScheduleId, path: string): string {
  const scope = engine.access.schedule(id)?.scope;
  return resourceId(
    scope === undefined ? path : pathOf(engine, scope, place),
    WORDS.eligibility.schedules,
    id,
  );
}

// A granting request and the schedule it makes have one name; until it starts only the request's state says so.
const scheduleMade = (r: Request): string | null => r.schedule ?? (r.state === 'granted' ? r.id : null);
