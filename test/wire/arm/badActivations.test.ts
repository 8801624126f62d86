import { describe, expect, test } from 'vitest';
import {
  type ArmTenant,
  armTenant,
  fresh,
  IDS,
  OTHER_RG,
  RG,
  ROLES,
  roleId,
  SUB_PATH,
  T0,
  V,
} from './armTenant.ts';
import {
  activate,
  assignment,
  type Case,
  eligibility,
  eligibleRavi,
  lasting,
  list,
  POLICY_FAILED,
  refused,
  self,
  THERE,
} from './refusing.ts';

const ACTIVATIONS: readonly Case[] = [
  self(
    'a role one is not eligible for',
    activate({ roleDefinitionId: roleId('owner') }),
    '400 RoleAssignmentDoesNotExist',
    /EligibilityRule/,
  ),
  self(
    'above the eligible scope',
    activate(),
    '400 RoleAssignmentDoesNotExist',
    /at the scope of an eligibility or below it/,
    { target: assignment(fresh(), SUB_PATH) },
  ),
  self(
    'an eligibility of another name',
    activate({ linkedRoleEligibilityScheduleId: fresh() }),
    '400 RoleAssignmentDoesNotExist',
    /EligibilityRule/,
  ),
  self(
    'after the eligibility ended',
    activate({ roleDefinitionId: roleId('reader') }),
    '400 RoleAssignmentDoesNotExist',
    /in force/,
  ),
  self(
    'longer than the policy allows and without a reason',
    activate({ justification: ' ', ...lasting('PT9H') }),
    `400 ${POLICY_FAILED}`,
    /\["ExpirationRule","JustificationRule"\].*PT8H.*can change the policy/,
  ),
  self(
    'without a reason',
    activate({ justification: null }),
    `400 ${POLICY_FAILED}`,
    /\["JustificationRule"\]/,
  ),
  self(
    'as somebody else',
    activate({ principalId: IDS.anika }),
    '400 InsufficientPermissions',
    /object id of the caller/,
  ),
  self(
    'as a service principal',
    activate({ principalId: IDS.bot }),
    '400 RoleAssignmentRequestNotEligible',
    /workload identity.*person who signs in/,
    { who: 'bot' },
  ),
  self('while a request waits', activate(), '400 PendingRoleAssignmentRequest', new RegExp(THERE.pending), {
    target: assignment(fresh(), OTHER_RG),
  }),
  self(
    'a deactivation of nothing',
    activate({ requestType: 'SelfDeactivate' }),
    '400 RoleAssignmentDoesNotExist',
    /active assignment/,
  ),
  self(
    'a linked eligibility that is no id',
    activate({ linkedRoleEligibilityScheduleId: 'mine' }),
    '400 InvalidRoleAssignmentRequest',
    /GUID/,
  ),
];

refused('an activation is told why it is none', ACTIVATIONS);

describe('the other refusals of an activation', () => {
  const contributor = (t: ArmTenant, more: object, scope = RG) =>
    t.call('ravi', 'PUT', assignment(fresh(), scope), activate(more));
  const policyOf = async (t: ArmTenant) =>
    (
      await t.call(
        'omar',
        'GET',
        list('roleManagementPolicies', `roleDefinitionId eq '${ROLES.contributor}'`),
      )
    ).body.value[0].id as string;
  const patched = async (t: ArmTenant, ...rules: readonly object[]) =>
    expect(
      (await t.call('omar', 'PATCH', `${await policyOf(t)}?${V}`, { properties: { rules } })).status,
    ).toBe(200);

  test('twice is RoleAssignmentExists, and giving it back too soon says when it may go', async () => {
    const t = await armTenant({ removalFloor: 'PT5M' });
    await t.call('omar', 'PUT', eligibility(), eligibleRavi());
    expect((await contributor(t, {})).status).toBe(201);
    expect((await contributor(t, {})).body.error).toMatchObject({ code: 'RoleAssignmentExists' });
    const soon = await contributor(t, { requestType: 'SelfDeactivate' });
    expect(soon.body.error).toMatchObject({ code: 'ActiveDurationTooShort' });
    expect(soon.body.error.message).toContain(
      'Miniumum Required is 5 minutes. It can be ended from 2026-03-03T08:05:00.000Z on.',
    );
    await t.pass('PT5M');
    expect((await contributor(t, { requestType: 'SelfDeactivate' })).body.properties.status).toBe('Revoked');
  });

  test('two that lie ahead may not touch', async () => {
    const t = await armTenant();
    await t.call('omar', 'PUT', eligibility(), eligibleRavi());
    const at = (n: number) => ({
      scheduleInfo: {
        startDateTime: new Date(T0 + n * 3_600_000).toISOString(),
        ...lasting('PT1H').scheduleInfo,
      },
    });
    expect((await contributor(t, at(2))).body.properties.status).toBe('Granted');
    expect((await contributor(t, at(3))).body.error).toMatchObject({
      code: 'OverlapsPendingRoleAssignmentRequests',
    });
    expect((await contributor(t, at(4))).status).toBe(201);
  });

  test('all failed rules are named in one error, each with its detail', async () => {
    const t = await armTenant();
    await t.call('omar', 'PUT', eligibility(), eligibleRavi());
    await patched(t, {
      id: 'Enablement_EndUser_Assignment',
      enabledRules: ['multifactorauthentication', 'Justification', 'Ticketing'],
    });
    const body = activate({ justification: '', ...lasting('PT9H') });
    const answer = await t.call('ravi', 'PUT', assignment(), body, { mfa: false });
    expect(answer.body.error.message).toContain(
      'The following policy rules failed: ["ExpirationRule","MfaRule","JustificationRule","TicketingRule"]',
    );
    expect(answer.body.error.details.map((d: { code: string }) => d.code)).toEqual([
      'ExpirationRule',
      'MfaRule',
      'JustificationRule',
      'TicketingRule',
    ]);
  });

  test('a missing authentication context is answered with the claims to sign in with', async () => {
    const t = await armTenant();
    await t.call('omar', 'PUT', eligibility(), eligibleRavi());
    await patched(t, { id: 'AuthenticationContext_EndUser_Assignment', isEnabled: true, claimValue: 'c3' });
    const answer = await contributor(t, {});
    expect([answer.status, answer.body.error.code]).toEqual([
      400,
      'RoleAssignmentRequestAcrsValidationFailed',
    ]);
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c3"}}}';
    expect(decodeURIComponent(/claims=(\S+)/.exec(answer.body.error.message)?.[1] ?? '')).toBe(claims);
    const header = answer.headers['WWW-Authenticate'] ?? '';
    expect(header).toContain('error="insufficient_claims"');
    expect(Buffer.from(/claims="([^"]+)"/.exec(header)?.[1] ?? '', 'base64').toString()).toBe(claims);
  });
});
