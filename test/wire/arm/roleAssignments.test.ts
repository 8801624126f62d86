import { describe, expect, test } from 'vitest';
import { armTenant, fresh, IDS, OTHER_RG, PROVIDER, RG } from './armTenant.ts';
import { of } from './asking.ts';

describe('role assignments', () => {
  const one = (name: string, scope = RG) =>
    `${scope}${PROVIDER}/roleAssignments/${name}?api-version=2022-04-01`;
  test('given, given again, refused under another name, taken away, gone', async () => {
    const t = await armTenant();
    const [name, body] = [
      fresh(),
      of(IDS.bot, { principalType: 'ServicePrincipal', description: 'pipeline' }),
    ];
    const made = await t.call('omar', 'PUT', one(name), body);
    expect(made).toMatchObject({
      status: 201,
      body: { name, properties: { principalType: 'ServicePrincipal', description: 'pipeline', scope: RG } },
    });
    expect((await t.call('omar', 'PUT', one(name), body)).status).toBe(200);
    const other = await t.call('omar', 'PUT', one(fresh()), body);
    expect([other.status, other.body.error.code]).toEqual([409, 'RoleAssignmentExists']);
    expect(other.body.error.message).toContain('role assignment already exists');
    expect((await t.call('omar', 'GET', one(name))).status).toBe(200);
    expect((await t.call('omar', 'GET', one(name, OTHER_RG))).status).toBe(404);
    expect((await t.call('omar', 'DELETE', one(name))).body.name).toBe(name);
    expect(await t.call('omar', 'DELETE', one(name))).toMatchObject({ status: 204, body: undefined });
    expect((await t.call('mina', 'DELETE', one(name))).status).toBe(403);
  });

  test('INV-Z1: nobody gives a role without the right to, nor lists without the right to read', async () => {
    const t = await armTenant();
    const put = await t.call('ravi', 'PUT', one(fresh()), of(IDS.ravi, {}));
    expect(put.body.error).toMatchObject({
      code: 'AuthorizationFailed',
      message: `The client 'ravi' with object id '${IDS.ravi}' does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/write' over scope '${RG}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    });
    expect(
      (await t.call('ravi', 'GET', `${RG}${PROVIDER}/roleAssignments?api-version=2022-04-01`)).status,
    ).toBe(403);
  });
});
