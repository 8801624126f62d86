import { describe, expect, test } from 'vitest';
import { type ArmTenant, armTenant, fresh, IDS, type Person, PROVIDER, RG, roleId, V } from './armTenant.ts';
import { activate, eligible, hours, list, of, requests } from './asking.ts';

const days = (n: number) => ({ scheduleInfo: { expiration: { type: 'AfterDuration', duration: `P${n}D` } } });
const ask = (t: ArmTenant, who: Person, requestType: string, more: object = {}, name = fresh()) =>
  t.call(who, 'PUT', requests('Eligibility', name), of(IDS.ravi, { requestType, ...days(60), ...more }));
const schedules = async (t: ArmTenant) =>
  (await t.call('omar', 'GET', list('roleEligibilitySchedules', `principalId eq '${IDS.ravi}'`))).body.value;
const statusOf = async (t: ArmTenant, name: string) =>
  (await t.call('ravi', 'GET', requests('Eligibility', name))).body.properties.status;
const stageOf = (t: ArmTenant, who: Person, name: string) =>
  t.call(who, 'GET', `${PROVIDER}/roleAssignmentApprovals/${name}/stages?api-version=2021-01-01-preview`);
const decide = async (t: ArmTenant, who: Person, name: string, reviewResult: string) => {
  const found = await stageOf(t, 'omar', name);
  const stage = `${found.body.value[0].id}?api-version=2021-01-01-preview`;
  return t.call(who, 'PATCH', stage, { reviewResult });
};

