import { describe, expect, test } from 'vitest';
import { type ArmTenant, armTenant, fresh, IDS, PROVIDER, RG, roleId, T0, V } from './armTenant.ts';
import { activate, eligible, hours, list, of, requests } from './asking.ts';

describe('the life of an eligible role on the wire', () => {
  test('eligible is no permission; activated is, until its end', async () => {
    const t = await armTenant();
    const name = fresh();
    const made = await eligible(t, { justification: 'on call' }, name);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      id: `${RG}${PROVIDER}/roleEligibilityScheduleRequests/${name}`,
      name,
      type: 'Microsoft.Authorization/roleEligibilityScheduleRequests',
      properties: {
        targetRoleEligibilityScheduleId: `${RG}${PROVIDER}/roleEligibilitySchedules/${name}`,
        scope: RG,
        roleDefinitionId: roleId('contributor'),
        principalId: IDS.ravi,
        principalType: 'User',
        requestType: 'AdminAssign',
        status: 'Provisioned',
        ticketInfo: {},
        justification: 'on call',
        requestorId: IDS.omar,
        scheduleInfo: {
          startDateTime: '2026-03-03T08:00:00.000Z',
          expiration: { type: 'AfterDuration', duration: 'P180D' },
        },
        expandedProperties: {
          principal: { id: IDS.ravi, displayName: 'ravi', email: 'ravi@example.com', type: 'User' },
          roleDefinition: { id: roleId('contributor'), displayName: 'Contributor', type: 'BuiltInRole' },
          scope: { id: RG, displayName: 'rg-Payments', type: 'resourcegroup' },
        },
      },
    });
    expect(made.body.properties).not.toHaveProperty('approvalId');
    const mine = await t.call('ravi', 'GET', list('roleAssignmentScheduleInstances', 'asTarget()'));
    expect(mine.body.value).toEqual([]);

    const active = await activate(t);
    expect(active.body.properties).toMatchObject({
      status: 'Provisioned',
      requestType: 'SelfActivate',
      linkedRoleEligibilityScheduleId: `${RG}${PROVIDER}/roleEligibilitySchedules/${name}`,
    });
    const [instance] = (await t.call('ravi', 'GET', list('roleAssignmentScheduleInstances', 'asTarget()')))
      .body.value;
    expect(instance.properties).toMatchObject({
      assignmentType: 'Activated',
      memberType: 'Direct',
      status: 'Provisioned',
      endDateTime: '2026-03-03T09:00:00.000Z',
      originRoleAssignmentId: `${RG}${PROVIDER}/roleAssignments/${instance.name}`,
    });
    const [assignment] = (
      await t.call(
        'omar',
        'GET',
        list('roleAssignments', `principalId eq '${IDS.ravi}'`).replace(V, 'api-version=2022-04-01'),
      )
    ).body.value;
    expect(assignment).toMatchObject({
      name: instance.name,
      properties: { roleDefinitionId: roleId('contributor'), scope: RG, principalType: 'User' },
    });

    await t.pass('PT1H');
    expect(
      (await t.call('ravi', 'GET', list('roleAssignmentScheduleInstances', 'asTarget()'))).body.value,
    ).toEqual([]);
    expect(
      (await t.call('ravi', 'GET', list('roleEligibilityScheduleInstances', 'asTarget()'))).body.value,
    ).toHaveLength(1);
  });

  test('INV-L5: the identical request again is the same request; in the strict profile it is refused', async () => {
    for (const [profile, status] of [
      ['friendly', 201],
      ['strict', 409],
    ] as const) {
      const t = await armTenant({ profile });
      const name = fresh();
      const first = await eligible(t, {}, name);
      const again = await eligible(t, {}, name);
      expect(again.status).toBe(status);
      if (status === 201) expect(again.body).toEqual(first.body);
      else expect(again.body.error.code).toBe('RoleAssignmentRequestExists');
    }
  });

  test('INV-A1: what needs approval waits; the approver decides and nobody else', async () => {
    const t = await armTenant();
    await eligible(t);
    expect((await withApprover(t)).status).toBe(200);
    const waiting = await activate(t);
    expect(waiting.body.properties).toMatchObject({
      status: 'PendingApproval',
      approvalId: `${PROVIDER}/roleAssignmentApprovals/${waiting.body.name}`,
    });
    const listed = await t.call('anika', 'GET', list('roleAssignmentScheduleRequests', 'asApprover()', ''));
    expect(listed.body.value.map((r: { name: string }) => r.name)).toEqual([waiting.body.name]);
    expect(
      (await t.call('ravi', 'GET', list('roleAssignmentScheduleRequests', 'asApprover()', ''))).body.value,
    ).toEqual([]);

    const approval = `${PROVIDER}/roleAssignmentApprovals/${waiting.body.name}`;
    const version = 'api-version=2021-01-01-preview';
    const stages = await t.call('anika', 'GET', `${approval}/stages/?${version}`);
    expect(stages.body.value).toHaveLength(1);
    expect(stages.body.value[0].properties).toMatchObject({
      status: 'InProgress',
      assignedToMe: true,
      reviewResult: 'NotReviewed',
    });
    const stage = `${approval}/stages/${stages.body.value[0].name}/?${version}`;
    const yes = { properties: { reviewResult: 'approve', justification: 'ok' } };
    expect((await t.call('ravi', 'PATCH', stage, yes)).status).toBe(403);
    expect((await t.call('mina', 'GET', `${approval}?${version}`)).status).toBe(403);
    const done = await t.call('anika', 'PUT', stage, { reviewResult: 'Approve', justification: 'ok' });
    expect(done.body.properties).toMatchObject({
      status: 'Completed',
      reviewResult: 'Approve',
      reviewedBy: { principalId: IDS.anika, userPrincipalName: 'anika@example.com' },
    });
    const after = await t.call('ravi', 'GET', requests('Assignment', waiting.body.name));
    expect(after.body.properties.status).toBe('Provisioned');
    const again = await t.call('anika', 'PATCH', stage, yes);
    expect([again.status, again.body.error.code]).toEqual([409, 'ApprovalStageAlreadyCompleted']);
  });

  test('a request that waits can be taken back, once, with an empty answer', async () => {
    const t = await armTenant();
    await eligible(t);
    const later = new Date(T0 + 86_400_000).toISOString();
    const ahead = await activate(t, { scheduleInfo: { startDateTime: later, ...hours(1) } });
    expect(ahead.body.properties).toMatchObject({
      status: 'Granted',
      scheduleInfo: { startDateTime: later },
    });
    const target = `${RG}${PROVIDER}/roleAssignmentScheduleRequests/${ahead.body.name}/cancel?${V}`;
    expect(await t.call('ravi', 'POST', target)).toMatchObject({ status: 200, body: undefined });
    const again = await t.call('ravi', 'POST', target);
    expect([again.status, again.body.error.code]).toEqual([400, 'RequestCannotBeCancelled']);
  });

  test('validate answers as PUT would and leaves nothing behind', async () => {
    const t = await armTenant();
    await eligible(t);
    const before = await t.store.everything();
    const target = `${RG}${PROVIDER}/roleAssignmentScheduleRequests/${fresh()}/validate?${V}`;
    const body = of(IDS.ravi, { requestType: 'SelfActivate', justification: 'x', scheduleInfo: hours(1) });
    const good = await t.call('ravi', 'POST', target, body);
    expect([good.status, good.body.properties.status]).toEqual([200, 'Granted']);
    const bad = await t.call(
      'ravi',
      'POST',
      target,
      of(IDS.ravi, { requestType: 'SelfActivate', scheduleInfo: hours(9) }),
    );
    expect(bad.body.error.message).toContain('["ExpirationRule","JustificationRule"]');
    expect(await t.store.everything()).toEqual(before);
  });

  test('the bodies and paths of the activation tools are read: any case, unknown properties, the long form of a scope', async () => {
    const t = await armTenant();
    const made = await eligible(t);
    const path = `//providers/Microsoft.Subscription${RG.toUpperCase()}//PROVIDERS/microsoft.authorization/RoleAssignmentScheduleRequests`;
    const body = {
      Properties: {
        PrincipalId: IDS.ravi.toUpperCase(),
        RoleDefinitionId: roleId('contributor').slice(1),
        RequestType: 'selfactivate',
        LinkedRoleEligibilityScheduleId: made.body.name,
        Justification: 'on call',
        TicketInfo: { TicketNumber: 'INC-1', TicketSystem: '' },
        ScheduleInfo: {
          StartDateTime: null,
          EndDateTime: null,
          Expiration: { Type: 'AfterDuration', Duration: 'PT30M' },
        },
        isValidationOnly: false,
        isActivativation: true,
      },
    };
    const active = await t.call('ravi', 'PUT', `${path}/${fresh()}/?${V}`, body);
    expect(active.status).toBe(201);
    expect(active.body.properties).toMatchObject({
      scope: RG,
      status: 'Provisioned',
      principalId: IDS.ravi,
      ticketInfo: { ticketNumber: 'INC-1' },
    });
  });

  test('below the eligible scope is allowed, at a resource too, and shown in the case it was asked in', async () => {
    const t = await armTenant();
    await eligible(t);
    const vault = `${RG}/providers/Microsoft.KeyVault/vaults/Cards`;
    const active = await activate(t, {}, vault);
    expect(active.body.properties.expandedProperties.scope).toEqual({
      id: vault,
      displayName: 'Cards',
      type: 'Microsoft.KeyVault/vaults',
    });
    const rows = async (scope: string) =>
      (await t.call('ravi', 'GET', list('roleAssignmentScheduleInstances', 'asTarget()', scope))).body.value;
    expect(await rows(vault)).toHaveLength(1);
    expect(await rows(`${vault}2`)).toHaveLength(0);
    expect((await rows(RG))[0].properties).toMatchObject({
      memberType: 'Direct',
      scope: vault.replace(/\/providers.*/, (tail) => tail.toLowerCase()),
    });
  });
});

const withApprover = async (t: ArmTenant) => {
  const found = await t.call(
    'omar',
    'GET',
    list('roleManagementPolicyAssignments', `roleDefinitionId eq '${roleId('contributor')}'`),
  );
  const id = found.body.value[0].properties.policyId;
  const setting = {
    isApprovalRequired: 'true',
    approvalMode: 'SingleStage',
    approvalStages: [{ primaryApprovers: [{ id: IDS.ravi }, { id: IDS.anika, userType: 'User' }] }],
  };
  return t.call('omar', 'PATCH', `${id}/?${V}`, {
    properties: { rules: [{ id: 'Approval_EndUser_Assignment', setting }] },
  });
};
