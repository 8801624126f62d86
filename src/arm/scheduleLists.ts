import type { Kind, Schedule } from '../core/schedule.ts';
import { type Instant, roleKey, scheduleId } from '../core/values.ts';
import type { ScheduleQuestion } from '../engine/ports.ts';
import type { Answer } from '../http/route.ts';
import type { Asked } from './asked.ts';
import { PLANE } from './asked.ts';
import { readFilter, type Term, type Terms } from './filter.ts';
import type { Shown } from './kindWords.ts';
import { listAnswer, pagingOf } from './paging.ts';
import { assertMayList, principalsOf, scopeFilterOf } from './reading.ts';
import { instanceView, memberType, scheduleView } from './scheduleView.ts';
import { scheduleStatus } from './status.ts';

const COMMON = ['atScope', 'asTarget', 'assignedTo', 'principalId', 'roleDefinitionId', 'status'] as const;
const TERMS: { readonly [K in Kind]: { readonly [S in Shown]: readonly Term[] } } = {
  eligibility: { schedules: COMMON, instances: [...COMMON, 'roleEligibilityScheduleId'] },
  assignment: { schedules: COMMON, instances: [...COMMON, 'roleAssignmentScheduleId'] },
};

/** Schedules or instances of a kind, as the filter says. */
export async function listSchedules(asked: Asked, kind: Kind, shown: Shown): Promise<Answer> {
  const { engine, call } = asked;
  const terms = readFilter(call.query.get('$filter'), TERMS[kind][shown]);
  assertMayList(asked, terms);
  const now = engine.now();
  const question = questionOf(asked, kind, shown, terms, now);
  if (question.principals?.length === 0) return listAnswer(call, []);
  const { rows, next } = await engine.store.schedules(question);
  const wanted = rows.filter((s) => terms.status?.includes(scheduleStatus(s, now)) ?? true);
  const view = shown === 'schedules' ? scheduleView : instanceView;
  const value = wanted.map((s) => view(asked, s, memberType(asked, s, isThroughGroup(asked, s, terms))));
  return listAnswer(call, value, next);
}

// docs/divergences.md: arm-inherited-rows
function questionOf(asked: Asked, kind: Kind, shown: Shown, terms: Terms, now: Instant): ScheduleQuestion {
  const named = terms.roleEligibilityScheduleId ?? terms.roleAssignmentScheduleId;
  return {
    plane: PLANE,
    kind,
    ...scopeFilterOf(asked, terms),
    ...principalsOf(asked, terms),
    ...(terms.roleDefinitionId ? { roles: terms.roleDefinitionId.map(roleKey) } : {}),
    ...(named ? { ids: named.map(scheduleId) } : {}),
    ...(shown === 'schedules' ? { standingAt: now } : { liveAt: now }),
    ...pagingOf(asked.call),
  };
}

// Asked about a person, what a group of theirs holds is theirs through the group.
function isThroughGroup({ call }: Asked, s: Schedule, { asTarget, assignedTo }: Terms): boolean {
  const about = asTarget ? call.caller.actor.id : assignedTo?.[0];
  return about !== undefined && about !== s.principal;
}
