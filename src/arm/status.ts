import type { Action, Request, RequestState } from '../core/request.ts';
import type { Schedule } from '../core/schedule.ts';
import { live } from '../core/schedule.ts';
import type { Instant } from '../core/values.ts';

/** The wire's word for where a request stands. */
export const REQUEST_STATUS: { readonly [S in RequestState]: string } = {
  pendingApproval: 'PendingApproval',
  pendingAdminDecision: 'PendingAdminDecision',
  granted: 'Granted',
  provisioned: 'Provisioned',
  revoked: 'Revoked',
  denied: 'Denied',
  adminApproved: 'AdminApproved',
  adminDenied: 'AdminDenied',
  timedOut: 'TimedOut',
  canceled: 'Canceled',
  failed: 'Failed',
};

/** Words the wire has besides, for which no request of ours ever stands. */
const NEVER = [
  'Accepted',
  'PendingEvaluation',
  'PendingProvisioning',
  'PendingRevocation',
  'PendingApprovalProvisioning',
  'FailedAsResourceIsLocked',
  'ProvisioningStarted',
  'Invalid',
  'PendingScheduleCreation',
  'ScheduleCreated',
  'PendingExternalProvisioning',
];
export const STATUS_WORDS: readonly string[] = [...Object.values(REQUEST_STATUS), ...NEVER];

export const REQUEST_TYPE: { readonly [A in Action]: string } = {
  adminAssign: 'AdminAssign',
  adminUpdate: 'AdminUpdate',
  adminExtend: 'AdminExtend',
  adminRenew: 'AdminRenew',
  adminRemove: 'AdminRemove',
  selfActivate: 'SelfActivate',
  selfDeactivate: 'SelfDeactivate',
  selfExtend: 'SelfExtend',
  selfRenew: 'SelfRenew',
};

export const requestStatus = ({ state }: Pick<Request, 'state'>): string => REQUEST_STATUS[state];

/** The states a filter's words stand for; words no request ever has stand for none. */
export const statesOf = (words: readonly string[]): readonly RequestState[] =>
  (Object.keys(REQUEST_STATUS) as RequestState[]).filter((s) =>
    words.some((w) => w.toLowerCase() === REQUEST_STATUS[s].toLowerCase()),
  );

/** In force now, or waiting for its start. */
export const scheduleStatus = (s: Schedule, now: Instant): 'Provisioned' | 'Granted' =>
  live(s, now) ? 'Provisioned' : 'Granted';
