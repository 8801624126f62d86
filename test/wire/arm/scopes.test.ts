import { beforeEach, describe, expect, test } from 'vitest';
import { closed } from '../../../src/core/request.ts';
import { live } from '../../../src/core/schedule.ts';
import { principalId, scopeKey } from '../../../src/core/values.ts';
import {
  type ArmTenant,
  armTenant,
  fresh,
  GROUP_PATH,
  IDS,
  PROVIDER,
  RG,
  ROOT_GROUP_PATH,
  roleId,
  SUB,
  SUB_PATH,
} from './armTenant.ts';
import { activate, eligible } from './asking.ts';
import { assign, prepared, roleAssignment, THERE } from './refusing.ts';

const A = 'api-version=2021-04-01';
const GROUPS = '/providers/Microsoft.Management/managementGroups';
const VM = `${RG}/providers/Microsoft.Compute/virtualMachines/vm-One`;
const details = (parent: string) => ({ details: { parent: { id: parent } } });

let t: ArmTenant;
beforeEach(async () => {
  t = await armTenant();
});
const omar = (method: string, target: string, body?: unknown) => t.call('omar', method, target, body);
const makeGroup = async (name: string, parent = GROUP_PATH) =>
  expect((await omar('PUT', `${GROUPS}/${name}?${A}`, { properties: details(parent) })).status).toBe(200);
const can = (who: keyof typeof IDS, action: string, scope: string) =>
  t.engine.allows({ id: principalId(IDS[who]) }, 'azure', action, scopeKey(scope.toLowerCase()));

describe('management groups', () => {
  test('are made below the root group, renamed, moved by PATCH, and deleted when empty', async () => {
    const made = await omar('PUT', `${GROUPS}/Retail?${A}`, { properties: { displayName: 'Shops' } });
    expect(made).toMatchObject({
      status: 200,
      body: {
        id: `${GROUPS}/Retail`,
        name: 'Retail',
        properties: { displayName: 'Shops', details: { parent: { id: ROOT_GROUP_PATH } } },
      },
    });
    const moved = await omar('PATCH', `${GROUPS}/retail?${A}`, {
      parentGroupId: GROUP_PATH,
      displayName: 'Retail',
    });
    expect(moved.body.properties).toMatchObject({
      displayName: 'Retail',
      details: { parent: { name: 'platform' } },
    });
    const tree = await omar('GET', `${ROOT_GROUP_PATH}?${A}&$expand=children&$recurse=true`);
    expect(tree.body.properties.children[0].children.map((c: { name: string }) => c.name)).toEqual([
      SUB,
      'Retail',
    ]);
    expect(await omar('DELETE', `${GROUPS}/retail?${A}`)).toMatchObject({ status: 204 });
    expect(await omar('DELETE', `${GROUPS}/retail?${A}`)).toMatchObject({ status: 204 });
    expect((await omar('GET', `${GROUPS}/retail?${A}`)).status).toBe(404);
  });

  test('show all that is below them, page by page', async () => {
    await makeGroup('a');
    await makeGroup('b', `${GROUPS}/a`);
    const { body } = await omar('GET', `${ROOT_GROUP_PATH}/descendants?${A}`);
    expect(body.value.map((d: { name: string }) => d.name)).toEqual(['a', 'b', 'platform', SUB]);
    expect(body.value[1].properties).toEqual({ displayName: 'b', parent: { id: `${GROUPS}/a` } });
    expect(body.nextLink).toBeUndefined();
  });

  test('show more than a page of it by a link to the next one, on the host that was asked', async () => {
    for (let n = 0; n < 200; n++) await makeGroup(`g${n}`);
    const first = await omar('GET', `${GROUP_PATH}/descendants?${A}`);
    expect(first.body.value).toHaveLength(200);
    expect(first.body.nextLink).toMatch(
      /^https:\/\/localhost:8443\/providers\/.*api-version=2021-04-01&\$skiptoken=/,
    );
    const next = await omar('GET', first.body.nextLink.slice('https://localhost:8443'.length));
    expect(next.body.value.map((d: { name: string }) => d.name)).toEqual([SUB]);
    expect(next.body.nextLink).toBeUndefined();
  });

  test('take a subscription in, and what is held on them then counts in it', async () => {
    await makeGroup('shops');
    await omar('PUT', roleAssignment(fresh(), `${GROUPS}/shops`), assign());
    expect(can('mina', 'Microsoft.Compute/virtualMachines/read', RG)).toBe(false);
    const moved = await omar('PUT', `${GROUPS}/shops/subscriptions/${SUB}?${A}`);
    expect(moved).toMatchObject({
      status: 200,
      body: { name: SUB, properties: { parent: { id: `${GROUPS}/shops` } } },
    });
    expect(can('mina', 'Microsoft.Compute/virtualMachines/read', RG)).toBe(true);
    expect(
      (await omar('PUT', `${GROUPS}/shops/subscriptions/${SUB}?api-version=2018-03-01-preview`)).status,
    ).toBe(204);
    expect((await omar('GET', `${GROUPS}/shops/subscriptions?${A}`)).body.value).toHaveLength(1);
    expect((await omar('DELETE', `${GROUPS}/shops/subscriptions/${SUB}?${A}`)).status).toBe(200);
    expect(can('mina', 'Microsoft.Compute/virtualMachines/read', RG)).toBe(false);
    expect((await omar('GET', `${ROOT_GROUP_PATH}/subscriptions/${SUB}?${A}`)).status).toBe(200);
  });
});

