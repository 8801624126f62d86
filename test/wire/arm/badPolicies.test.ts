import { beforeAll, describe, test } from 'vitest';
import { type ArmTenant, fresh, PROVIDER, RG, ROLES, V } from './armTenant.ts';
import { list, prepared, refuses } from './refusing.ts';

let t: ArmTenant;
beforeAll(async () => {
  t = await prepared();
});

describe('a policy', () => {
  const rule = (id: string, more: object) => ({ properties: { rules: [{ id, ...more }] } });
  const approvers = (more: object) =>
    rule('Approval_EndUser_Assignment', { setting: { isApprovalRequired: true, ...more } });
  const cases: readonly [string, unknown, string, RegExp][] = [
    ['no rules', { properties: {} }, 'InvalidPolicy', /'rules'/],
    [
      'a rule it has not',
      rule('Expiration_EndUser_Wishes', {}),
      'InvalidPolicy',
      /Expiration_EndUser_Assignment/,
    ],
    [
      'a rule of another type',
      rule('Expiration_EndUser_Assignment', { ruleType: 'RoleManagementPolicyApprovalRule' }),
      'InvalidPolicy',
      /RoleManagementPolicyExpirationRule/,
    ],
    [
      'an activation of two days',
      rule('Expiration_EndUser_Assignment', { maximumDuration: 'P2D' }),
      'InvalidPolicy',
      /Expiration_EndUser_Assignment, maximumDuration: .*24 hours/,
    ],
    [
      'an activation without end',
      rule('Expiration_EndUser_Assignment', { isExpirationRequired: 'FALSE' }),
      'InvalidPolicy',
      /must be true/,
    ],
    [
      'a duration that is none',
      rule('Expiration_Admin_Eligibility', { maximumDuration: '1 year' }),
      'InvalidPolicy',
      /P180D/,
    ],
    [
      'an unknown enablement',
      rule('Enablement_EndUser_Assignment', { enabledRules: ['Luck'] }),
      'InvalidPolicy',
      /MultiFactorAuthentication, Justification, Ticketing/,
    ],
    [
      'an approval without its setting',
      rule('Approval_EndUser_Assignment', {}),
      'InvalidPolicy',
      /'setting'/,
    ],
    [
      'an approval without approvers',
      approvers({ approvalStages: [{}] }),
      'InvalidPolicy',
      /somebody who can approve/,
    ],
    [
      'an approver that is no GUID',
      approvers({ approvalStages: [{ primaryApprovers: [{ id: 'anika' }] }] }),
      'InvalidPolicy',
      /GUID/,
    ],
    [
      'an authentication context that is none',
      rule('AuthenticationContext_EndUser_Assignment', { isEnabled: true, claimValue: 'x' }),
      'InvalidPolicy',
      /c1 to c99/,
    ],
    [
      'a second factor and an authentication context',
      {
        properties: {
          rules: [
            { id: 'Enablement_EndUser_Assignment', enabledRules: ['MultiFactorAuthentication'] },
            { id: 'AuthenticationContext_EndUser_Assignment', isEnabled: true, claimValue: 'c1' },
          ],
        },
      },
      'MfaAndAcrsConflict',
      /simultaneously/,
    ],
  ];
  const id = async () =>
    (await t.call('omar', 'GET', list('roleManagementPolicies', `roleDefinitionId eq '${ROLES.reader}'`)))
      .body.value[0].id as string;
  test.each(cases)('%s', async (wrong, body, code, says) => {
    await refuses(t, {
      wrong,
      method: 'PATCH',
      target: `${await id()}?${V}`,
      body,
      answer: `400 ${code}`,
      says,
    });
  });
  test('without the right to change it', async () => {
    const body = rule('Expiration_EndUser_Assignment', { maximumDuration: 'PT24H' });
    await refuses(t, {
      wrong: '',
      who: 'ravi',
      method: 'PATCH',
      target: `${await id()}?${V}`,
      body,
      answer: '403 AuthorizationFailed',
      says: /roleManagementPolicies\/write/,
    });
  });
  test('by a name no policy has', async () => {
    const target = `${RG}${PROVIDER}/roleManagementPolicies/${fresh()}?${V}`;
    await refuses(t, {
      wrong: '',
      method: 'PATCH',
      target,
      body: rule('x', {}),
      answer: '400 InputPolicyNotFound',
      says: /roleDefinitionId eq/,
    });
    await refuses(t, {
      wrong: '',
      target,
      answer: '404 RoleManagementPolicyNotFound',
      says: /not found/,
    });
  });
});
