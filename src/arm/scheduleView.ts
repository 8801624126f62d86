import type { Schedule } from '../core/schedule.ts';
import { printInstant } from '../core/values.ts';
import type { Asked } from './asked.ts';
import { expanded, roleIdOf } from './expanded.ts';
import { WORDS } from './kindWords.ts';
import { containersOf, pathOf } from './place.ts';
import { principalType } from './principalWords.ts';
import { resourceId, typeOf, withoutNulls } from './resourceId.ts';
import { eligibilityId } from './scheduleRequestView.ts';
import { scheduleStatus } from './status.ts';

/** How the row came to be in the answer: computed for every answer, never stored. */
export type MemberType = 'Direct' | 'Group' | 'Inherited';

/** From above the scope asked; or held by a group of the one asked about; or directly. */
export function memberType({ engine, place }: Asked, s: Schedule, throughGroup: boolean): MemberType {
  const above = s.scope !== place.key && containersOf(engine, place.key).includes(s.scope);
  return above ? 'Inherited' : throughGroup ? 'Group' : 'Direct';
}

/** A schedule as the wire shows it. */
export function scheduleView(asked: Asked, s: Schedule, member: MemberType): unknown {
  const words = WORDS[s.kind];
  const path = pathOf(asked.engine, s.scope, asked.place);
  const eligibility = s.activatedFrom && eligibilityId(asked, s.activatedFrom, path);
  return {
    id: resourceId(path, words.schedules, s.id),
    name: s.id,
    type: typeOf(words.schedules),
    properties: withoutNulls({
      ...common(asked, s, member),
      roleDefinitionId: s.spelling ?? roleIdOf(asked, s.role, s.scope),
      [words.requestId]: s.createdBy && resourceId(path, words.requests, s.createdBy),
      linkedRoleEligibilityScheduleId: eligibility,
      updatedOn: printInstant(s.updatedAt),
    }),
  };
}

/** A schedule that is in force, as the instance the wire makes of it. It has the name of its role assignment. */
export function instanceView(asked: Asked, s: Schedule, member: MemberType): unknown {
  const words = WORDS[s.kind];
  const path = pathOf(asked.engine, s.scope, asked.place);
  const eligibility = s.activatedFrom && eligibilityId(asked, s.activatedFrom, path);
  const origin = s.kind === 'assignment' ? resourceId(path, 'roleAssignments', s.id) : null;
  return {
    id: resourceId(path, words.instances, s.id),
    name: s.id,
    type: typeOf(words.instances),
    properties: withoutNulls({
      ...common(asked, s, member),
      roleDefinitionId: roleIdOf(asked, s.role, s.scope),
      [words.scheduleId]: resourceId(path, words.schedules, s.id),
      originRoleAssignmentId: origin,
      linkedRoleEligibilityScheduleId: eligibility,
      linkedRoleEligibilityScheduleInstanceId: eligibility?.replace(
        `/${WORDS.eligibility.schedules}/`,
        `/${WORDS.eligibility.instances}/`,
      ),
    }),
  };
}

const common = (asked: Asked, s: Schedule, member: MemberType) => ({
  scope: pathOf(asked.engine, s.scope, asked.place),
  principalId: s.principal,
  principalType: principalType(asked.engine, s.principal),
  status: scheduleStatus(s, asked.engine.now()),
  assignmentType: s.kind === 'eligibility' ? null : s.activatedFrom === null ? 'Assigned' : 'Activated',
  startDateTime: printInstant(s.start),
  endDateTime: s.end === null ? null : printInstant(s.end),
  memberType: member,
  createdOn: printInstant(s.createdAt),
  condition: s.condition?.text,
  conditionVersion: s.condition?.version,
  expandedProperties: expanded(asked, s),
});
