import { describe, expect, test } from 'vitest';
import { SYSTEM } from '../../../src/core/actor.ts';
import type { DenyDraft } from '../../../src/core/denyAssignment.ts';
import { principalId, scopeKey } from '../../../src/core/values.ts';
import {
  type ArmTenant,
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
} from './armTenant.ts';

const assignments = (name: string, scope = RG) =>
  `${scope}${PROVIDER}/roleAssignments/${name}?api-version=2022-04-01`;
const given = (principal: string, role: keyof typeof ROLES, more: object = {}) => ({
  properties: { principalId: principal, roleDefinitionId: roleId(role), ...more },
});
const denials = (filter = '', scope = SUB_PATH) =>
  `${scope}${PROVIDER}/denyAssignments?api-version=2022-04-01${filter && `&$filter=${filter}`}`;

async function deny(t: ArmTenant, scope: string, with_: Partial<DenyDraft> = {}): Promise<string> {
  const id = fresh();
  await t.submit({
    type: 'putDenyAssignment',
    actor: SYSTEM,
    denyAssignment: {
      id,
      plane: 'azure',
      scope: scopeKey(scope.toLowerCase()),
      name: `Keep ${id}`,
      description: 'kept',
      permissions: [
        { actions: ['*/delete', '*/write'], notActions: [], dataActions: [], notDataActions: [] },
      ],
      principals: 'everyone',
      excluded: [],
      scopeOnly: false,
      systemProtected: true,
      ...with_,
    },
  });
  return id;
}

describe('deny assignments', () => {
  test('take from an owner what they name, and not from those they exclude, members of groups too', async () => {
    const t = await armTenant();
    for (const who of [IDS.anika, IDS.ravi])
      await t.call('omar', 'PUT', assignments(fresh()), given(who, 'owner'));
    await deny(t, RG, { excluded: [principalId(IDS.oncall)] });
    const put = (who: 'anika' | 'ravi', target: string) =>
      t.call(who, 'PUT', assignments(fresh()), given(target, 'reader'));
    expect((await put('anika', IDS.mina)).body.error.code).toBe('AuthorizationFailed');
    expect((await put('ravi', IDS.mina)).status).toBe(201);
    expect(
      (await t.call('anika', 'GET', `${RG}${PROVIDER}/roleAssignments?api-version=2022-04-01`)).status,
    ).toBe(200);
  });

  test('are listed by place, by principal, by name and for an export', async () => {
    const t = await armTenant();
    const [above, here, below] = [
      await deny(t, GROUP_PATH),
      await deny(t, SUB_PATH, { principals: [principalId(IDS.mina)], name: 'Mina’s' }),
      await deny(t, RG, { excluded: [principalId(IDS.mina)], scopeOnly: true }),
    ];
    await deny(t, '/providers/Microsoft.Management/managementGroups/platform', { plane: 'entra' });
    const names = async (filter: string, scope?: string) =>
      (await t.call('omar', 'GET', denials(filter, scope))).body.value.map((d: { name: string }) => d.name);
    expect(await names('')).toEqual([above, here, below]);
    expect(await names('atScope()')).toEqual([above, here]);
    expect(await names('', RG)).toEqual([above, here, below]);
    expect(await names('', OTHER_RG)).toEqual([above, here]);
    expect(await names(`principalId eq '${IDS.mina}'`)).toEqual([above, here, below]);
    expect(await names(`principalId eq '${IDS.ravi}'`)).toEqual([above, below]);
    expect(await names("denyAssignmentName eq 'mina’s'")).toEqual([here]);
    expect(await names(`gdprExportPrincipalId eq '${IDS.mina}'`)).toEqual([here, below]);
    const one = await t.call(
      'omar',
      'GET',
      `${RG}${PROVIDER}/denyAssignments/${below}?api-version=2022-04-01`,
    );
    expect(one.body).toMatchObject({
      id: `${RG}${PROVIDER}/denyAssignments/${below}`,
      type: 'Microsoft.Authorization/denyAssignments',
      properties: {
        doNotApplyToChildScopes: true,
        isSystemProtected: true,
        principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
        excludePrincipals: [{ id: IDS.mina, type: 'User' }],
        scope: RG,
      },
    });
  });
});