describe('resources', () => {
  const body = {
    location: 'westeurope',
    tags: { owner: 'mina' },
    properties: { size: [1, { b: 2 }] },
    sku: { name: 'S' },
  };

  test('are scopes of any type and depth that keep their body and their spelling', async () => {
    const target = `${VM}/Extensions/Agent`;
    expect(await omar('PUT', `${target}?${A}`, { ...body, id: 'ignored' })).toMatchObject({ status: 201 });
    const { body: got, status } = await omar('GET', `${target.toLowerCase()}?${A}`);
    expect(status).toBe(200);
    expect(got).toEqual({
      ...body,
      id: target,
      name: 'Agent',
      type: 'Microsoft.Compute/virtualMachines/Extensions',
    });
    const given = await omar(
      'PUT',
      roleAssignment(
        fresh(),
        target.toUpperCase().replace(/^.*?\/RESOURCEGROUPS/, `${SUB_PATH}/resourceGroups`),
      ),
      assign(),
    );
    expect(given.body.properties.scope).toBe(target);
    expect((await omar('PUT', `${target}?${A}`, {})).status).toBe(200);
  });

  test('need no name to hold something, and none is there then', async () => {
    expect((await omar('PUT', roleAssignment(fresh(), VM), assign())).status).toBe(201);
    expect((await omar('GET', `${VM}?${A}`)).status).toBe(404);
    expect((await omar('DELETE', `${VM}?${A}`)).status).toBe(204);
  });

  test('can lie in a subscription without a group', async () => {
    const target = `${SUB_PATH}/providers/Microsoft.Security/pricings/vm`;
    expect((await omar('PUT', `${target}?${A}`, {})).status).toBe(201);
    expect((await omar('GET', `${target}?${A}`)).body.type).toBe('Microsoft.Security/pricings');
    expect((await omar('DELETE', `${target}?${A}`)).status).toBe(200);
  });

  test('are written and deleted by whoever has their action, and nobody else', async () => {
    const writer = { principalId: IDS.anika, roleDefinitionId: roleId('contributor') };
    await omar('PUT', roleAssignment(fresh(), VM), assign(writer));
    expect((await t.call('anika', 'PUT', `${VM}?${A}`, {})).status).toBe(201);
    expect((await t.call('mina', 'PUT', `${VM}?${A}`, {})).status).toBe(403);
    expect((await t.call('mina', 'DELETE', `${VM}?${A}`)).status).toBe(403);
    expect((await t.call('anika', 'DELETE', `${VM}?${A}`)).status).toBe(200);
  });
});

describe('a scope that is deleted', () => {
  test('INV-T6: takes along everything in it: scopes, schedules, activations, waiting requests, policies', async () => {
    t = await prepared();
    await omar('PUT', `${VM}?${A}`, {});
    expect((await activate(t, {}, VM)).status).toBe(201);
    expect((await omar('DELETE', `${RG}?${A}`)).status).toBe(200);
    expect((await omar('DELETE', `${SUB_PATH}/resourceGroups/rg-other?${A}`)).status).toBe(200);
    const { world } = await t.store.everything();
    const inside = [...world.schedule.values()].filter((s) => s.scope.includes('/resourcegroups/'));
    expect(inside.filter((s) => live(s, t.now()))).toEqual([]);
    expect(new Set(inside.map((s) => s.endReason))).toEqual(
      new Set(['scopeDeleted', 'eligibilityEnded', 'expired']),
    );
    expect(world.request.get(THERE.pending)?.state).toBe('failed');
    expect([...world.request.values()].filter((r) => !closed(r.state))).toEqual([]);
    expect([...world.policy.values()].map((p) => p.rules)).toEqual([
      t.engine.facts.planes.azure.defaultRules,
    ]);
    expect([...t.engine.access.scopes()].filter((s) => s.key.includes('/resourcegroups/'))).toEqual([]);
    const lines = await t.store.linesAfter(0, 1_000);
    expect(lines.filter(({ event }) => event.type === 'scopeDeleted')).toHaveLength(3);
  });

  test('is 404 for everybody and everything, until its name is used again', async () => {
    await eligible(t);
    await omar('PUT', `${VM}?${A}`, {});
    await omar('DELETE', `${VM}?${A}`);
    for (const target of [
      `${VM}?${A}`,
      `${VM}/disks/d?${A}`,
      `${VM}${PROVIDER}/roleAssignments?api-version=2022-04-01`,
    ])
      expect((await omar('GET', target)).status, target).toBe(404);
    expect((await activate(t, {}, VM)).status).toBe(404);
    await omar('DELETE', `${RG}?${A}`);
    expect((await t.call('omar', 'HEAD', `${RG}?${A}`)).status).toBe(404);
    expect((await omar('PUT', roleAssignment(fresh(), `${RG}/providers/x/y/z`), assign())).status).toBe(404);
    const again = RG.replace('rg-Payments', 'RG-payments');
    expect((await omar('PUT', `${again}?${A}`, { location: 'eastus' })).status).toBe(201);
    expect((await omar('GET', `${RG}?${A}`)).body).toMatchObject({ id: again, location: 'eastus' });
    expect((await t.call('omar', 'HEAD', `${RG}?${A}`)).status).toBe(204);
    expect(can('ravi', 'Microsoft.Compute/virtualMachines/write', RG)).toBe(false);
  });
});