describe('an eligibility on the wire', () => {
  test('is updated, extended and renewed by an administrator under a name that stays', async () => {
    const t = await armTenant();
    const name = fresh();
    await eligible(t, days(10), name);
    const target = `${RG}${PROVIDER}/roleEligibilitySchedules/${name}`;
    const extended = await ask(t, 'omar', 'AdminExtend', { targetRoleEligibilityScheduleId: target });
    expect([extended.status, extended.body.properties]).toMatchObject([
      201,
      { requestType: 'AdminExtend', status: 'Provisioned', targetRoleEligibilityScheduleId: target },
    ]);
    expect(extended.body.properties.scheduleInfo).toEqual({
      startDateTime: '2026-03-03T08:00:00.000Z',
      expiration: { type: 'AfterDuration', duration: 'P60D' },
    });
    expect((await schedules(t))[0]).toMatchObject({
      name,
      properties: { startDateTime: '2026-03-03T08:00:00.000Z', endDateTime: '2026-05-02T08:00:00.000Z' },
    });

    const condition = { condition: "@Resource[a] StringEquals 'b'", conditionVersion: '2.0' };
    const updated = await ask(t, 'omar', 'AdminUpdate', { ...condition, scheduleInfo: null });
    expect(updated.body.properties).toMatchObject({
      status: 'Provisioned',
      scheduleInfo: { expiration: { type: 'AfterDateTime', endDateTime: '2026-05-02T08:00:00.000Z' } },
    });
    await ask(t, 'omar', 'AdminUpdate', days(1));
    expect((await schedules(t))[0].properties).toMatchObject({
      ...condition,
      endDateTime: '2026-03-04T08:00:00.000Z',
    });

    await t.pass('P2D');
    expect(await schedules(t)).toEqual([]);
    const renewed = await ask(t, 'omar', 'AdminRenew');
    expect(renewed.body.properties).toMatchObject({ requestType: 'AdminRenew', status: 'Provisioned' });
    expect(await schedules(t)).toMatchObject([{ name: renewed.body.name, properties: condition }]);
  });

  test('INV-T6: when it is shortened, the activation that runs is cut', async () => {
    const t = await armTenant();
    await eligible(t);
    await activate(t, { scheduleInfo: hours(4) });
    await ask(t, 'omar', 'AdminUpdate', { scheduleInfo: hours(1) });
    const running = await t.call('ravi', 'GET', list('roleAssignmentScheduleInstances', 'asTarget()'));
    expect(running.body.value[0].properties.endDateTime).toBe('2026-03-03T09:00:00.000Z');
  });

  test('is extended because its holder asked: an administrator answers by doing it', async () => {
    const t = await armTenant();
    await eligible(t, days(10));
    const asked = await ask(t, 'ravi', 'SelfExtend', { justification: 'the project goes on' });
    expect([asked.status, asked.body.properties]).toMatchObject([
      201,
      { status: 'PendingAdminDecision', justification: 'the project goes on' },
    ]);
    const waiting = await t.call(
      'omar',
      'GET',
      list('roleEligibilityScheduleRequests', "status eq 'PendingAdminDecision'"),
    );
    expect(waiting.body.value.map((r: { name: string }) => r.name)).toEqual([asked.body.name]);
    await ask(t, 'omar', 'AdminExtend', days(30));
    expect(await statusOf(t, asked.body.name)).toBe('AdminApproved');
    expect((await schedules(t))[0].properties.endDateTime).toBe('2026-04-02T08:00:00.000Z');
  });

  test('INV-A1: or says yes to the approval, which is an administrator and never the one who asked', async () => {
    const t = await armTenant();
    await eligible(t, days(10));
    const asked = await ask(t, 'ravi', 'SelfExtend');
    const mine = async (who: Person, type: string) =>
      (await t.call(who, 'GET', list(type, 'asApprover()', ''))).body.value.map(
        (r: { name: string }) => r.name,
      );
    for (const type of ['roleEligibilityScheduleRequests', 'roleAssignmentApprovals']) {
      expect(await mine('omar', type)).toEqual([asked.body.name]);
      expect(await mine('ravi', type)).toEqual([]);
      expect(await mine('anika', type)).toEqual([]);
    }
    expect((await decide(t, 'ravi', asked.body.name, 'Approve')).status).toBe(403);
    expect((await decide(t, 'anika', asked.body.name, 'Approve')).status).toBe(403);
    expect((await decide(t, 'omar', asked.body.name, 'Approve')).body.properties).toMatchObject({
      status: 'Completed',
      reviewResult: 'Approve',
    });
    expect(await statusOf(t, asked.body.name)).toBe('AdminApproved');
    expect((await schedules(t))[0].properties.endDateTime).toBe('2026-05-02T08:00:00.000Z');
    expect((await decide(t, 'omar', asked.body.name, 'Deny')).status).toBe(409);
  });

  test('in the strict profile there is no approval of it, as in Azure', async () => {
    const t = await armTenant({ profile: 'strict' });
    await eligible(t, days(10));
    const asked = await ask(t, 'ravi', 'SelfExtend');
    expect(asked.body.properties).toMatchObject({ status: 'PendingAdminDecision' });
    expect(asked.body.properties).not.toHaveProperty('approvalId');
    expect((await stageOf(t, 'omar', asked.body.name)).status).toBe(404);
    await ask(t, 'omar', 'AdminExtend');
    expect(await statusOf(t, asked.body.name)).toBe('AdminApproved');
  });

  test('is asked for again after it ended: denied, taken back, nobody answered, granted', async () => {
    const t = await armTenant();
    await eligible(t, days(1));
    await t.pass('P2D');
    const denied = await ask(t, 'ravi', 'SelfRenew');
    expect(denied.body.properties.status).toBe('PendingAdminDecision');
    await decide(t, 'omar', denied.body.name, 'Deny');
    expect(await statusOf(t, denied.body.name)).toBe('AdminDenied');
    const back = await ask(t, 'ravi', 'SelfRenew');
    const path = `${RG}${PROVIDER}/roleEligibilityScheduleRequests/${back.body.name}/cancel?${V}`;
    expect((await t.call('ravi', 'POST', path)).status).toBe(200);
    expect(await statusOf(t, back.body.name)).toBe('Canceled');
    const granted = await ask(t, 'ravi', 'SelfRenew');
    await decide(t, 'omar', granted.body.name, 'Approve');
    expect(await schedules(t)).toMatchObject([{ name: granted.body.name }]);
    await ask(t, 'omar', 'AdminUpdate', days(1));
    await t.pass('P2D');
    const forgotten = await ask(t, 'ravi', 'SelfRenew');
    await t.pass('P30D');
    expect(await statusOf(t, forgotten.body.name)).toBe('TimedOut');
  });

  test('INV-L5: the identical request again is the same request', async () => {
    const t = await armTenant();
    await eligible(t, days(10));
    for (const [who, type] of [
      ['ravi', 'SelfExtend'],
      ['omar', 'AdminExtend'],
      ['omar', 'AdminUpdate'],
    ] as const) {
      const name = fresh();
      await ask(t, who, type, {}, name);
      const { seq } = await t.store.everything();
      expect((await ask(t, who, type, {}, name)).status).toBe(201);
      expect((await t.store.everything()).seq).toBe(seq);
      expect((await ask(t, who, type, days(5), name)).body.error.code).toBe('RoleAssignmentRequestExists');
    }
  });

  test('an assigned assignment is extended and renewed in the same way', async () => {
    const t = await armTenant();
    const put = (who: Person, requestType: string, duration: string) =>
      t.call(
        who,
        'PUT',
        requests('Assignment', fresh()),
        of(IDS.ravi, {
          requestType,
          justification: 'why',
          scheduleInfo: { expiration: { type: 'AfterDuration', duration } },
        }),
      );
    await put('omar', 'AdminAssign', 'P5D');
    expect((await put('ravi', 'SelfExtend', 'P20D')).body.properties.status).toBe('PendingAdminDecision');
    const extended = await put('omar', 'AdminExtend', 'P20D');
    expect(extended.body.properties).toHaveProperty('targetRoleAssignmentScheduleId');
    await t.pass('P20D');
    expect((await put('omar', 'AdminRenew', 'P1D')).body.properties.status).toBe('Provisioned');
    const held = await t.call('ravi', 'GET', list('roleAssignmentScheduleInstances', 'asTarget()'));
    expect(held.body.value[0].properties).toMatchObject({
      assignmentType: 'Assigned',
      roleDefinitionId: roleId('contributor'),
    });
  });
});