const only = (role: keyof typeof ROLES) =>
  `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${ROLES[role]}} AND @Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringEqualsIgnoreCase 'User'))`;

describe('conditions on assignments', () => {
  test('INV-Z2: let somebody give some roles to some, and nothing else', async () => {
    const t = await armTenant();
    const condition = { condition: only('reader'), conditionVersion: '2.0' };
    expect(
      (await t.call('omar', 'PUT', assignments(fresh()), given(IDS.anika, 'owner', condition))).status,
    ).toBe(201);
    const put = async (principal: string, role: keyof typeof ROLES) =>
      (await t.call('anika', 'PUT', assignments(fresh()), given(principal, role))).status;
    expect(await put(IDS.mina, 'reader')).toBe(201);
    expect(await put(IDS.mina, 'contributor')).toBe(403);
    expect(await put(IDS.anika, 'owner')).toBe(403);
    expect(await put(IDS.oncall, 'reader')).toBe(403);
  });
});

describe('what the caller can do, and how much room there is', () => {
  test('permissions have an entry for each role held, through groups too, once', async () => {
    const t = await armTenant();
    const at = `${RG}${PROVIDER}/permissions?api-version=2022-04-01`;
    expect((await t.call('ravi', 'GET', at)).body).toEqual({ value: [] });
    await t.call('omar', 'PUT', assignments(fresh()), given(IDS.ravi, 'reader'));
    await t.call('omar', 'PUT', assignments(fresh(), SUB_PATH), given(IDS.oncall, 'reader'));
    const reader = { actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] };
    expect((await t.call('ravi', 'GET', at)).body).toEqual({ value: [reader] });
  });

  test('usage metrics count what stands in a subscription', async () => {
    const t = await armTenant();
    const at = `${SUB_PATH}${PROVIDER}/roleAssignmentsUsageMetrics?api-version=2019-08-01-preview`;
    const count = async () => (await t.call('omar', 'GET', at)).body;
    expect(await count()).toEqual({
      subscriptionId: SUB,
      roleAssignmentsLimit: 4000,
      roleAssignmentsCurrentCount: 0,
      roleAssignmentsRemainingCount: 4000,
    });
    const name = fresh();
    await t.call('omar', 'PUT', assignments(name), given(IDS.ravi, 'reader'));
    expect((await count()).roleAssignmentsCurrentCount).toBe(1);
    await t.call('omar', 'DELETE', assignments(name));
    expect((await count()).roleAssignmentsCurrentCount).toBe(0);
  });

  test('at a management group 500 assignments are all there may be', async () => {
    const t = await armTenant();
    const reader = { plane: 'azure', role: ROLES.reader, scope: GROUP_PATH.toLowerCase() };
    for (let i = 0; i < 500; i++) {
      const principal = principalId(fresh());
      const kept = { displayName: `p${i}`, upn: null, mail: null, appId: null, enabled: true };
      const made = { id: principal, kind: 'person', roleAssignable: false, about: {}, ...kept } as const;
      await t.submit({ type: 'putPrincipal', actor: SYSTEM, principal: made });
      await t.submit({
        type: 'grant',
        actor: SYSTEM,
        schedule: fresh() as never,
        holding: { ...reader, principal } as never,
        principalKind: null,
        note: null,
        condition: null,
      });
    }
    const full = await t.call('omar', 'PUT', assignments(fresh(), GROUP_PATH), given(IDS.ravi, 'reader'));
    expect([full.status, full.body.error.code]).toEqual([400, 'RoleAssignmentLimitExceeded']);
    const stranger = await t.call('mina', 'PUT', assignments(fresh(), GROUP_PATH), given(IDS.ravi, 'reader'));
    expect(stranger.status).toBe(403);
  });

  test('provider operations are those the built-in roles name, by provider and type', async () => {
    const t = await armTenant();
    const at = (name: string, more = '') =>
      `${PROVIDER}/providerOperations${name}?api-version=2022-04-01${more}`;
    const one = await t.call('mina', 'GET', at('/microsoft.compute', '&$expand=resourceTypes'));
    expect(one.body).toMatchObject({ name: 'Microsoft.Compute', displayName: 'Microsoft.Compute' });
    const machines = one.body.resourceTypes.find((r: { name: string }) => r.name === 'virtualMachines');
    expect(machines.operations.map((o: { name: string }) => o.name)).toContain(
      'Microsoft.Compute/virtualMachines/read',
    );
    expect((await t.call('mina', 'GET', at('/Microsoft.Compute'))).body.resourceTypes).toEqual([]);
    const all = await t.call('mina', 'GET', at(''));
    expect(all.body.value.length).toBeGreaterThan(100);
    expect((await t.call('mina', 'GET', at('/Nobody.AtAll'))).status).toBe(404);
  });
});

