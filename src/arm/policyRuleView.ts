import type { Approver, StageRule } from '../core/approval.ts';
import type { Rule } from '../core/policy.ts';
import { days, minutes } from '../core/values.ts';
import {
  CALLERS,
  ENABLEMENTS,
  idOfRule,
  LEVELS,
  MODES,
  NOTIFICATION_LEVELS,
  RECIPIENTS,
  ruleType,
} from './policyWords.ts';
import { withoutNulls } from './resourceId.ts';

/** A rule as the wire shows it. */
export const ruleView = (r: Rule): unknown => ({
  ...settingsOf(r),
  id: idOfRule(r),
  ruleType: ruleType(r.kind),
  target: { caller: CALLERS[r.caller], operations: ['All'], level: LEVELS[r.level] },
});

function settingsOf(r: Rule): Record<string, unknown> {
  switch (r.kind) {
    case 'expiration':
      return {
        isExpirationRequired: r.required,
        maximumDuration: r.maximum.text,
        ...(r.exceptions.length > 0 ? { exceptionMembers: r.exceptions.map(member) } : {}),
      };
    case 'enablement':
      return { enabledRules: r.enabled.map((e) => ENABLEMENTS[e]) };
    case 'authenticationContext':
      return withoutNulls({ isEnabled: r.enabled, claimValue: r.claim });
    case 'approval':
      return { setting: approvalOf(r) };
    case 'notification':
      return {
        notificationType: 'Email',
        recipientType: RECIPIENTS[r.recipient],
        isDefaultRecipientsEnabled: r.defaultRecipients,
        notificationLevel: NOTIFICATION_LEVELS[r.notify],
        ...(r.more.length > 0 ? { notificationRecipients: r.more } : {}),
      };
  }
}

const approvalOf = (r: Extract<Rule, { kind: 'approval' }>): unknown => ({
  isApprovalRequired: r.required,
  isApprovalRequiredForExtension: r.requiredForExtension,
  isRequestorJustificationRequired: r.requestorJustification,
  approvalMode: MODES[r.mode],
  approvalStages: r.stages.map(stageOf),
});

const stageOf = (s: StageRule): unknown => ({
  approvalStageTimeOutInDays: Math.ceil(s.timeout / days(1)),
  isApproverJustificationRequired: s.approverJustification,
  escalationTimeInMinutes: Math.floor(s.escalateAfter / minutes(1)),
  ...(s.primary.length > 0 ? { primaryApprovers: s.primary.map(member) } : {}),
  isEscalationEnabled: s.escalationEnabled,
  ...(s.escalation.length > 0 ? { escalationApprovers: s.escalation.map(member) } : {}),
});

const member = (a: Approver): unknown =>
  withoutNulls({
    id: a.id,
    description: a.description,
    isBackup: a.backup,
    userType: a.of === 'group' ? 'Group' : 'User',
  });
