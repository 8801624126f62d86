import { describe, expect, test } from 'vitest';
import { ruleName } from '../core/policy.ts';
import { PLANES } from '../core/target.ts';
import { hours, minutes, roleKey, type ScopeKey, scopeKey } from '../core/values.ts';
import { pathParent } from './azure.ts';
import { planes } from './index.ts';

const here = planes({ activationFloor: minutes(5), groupCeiling: hours(8) });
const SUB = '/subscriptions/s';
const GROUP = `${SUB}/resourcegroups/g`;
const VAULT = `${GROUP}/providers/microsoft.keyvault/vaults/v`;
const up: Record<string, string> = { [SUB]: '/mg/payments', '/mg/payments': '/mg/all', '/mg/all': '/' };
const parentOf = (s: ScopeKey) => (up[s] === undefined ? null : scopeKey(up[s]));

describe.each(PLANES)('the plane %s', (name) => {
  const plane = here[name];
  test('is the plane it is filed under', () => {
    expect(plane.plane).toBe(name);
  });
  test('contains every scope in itself, first', () => {
    for (const scope of ['/', GROUP, VAULT])
      expect(plane.containers(scopeKey(scope), parentOf)[0]).toBe(scope);
  });
  test('has seventeen rules, each name once', () => {
    expect(new Set(plane.defaultRules.map(ruleName)).size).toBe(17);
    expect(plane.defaultRules).toHaveLength(17);
  });
  test('lets an untouched activation last eight hours', () => {
    const rule = plane.defaultRules.find((r) => r.kind === 'expiration' && r.caller === 'endUser');
    expect(rule).toMatchObject({ required: true, maximum: { text: 'PT8H', length: hours(8) } });
  });
  test('has a first stage in its approval, though none is asked', () => {
    const rule = plane.defaultRules.find((r) => r.kind === 'approval');
    expect(rule).toMatchObject({ required: false, stages: [{ primary: [] }] });
  });
  test('names somebody who administers, for schedules and for policy', () => {
    const target = { plane: name, role: roleKey('r'), scope: scopeKey(GROUP) };
    expect(plane.administeredBy(target, 'schedules').length).toBeGreaterThan(0);
    expect(plane.administeredBy(target, 'policy').length).toBeGreaterThan(0);
  });
});

test('the limits of an activation are those of the settings', () => {
  expect(PLANES.map((p) => here[p].activation)).toEqual([
    { floor: minutes(5), ceiling: hours(24) },
    { floor: minutes(5), ceiling: hours(24) },
    { floor: minutes(5), ceiling: hours(8) },
  ]);
});

describe('an Azure scope', () => {
  const above: [scope: string, all: string[]][] = [
    ['/', ['/']],
    [SUB, [SUB, '/mg/payments', '/mg/all', '/']],
    [GROUP, [GROUP, SUB, '/mg/payments', '/mg/all', '/']],
    [VAULT, [VAULT, GROUP, SUB, '/mg/payments', '/mg/all', '/']],
    [`${VAULT}/secrets/x`, [`${VAULT}/secrets/x`, VAULT, GROUP, SUB, '/mg/payments', '/mg/all', '/']],
    ['/subscriptions/unknown', ['/subscriptions/unknown', '/']],
  ];
  test.each(above)('%s lies in %j', (scope, all) => {
    expect(here.azure.containers(scopeKey(scope), parentOf)).toEqual(all);
  });
  test('ends even when the data goes round in a circle', () => {
    expect(here.azure.containers(scopeKey('/mg/a'), () => scopeKey('/mg/a'))).toEqual(['/mg/a', '/']);
  });

  const parents: [scope: string, parent: string | null][] = [
    [SUB, null],
    ['/', null],
    ['/providers/microsoft.management/managementgroups/x', null],
    [GROUP, SUB],
    [`${SUB}/providers/microsoft.x/y/z`, SUB],
    [VAULT, GROUP],
    [`${VAULT}/secrets/x`, VAULT],
    [`${VAULT}/providers/microsoft.authorization/locks/l`, VAULT],
  ];
  test.each(parents)('INV-Z3: by its segments, %s lies directly in %j', (scope, parent) => {
    expect(pathParent(scopeKey(scope))).toBe(parent);
  });
  test('a resource group is written by whoever may write it there or in the subscription; the tree of other planes by the server alone', () => {
    const group = { kind: 'resourceGroup', key: scopeKey(GROUP), parent: scopeKey(SUB) } as const;
    expect(here.azure.scopes.writtenBy(group)).toMatchObject([{ scope: GROUP }, { scope: SUB }]);
    for (const plane of [here.entra, here.groups]) expect(plane.scopes.writtenBy(group)).toEqual([]);
  });
});

test('membership comes from holding the member role of a group, and from nothing else', () => {
  const group = scopeKey('g');
  const of = (plane: (typeof PLANES)[number], role: string) =>
    here[plane].membershipOf({ plane, role: roleKey(role), scope: group });
  expect(of('groups', 'member')).toBe('g');
  expect([of('groups', 'owner'), of('azure', 'member'), of('entra', 'member')]).toEqual([null, null, null]);
});

test('a directory role has one policy for the tenant; the others one for each scope', () => {
  const scopes = PLANES.map(
    (plane) => here[plane].policyOf({ plane, role: roleKey('r'), scope: scopeKey(GROUP) }).scope,
  );
  expect(scopes).toEqual([GROUP, '/', GROUP]);
});
