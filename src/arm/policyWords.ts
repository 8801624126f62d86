import type { ApprovalMode, CallerSide, Enablement, NotificationRule, Rule } from '../core/policy.ts';
import type { Kind } from '../core/schedule.ts';

type Words<K extends string> = { readonly [W in K]: string };

export const CALLERS: Words<CallerSide> = { admin: 'Admin', endUser: 'EndUser' };
export const LEVELS: Words<Kind> = { eligibility: 'Eligibility', assignment: 'Assignment' };
export const ENABLEMENTS: Words<Enablement> = {
  mfa: 'MultiFactorAuthentication',
  justification: 'Justification',
  ticketing: 'Ticketing',
};
export const MODES: Words<ApprovalMode> = {
  noApproval: 'NoApproval',
  singleStage: 'SingleStage',
  serial: 'Serial',
  parallel: 'Parallel',
};
export const RECIPIENTS: Words<NotificationRule['recipient']> = {
  admin: 'Admin',
  requestor: 'Requestor',
  approver: 'Approver',
};
export const NOTIFICATION_LEVELS: Words<NotificationRule['notify']> = {
  none: 'None',
  critical: 'Critical',
  all: 'All',
};

const KINDS: Words<Rule['kind']> = {
  expiration: 'Expiration',
  enablement: 'Enablement',
  authenticationContext: 'AuthenticationContext',
  approval: 'Approval',
  notification: 'Notification',
};

/** The wire's name of a rule: `Expiration_EndUser_Assignment`, `Notification_Admin_Admin_Eligibility`. */
export const idOfRule = (r: Rule): string =>
  [
    KINDS[r.kind],
    ...(r.kind === 'notification' ? [RECIPIENTS[r.recipient]] : []),
    CALLERS[r.caller],
    LEVELS[r.level],
  ].join('_');

/** The wire's name of a rule from the core's: `expiration endUser assignment`. */
export function ruleId(name: string): string {
  const [kind = '', caller = '', level = '', recipient] = name.split(' ');
  const word = (words: Readonly<Record<string, string>>, w: string) => words[w] ?? w;
  const about = recipient === undefined ? [] : [word(RECIPIENTS, recipient)];
  return [word(KINDS, kind), ...about, word(CALLERS, caller), word(LEVELS, level)].join('_');
}

export const ruleType = (kind: Rule['kind']): string => `RoleManagementPolicy${KINDS[kind]}Rule`;

/** A table for reading: from the wire's word to ours. */
export const reading = <K extends string>(words: Words<K>): { readonly [word: string]: K } =>
  Object.fromEntries(Object.entries(words).map(([ours, theirs]) => [theirs, ours])) as { [word: string]: K };