describe('role assignments', () => {
  test('say what giving one would come to, and leave nothing behind', async () => {
    const t = await armTenant();
    const validate = (body: object, who: 'omar' | 'mina' = 'omar') =>
      t.call(
        who,
        'POST',
        assignments(fresh()).replace('?api-version=2022-04-01', '/validate?api-version=2020-10-01-preview'),
        body,
      );
    const before = await t.store.everything();
    expect((await validate(given(IDS.mina, 'reader'))).body).toEqual({ isValid: true });
    const unknown = { properties: { principalId: IDS.mina, roleDefinitionId: fresh() } };
    expect(await validate(unknown)).toMatchObject({
      status: 200,
      body: {
        isValid: false,
        errorInfo: { code: 'InvalidRoleDefinitionId', message: expect.stringMatching(/does not exist/) },
      },
    });
    expect(await t.store.everything()).toEqual(before);
    expect((await validate(given(IDS.mina, 'reader'), 'mina')).status).toBe(403);
  });

  test('a name that was deleted is used again, and says who made it', async () => {
    const t = await armTenant();
    const name = fresh();
    await t.call('omar', 'PUT', assignments(name), given(IDS.mina, 'reader'));
    await t.call('omar', 'DELETE', assignments(name));
    const again = await t.call(
      'omar',
      'PUT',
      assignments(name),
      given(IDS.ravi, 'reader', { description: 'x' }),
    );
    expect(again).toMatchObject({
      status: 201,
      body: { properties: { principalId: IDS.ravi, createdBy: IDS.omar, updatedBy: IDS.omar } },
    });
    expect(
      (await t.call('omar', 'PUT', assignments(name), given(IDS.ravi, 'reader', { description: 'x' })))
        .status,
    ).toBe(200);
  });

  test('INV-Z9: the last owner stays until there is another', async () => {
    const t = await armTenant();
    const { rows } = await t.store.schedules({
      plane: 'azure',
      kind: 'assignment',
      limit: 9,
      principals: [principalId(IDS.omar)],
    });
    const last = assignments(rows[0]?.id ?? '', '');
    const narrowed = { condition: only('reader'), conditionVersion: '2.0' };
    const tied = await t.call('omar', 'PUT', last, given(IDS.omar, 'owner', narrowed));
    expect(tied.body.error.code).toBe('CannotDeleteLastRbacAdminAssignment');
    const refused = await t.call('omar', 'DELETE', last);
    expect([refused.status, refused.body.error.code]).toEqual([400, 'CannotDeleteLastRbacAdminAssignment']);
    await t.call('omar', 'PUT', assignments(fresh(), ''), given(IDS.anika, 'owner'));
    expect((await t.call('omar', 'DELETE', last)).status).toBe(200);
  });
});
