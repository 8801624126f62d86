import { describe, expect, test } from 'vitest';
import { armTenant, IDS, ROLES, V } from './armTenant.ts';
import { eligible, list } from './asking.ts';

describe('policies', () => {
  const ONE_ROLE = `roleDefinitionId eq '${ROLES.reader}'`;
  test('a changed rule stays changed, the others stay as they were, and an untouched policy is the default', async () => {
    const t = await armTenant();
    const [policy] = (await t.call('omar', 'GET', list('roleManagementPolicies', ONE_ROLE))).body.value;
    expect(policy.properties).toMatchObject({ isOrganizationDefault: true, lastModifiedBy: {} });
    expect(policy.properties.rules).toHaveLength(17);
    const same = await t.call('omar', 'PUT', `${policy.id}?${V}`, policy);
    expect(same.body).toEqual(policy);
    const rule = { ...policy.properties.rules[10], maximumDuration: 'PT4H' };
    expect(rule.id).toBe('Expiration_EndUser_Assignment');
    const patched = await t.call('omar', 'PATCH', `${policy.id}?${V}`, { properties: { rules: [rule] } });
    expect(patched.body.properties).toMatchObject({
      isOrganizationDefault: false,
      lastModifiedBy: { id: IDS.omar, displayName: 'omar' },
    });
    expect(patched.body.properties.rules).toEqual(policy.properties.rules.with(10, rule));
    expect((await t.call('omar', 'GET', `${policy.id}/?${V}`)).body).toEqual(patched.body);
    const year = { id: 'Expiration_Admin_Eligibility', maximumDuration: 'P1Y' };
    const long = await t.call('omar', 'PATCH', `${policy.id}?${V}`, { properties: { rules: [year] } });
    expect(long.body.properties.rules[0].maximumDuration).toBe('P365D');
  });

  test('those who may activate a role may read its policy, and no other', async () => {
    const t = await armTenant();
    await eligible(t);
    const read = (role: string) =>
      t.call('ravi', 'GET', list('roleManagementPolicyAssignments', `roleDefinitionId eq '${role}'`));
    const [row] = (await read(ROLES.contributor)).body.value;
    expect(row.name).toMatch(new RegExp(`^[0-9a-f-]{36}_${ROLES.contributor}$`));
    expect((await t.call('ravi', 'GET', `${row.id}?${V}`)).body).toEqual(row);
    expect((await read(ROLES.reader)).status).toBe(403);
    expect((await t.call('ravi', 'GET', list('roleManagementPolicies'))).status).toBe(403);
  });
});
