import { describe, expect, test } from 'vitest';
import {
  type ArmTenant,
  armTenant,
  fresh,
  IDS,
  OTHER_RG,
  PROVIDER,
  RG,
  ROLES,
  SUB_PATH,
} from './armTenant.ts';

const V = 'api-version=2022-05-01-preview';
const one = (name: string, scope = SUB_PATH) => `${scope}${PROVIDER}/roleDefinitions/${name}?${V}`;
const all = (filter = '', scope = SUB_PATH) =>
  `${scope}${PROVIDER}/roleDefinitions?${V}${filter && `&$filter=${filter}`}`;
const body = (more: object = {}) => ({
  properties: {
    roleName: 'Patch crew',
    description: 'Restarts machines',
    type: 'CustomRole',
    assignableScopes: [SUB_PATH],
    permissions: [
      { actions: ['Microsoft.Compute/virtualMachines/restart/action', '*/read'], notActions: [] },
    ],
    ...more,
  },
});
const give = (t: ArmTenant, role: string, name = fresh(), scope = RG, principalId: string = IDS.mina) =>
  t.call('omar', 'PUT', `${scope}${PROVIDER}/roleAssignments/${name}?api-version=2022-04-01`, {
    properties: { roleDefinitionId: `${SUB_PATH}${PROVIDER}/roleDefinitions/${role}`, principalId },
  });
const rows = async (t: ArmTenant, filter: string, scope = SUB_PATH) =>
  (await t.call('omar', 'GET', all(filter, scope))).body.value.map((r: { name: string }) => r.name);

describe('custom role definitions', () => {
  test('are made, found by every filter, given, changed, kept while used, and removed', async () => {
    const t = await armTenant();
    const name = fresh();
    const made = await t.call('omar', 'PUT', one(name), body());
    expect(made).toMatchObject({
      status: 201,
      body: {
        id: `${SUB_PATH}${PROVIDER}/roleDefinitions/${name}`,
        name,
        type: 'Microsoft.Authorization/roleDefinitions',
        properties: {
          roleName: 'Patch crew',
          type: 'CustomRole',
          assignableScopes: [SUB_PATH],
          createdBy: IDS.omar,
          permissions: [{ notActions: [], dataActions: [], notDataActions: [] }],
        },
      },
    });
    expect((await t.call('omar', 'GET', one(name))).body).toEqual(made.body);
    expect(await rows(t, "roleName eq 'patch crew'")).toEqual([name]);
    expect(await rows(t, "type eq 'CustomRole'")).toEqual([name]);
    expect(await rows(t, "type eq 'CustomRole'", RG)).toEqual([name]);
    expect(await rows(t, "type eq 'BuiltInRole'")).not.toContain(name);

    const assignment = fresh();
    expect((await give(t, name, assignment)).status).toBe(201);
    const restart = 'Microsoft.Compute/virtualMachines/restart/action';
    const may = () => t.engine.allows({ id: IDS.mina as never }, 'azure', restart, RG.toLowerCase() as never);
    expect(may()).toBe(true);

    await t.pass('PT1M');
    const changed = await t.call('omar', 'PUT', one(name), body({ permissions: [{ actions: ['*/read'] }] }));
    expect(changed.status).toBe(201);
    const { createdOn, updatedOn } = changed.body.properties;
    expect(createdOn).toBe(made.body.properties.createdOn);
    expect(updatedOn > createdOn).toBe(true);
    expect(may()).toBe(false);

    const used = await t.call('omar', 'DELETE', one(name));
    expect([used.status, used.body.error.code]).toEqual([409, 'RoleDefinitionHasAssignments']);
    await t.call('omar', 'DELETE', `${RG}${PROVIDER}/roleAssignments/${assignment}?api-version=2022-04-01`);
    expect((await t.call('omar', 'DELETE', one(name))).body.name).toBe(name);
    expect((await t.call('omar', 'DELETE', one(name))).status).toBe(204);
    expect((await t.call('omar', 'GET', one(name))).status).toBe(404);
    expect(await rows(t, "type eq 'CustomRole'")).toEqual([]);
  });

  test('are offered where they can be given, further down on demand, and to the tenant as a whole', async () => {
    const t = await armTenant();
    const name = fresh();
    await t.call('omar', 'PUT', one(name, RG), body({ assignableScopes: undefined }));
    const at = (scope: string, filter = "type eq 'CustomRole'") => rows(t, filter, scope);
    expect([await at(RG), await at(OTHER_RG), await at(SUB_PATH), await at('')]).toEqual([
      [name],
      [],
      [],
      [name],
    ]);
    expect(await at(SUB_PATH, "atScopeAndBelow() and type eq 'CustomRole'")).toEqual([name]);
  });

  test('are shown to readers of their scopes and to those who hold them or may activate them', async () => {
    const t = await armTenant();
    const name = fresh();
    await t.call('omar', 'PUT', one(name), body());
    const status = async (who: 'mina' | 'ravi') => (await t.call(who, 'GET', one(name, RG))).status;
    expect(await status('mina')).toBe(404);
    await give(t, name);
    expect(await status('mina')).toBe(200);
    await t.call(
      'omar',
      'PUT',
      `${RG}${PROVIDER}/roleEligibilityScheduleRequests/${fresh()}?api-version=2020-10-01`,
      {
        properties: {
          principalId: IDS.ravi,
          requestType: 'AdminAssign',
          roleDefinitionId: name,
          scheduleInfo: { expiration: { type: 'AfterDuration', duration: 'P1D' } },
        },
      },
    );
    expect(await status('ravi')).toBe(200);
  });

  test('INV-Z2: are changed by nobody who may not at each of their scopes', async () => {
    const t = await armTenant();
    await give(t, ROLES.owner, fresh(), RG, IDS.anika);
    const name = fresh();
    const put = (scopes: readonly string[]) =>
      t.call('anika', 'PUT', one(name, RG), body({ assignableScopes: scopes }));
    const linked = await put([RG, OTHER_RG]);
    expect(linked.body.error).toMatchObject({
      code: 'LinkedAuthorizationFailed',
      message: expect.stringContaining(`on the linked scope(s) '${OTHER_RG}'`),
    });
    expect((await put([RG])).status).toBe(201);
    expect((await t.call('mina', 'PUT', one(name, RG), body())).status).toBe(403);
    expect((await t.call('mina', 'DELETE', one(name, RG))).status).toBe(403);
  });

  test('can be activated under a policy like any other role', async () => {
    const t = await armTenant();
    const name = fresh();
    await t.call('omar', 'PUT', one(name), body());
    const policies = `${RG}${PROVIDER}/roleManagementPolicies?api-version=2020-10-01&$filter=roleDefinitionId eq '${name}'`;
    const found = await t.call('omar', 'GET', policies);
    expect(found.body.value).toHaveLength(1);
    const rule = { id: 'Expiration_EndUser_Assignment', maximumDuration: 'PT1H', isExpirationRequired: true };
    const patched = await t.call('omar', 'PATCH', `${found.body.value[0].id}?api-version=2020-10-01`, {
      properties: { rules: [rule] },
    });
    expect(patched.status).toBe(200);
  });
});
