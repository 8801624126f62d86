import type { Kind } from '../core/schedule.ts';
import type { ResourceType } from './apiVersions.ts';

interface KindWords {
  readonly requests: ResourceType;
  readonly schedules: ResourceType;
  readonly instances: ResourceType;
  /** Properties that name the request or the schedule. */
  readonly requestId: string;
  readonly scheduleId: string;
  readonly targetScheduleId: string;
  readonly targetInstanceId: string;
}

/** The two families of types, for eligibilities and for assignments. */
export const WORDS: { readonly [K in Kind]: KindWords } = {
  eligibility: {
    requests: 'roleEligibilityScheduleRequests',
    schedules: 'roleEligibilitySchedules',
    instances: 'roleEligibilityScheduleInstances',
    requestId: 'roleEligibilityScheduleRequestId',
    scheduleId: 'roleEligibilityScheduleId',
    targetScheduleId: 'targetRoleEligibilityScheduleId',
    targetInstanceId: 'targetRoleEligibilityScheduleInstanceId',
  },
  assignment: {
    requests: 'roleAssignmentScheduleRequests',
    schedules: 'roleAssignmentSchedules',
    instances: 'roleAssignmentScheduleInstances',
    requestId: 'roleAssignmentScheduleRequestId',
    scheduleId: 'roleAssignmentScheduleId',
    targetScheduleId: 'targetRoleAssignmentScheduleId',
    targetInstanceId: 'targetRoleAssignmentScheduleInstanceId',
  },
};
export const KINDS: readonly Kind[] = ['eligibility', 'assignment'];

/** A schedule may lie ahead; its instance is what is in force now. */
export type Shown = 'schedules' | 'instances';
