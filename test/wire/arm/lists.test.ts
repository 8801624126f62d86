import { describe, expect, test } from 'vitest';
import {
  armTenant,
  fresh,
  GROUP_PATH,
  IDS,
  OTHER_RG,
  PROVIDER,
  RG,
  ROLES,
  roleId,
  SUB,
  SUB_PATH,
  TENANT,
} from './armTenant.ts';
import { eligible, hours, list, of, requests } from './asking.ts';

describe('what a list shows', () => {
  test('memberType says how a row came to be: directly, from above, through a group', async () => {
    const t = await armTenant();
    await eligible(t, {}, fresh(), GROUP_PATH);
    await eligible(t, {});
    await t.call(
      'omar',
      'PUT',
      requests('Eligibility', fresh()),
      of(IDS.oncall, { requestType: 'AdminAssign', scheduleInfo: hours(1) }),
    );
    const rows = (await t.call('ravi', 'GET', list('roleEligibilitySchedules', 'asTarget()'))).body.value;
    const kinds = rows.map((r: { properties: { memberType: string; scope: string } }) => [
      r.properties.memberType,
      r.properties.scope,
    ]);
    expect(kinds.sort()).toEqual([
      ['Direct', RG],
      ['Group', RG],
      ['Inherited', GROUP_PATH],
    ]);
    expect(
      (await t.call('ravi', 'GET', list('roleEligibilityScheduleInstances', 'asTarget()', ''))).body.value,
    ).toHaveLength(3);
  });

  test('atScope() is at or above; no filter is below as well', async () => {
    const t = await armTenant();
    await eligible(t);
    const count = async (filter: string, scope: string) =>
      (await t.call('omar', 'GET', list('roleEligibilitySchedules', filter, scope))).body.value.length;
    expect(await count('atScope()', SUB_PATH)).toBe(0);
    expect(await count('', SUB_PATH)).toBe(1);
    expect(await count('', GROUP_PATH)).toBe(1);
    expect(await count(`(principalId eq '${IDS.ravi.toUpperCase()}') and atScope()`, RG)).toBe(1);
    expect(await count(`assignedto('${IDS.mina}')`, RG)).toBe(0);
    expect(await count('', OTHER_RG)).toBe(0);
  });

  test('a page has two hundred rows and an absolute link to the next', async () => {
    const t = await armTenant();
    const target = list('roleManagementPolicies', '', `/${SUB_PATH}`);
    const first = await t.call('omar', 'GET', target);
    expect(first.body.value).toHaveLength(200);
    expect(first.body.nextLink).toMatch(/^https:\/\/localhost:8443\/subscriptions\/.*\$skiptoken=/);
    const seen = new Set(first.body.value.map((p: { name: string }) => p.name));
    for (let next = first.body.nextLink; next; ) {
      const page = await t.call('omar', 'GET', next.slice('https://localhost:8443'.length));
      for (const p of page.body.value) seen.add(p.name);
      next = page.body.nextLink;
    }
    expect(seen.size).toBe(928);
  });

  test('Terraform finds its schedule by the role id it sent, and no client is shown that spelling elsewhere', async () => {
    const tenantForm = `${PROVIDER}/roleDefinitions/${ROLES.contributor}`;
    for (const spelling of [ROLES.contributor, tenantForm, tenantForm.toUpperCase()]) {
      const t = await armTenant();
      const made = await eligible(t, { roleDefinitionId: spelling, scope: RG.toUpperCase() });
      expect(made.body.properties.roleDefinitionId).toBe(spelling);
      expect(made.body.properties.expandedProperties.roleDefinition.id).toBe(roleId('contributor'));
      const one = async (type: string) =>
        (await t.call('omar', 'GET', list(type, `principalId eq '${IDS.ravi}'`))).body.value[0].properties
          .roleDefinitionId;
      expect(await one('roleEligibilitySchedules')).toBe(spelling);
      expect(await one('roleEligibilityScheduleInstances')).toBe(roleId('contributor'));
    }
  });

  test('roleDefinitions has all built-in roles, spelled for the scope that was asked', async () => {
    const t = await armTenant();
    const at = (scope: string, filter: string) =>
      t.call('mina', 'GET', `${scope}${PROVIDER}/roleDefinitions?api-version=2022-05-01-preview${filter}`);
    expect((await at(SUB_PATH, '')).body.value).toHaveLength(928);
    const [owner] = (await at(RG, "&$filter=roleName eq 'owner'")).body.value;
    expect(owner).toMatchObject({
      id: roleId('owner'),
      name: ROLES.owner,
      properties: { roleName: 'Owner', type: 'BuiltInRole', permissions: [{ actions: ['*'] }] },
    });
    expect((await at(GROUP_PATH, "&$filter=roleName eq 'Owner'")).body.value[0].id).toBe(
      `${PROVIDER}/roleDefinitions/${ROLES.owner}`,
    );
    expect((await at(SUB_PATH, "&$filter=type eq 'CustomRole'")).body.value).toEqual([]);
  });

  test('everybody sees the subscriptions, groups and management groups that concern them, and no others', async () => {
    const t = await armTenant();
    const get = (who: 'mina' | 'ravi', path: string) => t.call(who, 'GET', `${path}?api-version=2022-12-01`);
    expect((await get('mina', '/subscriptions')).body).toMatchObject({ value: [] });
    expect((await get('mina', SUB_PATH)).status).toBe(403);
    await eligible(t);
    expect((await get('ravi', '/subscriptions')).body.value).toMatchObject([
      { subscriptionId: SUB, tenantId: TENANT, state: 'Enabled' },
    ]);
    expect((await get('ravi', `${SUB_PATH}/resourcegroups`)).body.value).toMatchObject([{ id: RG }]);
    expect((await get('ravi', `${SUB_PATH}/resourcegroups/RG-PAYMENTS`)).body.id).toBe(RG);
    const groups = (await get('ravi', '/providers/Microsoft.Management/managementGroups')).body.value;
    expect(groups.map((g: { name: string }) => g.name).sort()).toEqual([TENANT, 'platform'].sort());
    const tree = await t.call(
      'ravi',
      'GET',
      `/providers/microsoft.management/managementgroups/${TENANT}?api-version=2021-04-01&$expand=children&$recurse=true`,
    );
    expect(tree.body.properties.children).toMatchObject([
      { name: 'platform', children: [{ name: SUB, type: '/subscriptions' }] },
    ]);
  });
});
