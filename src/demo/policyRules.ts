import type { Rule, RuleTarget } from '../core/policy.ts';
import type { PrincipalId } from '../core/values.ts';
import { days, minutes } from '../core/values.ts';
import { GROUPS } from './groups.ts';
import { lengthOf } from './orders.ts';
import type { Terms } from './policies.ts';

const ACTIVATION: RuleTarget = { caller: 'endUser', level: 'assignment' };
const ELIGIBILITY: RuleTarget = { caller: 'admin', level: 'eligibility' };

/** The rules that say the terms; all others stay as the policy has them. */
export const rulesOf = (terms: Omit<Terms, 'roles' | 'scopes'>): readonly Rule[] => [
  {
    ...ELIGIBILITY,
    kind: 'expiration',
    required: true,
    maximum: lengthOf(terms.eligibleAtMost),
    exceptions: [],
  },
  { ...ACTIVATION, kind: 'expiration', required: true, maximum: lengthOf(terms.longest), exceptions: [] },
  { ...ACTIVATION, kind: 'enablement', enabled: terms.needs },
  ...(terms.approvers === null ? [] : [approvalBy(terms.approvers)]),
];

function approvalBy(name: string): Rule {
  const group = GROUPS.find((g) => g.name === name);
  if (!group) throw new Error(`bug: a policy of the demo names '${name}', which is no group`);
  return {
    ...ACTIVATION,
    kind: 'approval',
    required: true,
    requiredForExtension: false,
    requestorJustification: true,
    mode: 'singleStage',
    stages: [stageOf(group.id, group.displayName)],
  };
}

const stageOf = (id: PrincipalId, description: string) => ({
  timeout: days(1),
  approverJustification: true,
  primary: [{ id, of: 'group' as const, backup: false, description }],
  escalationEnabled: false,
  escalateAfter: minutes(0),
  escalation: [],
});
