import type { ApprovalRule, Enablement, NotificationRule, Rule, RuleTarget } from '../core/policy.ts';
import { days, hours, minutes, type WrittenDuration } from '../core/values.ts';

const ADMIN_ELIGIBILITY: RuleTarget = { caller: 'admin', level: 'eligibility' };
const ADMIN_ASSIGNMENT: RuleTarget = { caller: 'admin', level: 'assignment' };
const ACTIVATION: RuleTarget = { caller: 'endUser', level: 'assignment' };
const YEAR: WrittenDuration = { text: 'P365D', length: days(365) };
const HALF_YEAR: WrittenDuration = { text: 'P180D', length: days(180) };
const WORKDAY: WrittenDuration = { text: 'PT8H', length: hours(8) };

const notifications = (target: RuleTarget): readonly NotificationRule[] =>
  (['admin', 'requestor', 'approver'] as const).map((recipient) => ({
    ...target,
    kind: 'notification',
    recipient,
    notify: 'all',
    defaultRecipients: true,
    more: [],
  }));

// One empty stage although no approval is asked: Terraform reads the first stage without looking whether it is there.
const approval: ApprovalRule = {
  ...ACTIVATION,
  kind: 'approval',
  required: false,
  requiredForExtension: false,
  requestorJustification: true,
  mode: 'singleStage',
  stages: [
    {
      timeout: days(1),
      approverJustification: true,
      primary: [],
      escalationEnabled: false,
      escalateAfter: minutes(0),
      escalation: [],
    },
  ],
};

/** The seventeen rules of a policy nobody has changed, in the order the wire lists them. */
export const defaultRules = (differs: {
  readonly adminsMustSetEnd: boolean;
  readonly activationNeeds: readonly Enablement[];
}): readonly Rule[] => [
  {
    ...ADMIN_ELIGIBILITY,
    kind: 'expiration',
    required: differs.adminsMustSetEnd,
    maximum: YEAR,
    exceptions: [],
  },
  { ...ADMIN_ELIGIBILITY, kind: 'enablement', enabled: [] },
  ...notifications(ADMIN_ELIGIBILITY),
  {
    ...ADMIN_ASSIGNMENT,
    kind: 'expiration',
    required: differs.adminsMustSetEnd,
    maximum: HALF_YEAR,
    exceptions: [],
  },
  { ...ADMIN_ASSIGNMENT, kind: 'enablement', enabled: ['justification'] },
  ...notifications(ADMIN_ASSIGNMENT),
  { ...ACTIVATION, kind: 'expiration', required: true, maximum: WORKDAY, exceptions: [] },
  { ...ACTIVATION, kind: 'enablement', enabled: differs.activationNeeds },
  approval,
  { ...ACTIVATION, kind: 'authenticationContext', enabled: false, claim: null },
  ...notifications(ACTIVATION),
];
