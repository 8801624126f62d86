import { describe, expect, test } from 'vitest';
import { hours, minutes } from '../core/values.ts';
import type { Call } from '../http/route.ts';
import { planes } from '../planes/index.ts';
import { propertiesOf } from './bag.ts';
import { rulesOf } from './policyRuleBody.ts';
import { ruleView } from './policyRuleView.ts';

const RULES = planes({ activationFloor: minutes(5), groupCeiling: hours(24) }).azure.defaultRules;
const read = (rules: readonly unknown[]) =>
  rulesOf(propertiesOf({ body: { properties: { rules } } } as Call, 'InvalidPolicy'), RULES);
const view = (rules: readonly unknown[]) => read(rules).map((r) => ruleView(r));

describe('the rules of a policy on the wire', () => {
  test('an untouched policy has the seventeen rules, in the order of the service', () => {
    expect(RULES.map((r) => (ruleView(r) as { id: string }).id)).toEqual([
      'Expiration_Admin_Eligibility',
      'Enablement_Admin_Eligibility',
      'Notification_Admin_Admin_Eligibility',
      'Notification_Requestor_Admin_Eligibility',
      'Notification_Approver_Admin_Eligibility',
      'Expiration_Admin_Assignment',
      'Enablement_Admin_Assignment',
      'Notification_Admin_Admin_Assignment',
      'Notification_Requestor_Admin_Assignment',
      'Notification_Approver_Admin_Assignment',
      'Expiration_EndUser_Assignment',
      'Enablement_EndUser_Assignment',
      'Approval_EndUser_Assignment',
      'AuthenticationContext_EndUser_Assignment',
      'Notification_Admin_EndUser_Assignment',
      'Notification_Requestor_EndUser_Assignment',
      'Notification_Approver_EndUser_Assignment',
    ]);
  });

  test('a rule that is sent back as it was read is the same rule, to the last letter', () => {
    const withNulls = RULES.map((r) => ({
      ...(ruleView(r) as object),
      claimValue: null,
      notificationRecipients: null,
    }));
    expect(JSON.stringify(read(withNulls))).toBe(JSON.stringify(RULES));
  });

  test('what a rule leaves out stays as it is', () => {
    const [rule] = view([
      { id: 'Notification_Admin_Admin_Eligibility', notificationRecipients: ['soc@example.com'] },
    ]);
    expect(rule).toMatchObject({
      notificationLevel: 'All',
      isDefaultRecipientsEnabled: true,
      notificationRecipients: ['soc@example.com'],
    });
  });

  test('flags and numbers may come as texts, and words in any case', () => {
    const [rule] = view([
      {
        id: 'approval_enduser_assignment',
        setting: {
          isApprovalRequired: 'TRUE',
          approvalMode: 'singlestage',
          approvalStages: [
            {
              approvalStageTimeOutInDays: '2',
              primaryApprovers: [{ id: 'A0000000-0000-4000-8000-000000000001', userType: 'group' }],
            },
          ],
        },
      },
    ]);
    expect(rule).toMatchObject({
      setting: {
        isApprovalRequired: true,
        approvalStages: [
          {
            approvalStageTimeOutInDays: 2,
            primaryApprovers: [
              { id: 'a0000000-0000-4000-8000-000000000001', userType: 'Group', isBackup: false },
            ],
          },
        ],
      },
    });
  });

  test('the list of stages is never empty, because Terraform reads the first without looking', () => {
    const [rule] = view([{ id: 'Approval_EndUser_Assignment', setting: { approvalStages: [] } }]);
    expect(rule).toMatchObject({ setting: { approvalStages: [{ approvalStageTimeOutInDays: 1 }] } });
  });

  test.each([
    ['P1Y', 'P365D'],
    ['P6M', 'P180D'],
    ['P2W', 'P14D'],
    ['P180D', 'P180D'],
    ['PT90M', 'PT90M'],
    ['PT0S', 'PT0S'],
  ])('a limit of %s is kept as %s', (given, kept) => {
    const [rule] = view([
      { id: 'Expiration_Admin_Assignment', maximumDuration: given, isExpirationRequired: false },
    ]);
    expect(rule).toMatchObject({ maximumDuration: kept, isExpirationRequired: false });
  });
});