describe('the tags of a scope', () => {
  const at = (scope: string) => `${scope}/providers/Microsoft.Resources/tags/default?${A}`;
  const tags = (given: object, operation?: string) => ({
    ...(operation ? { operation } : {}),
    properties: { tags: given },
  });

  test.each([SUB_PATH, RG, VM])('are read and written at %s', async (scope) => {
    await omar('PUT', `${VM}?${A}`, {});
    expect((await omar('PUT', at(scope), tags({ Env: 'prod' }))).body).toMatchObject({
      name: 'default',
      type: 'Microsoft.Resources/tags',
      properties: { tags: { Env: 'prod' } },
    });
    const read = async () => (await omar('GET', at(scope))).body.properties.tags;
    await omar('PATCH', at(scope), tags({ env: 'test', owner: 'x', team: 'y' }, 'merge'));
    expect(await read()).toEqual({ Env: 'test', owner: 'x', team: 'y' });
    await omar('PATCH', at(scope), tags({ ENV: 'other', OWNER: 'x', team: '' }, 'Delete'));
    expect(await read()).toEqual({ Env: 'test' });
    await omar('PATCH', at(scope), tags({ a: 'b' }, 'Replace'));
    expect(await read()).toEqual({ a: 'b' });
    expect((await omar('DELETE', at(scope))).status).toBe(200);
    expect(await read()).toEqual({});
  });
});

describe('what somebody may activate below a scope', () => {
  const list = async (scope: string, query: string) =>
    (await t.call('ravi', 'GET', `${scope}${PROVIDER}/eligibleChildResources?api-version=2020-10-01${query}`))
      .body.value;
  const FILTER = "&$filter=resourceType+eq+'subscription'+or+resourceType+eq+'resourcegroup'";

  test('is listed by type, directly or all the way down', async () => {
    await eligible(t);
    const group = { id: RG, name: 'rg-Payments', type: 'resourcegroup' };
    expect(await list(SUB_PATH, FILTER)).toEqual([group]);
    expect(await list('', FILTER)).toEqual([]);
    expect(await list('', `${FILTER}&$getAllChildren=true`)).toEqual([group]);
    await eligible(t, {}, fresh(), SUB_PATH);
    expect(
      (await list(GROUP_PATH, "&$filter=resourceType eq 'Subscription'")).map((r: { id: string }) => r.id),
    ).toEqual([SUB_PATH]);
    expect(await list(GROUP_PATH, '&$getAllChildren=true')).toHaveLength(3);
    expect(
      await t.call('mina', 'GET', `${SUB_PATH}${PROVIDER}/eligibleChildResources?api-version=2020-10-01`),
    ).toMatchObject({ body: { value: [] } });
  });
});

describe('resource providers', () => {
  test('are all registered, Microsoft.Authorization too, whose path is read another way', async () => {
    const one = async (method: string, rest: string) =>
      (await omar(method, `${SUB_PATH}/providers/${rest}?${A}`)).body;
    for (const name of ['Microsoft.Compute', 'Microsoft.Authorization']) {
      const registered = {
        namespace: name,
        registrationState: 'Registered',
        id: `${SUB_PATH}/providers/${name}`,
      };
      expect(await one('GET', name.toLowerCase())).toMatchObject(registered);
      expect(await one('POST', `${name}/register`)).toMatchObject(registered);
    }
    const { value } = await one('GET', '');
    expect(value.map((p: { namespace: string }) => p.namespace)).toContain('Microsoft.Management');
  });
});
