import { describe, expect, test } from 'vitest';
import { builtinRoles } from '../../engine/builtinRoles.ts';
import { planes } from '../../planes/index.ts';
import type { Actor } from '../actor.ts';
import { SYSTEM } from '../actor.ts';
import type { Command } from '../command.ts';
import { evolve } from '../evolve.ts';
import type { Facts } from '../facts.ts';
import type { Principal } from '../principal.ts';
import type { CustomRole, Permission, RoleDraft } from '../role.ts';
import type { Condition } from '../schedule.ts';
import type { Scope } from '../scope.ts';
import {
  after,
  duration,
  hours,
  instant,
  minutes,
  principalId,
  roleKey,
  scheduleId,
  scopeKey,
} from '../values.ts';
import { emptyWorld } from '../world.ts';
import { decide } from './index.ts';

const T0 = instant(1_000_000);
const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const RBAC = 'f58310d9-a9f6-439a-9e8d-f62e7b41a168';
const WRITER = '77770000-0000-4000-8000-000000000001';
const CREW = roleKey('77770000-0000-4000-8000-000000000002');
const [ROOT, MG, MG2, SUB, RG, OTHER] = [
  '/',
  '/providers/microsoft.management/managementgroups/a',
  '/providers/microsoft.management/managementgroups/b',
  '/subscriptions/s',
  '/subscriptions/s/resourcegroups/g',
  '/subscriptions/o',
];
const KINDS: readonly (readonly [string, Scope['kind'], string | null])[] = [
  [ROOT, 'tenant', null],
  [MG, 'managementGroup', ROOT],
  [MG2, 'managementGroup', ROOT],
  [SUB, 'subscription', MG],
  [OTHER, 'subscription', ROOT],
  [RG, 'resourceGroup', SUB],
];
const READS: Permission = { actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] };
const person = (name: string): Actor => ({ id: principalId(name), kind: 'person', mfa: true, contexts: [] });
let names = 0;

function tenant() {
  const world = emptyWorld();
  for (const [path, kind, parent] of KINDS)
    world.scope.set(path, {
      key: scopeKey(path),
      kind,
      parent: parent === null ? null : scopeKey(parent),
    } as Scope);
  for (const id of ['ravi', 'omar', 'mina'])
    world.principal.set(id, { id: principalId(id), kind: 'person', enabled: true } as Principal);
  const facts: Facts = {
    world,
    planes: planes({ activationFloor: minutes(5), groupCeiling: hours(24) }),
    role: (_plane, key) => builtinRoles().get(key),
    settings: { removalFloor: duration(0) },
  };
  let now = T0;
  const told = (command: Command) => {
    const decision = decide(facts, command, now);
    if (!decision.ok) return decision.refusals.map((r) => r.code);
    for (const e of decision.events) evolve(world, e);
    return decision.events.map((e) => e.type);
  };
  return {
    world,
    told,
    later: () => {
      now = after(now, hours(1));
    },
    grant: (
      who: string,
      role: string,
      scope: string,
      condition: Condition | null = null,
      by = SYSTEM,
      id?: string,
    ) =>
      told({
        type: 'grant',
        actor: by,
        schedule: scheduleId(id ?? `grant ${++names}`),
        holding: { plane: 'azure', role: roleKey(role), scope: scopeKey(scope), principal: principalId(who) },
        principalKind: null,
        note: null,
        condition,
      }),
    define: (by: Actor, with_: Partial<RoleDraft> = {}, at = SUB) =>
      told({ type: 'defineRole', actor: by, at: scopeKey(at), role: { ...draft, ...with_ } }),
    remove: (by: Actor, at = SUB) =>
      told({ type: 'removeRole', actor: by, at: scopeKey(at), plane: 'azure', role: CREW }),
    withdraw: (by: Actor, id: string) => told({ type: 'withdraw', actor: by, schedule: scheduleId(id) }),
  };
}
const draft: RoleDraft = {
  id: CREW,
  plane: 'azure',
  name: 'Crew',
  description: '',
  permissions: [READS],
  assignableScopes: [SUB],
};
const MAY_WRITE: RoleDraft = {
  ...draft,
  id: roleKey(WRITER),
  name: 'Role writer',
  permissions: [{ ...READS, actions: ['Microsoft.Authorization/roleDefinitions/*'] }],
};
const more = [{ ...READS, actions: ['*'] }];

describe('custom roles', () => {
  const cases: [says: string, who: string, where: string, draft: Partial<RoleDraft>, answer: string[]][] = [
    ['an owner makes one', OWNER, SUB, {}, ['roleDefined']],
    ['a reader does not', READER, SUB, {}, ['notAuthorized']],
    ['nor an owner of a part', OWNER, RG, {}, ['notAuthorized']],
    [
      'every assignable scope counts',
      OWNER,
      SUB,
      { assignableScopes: [SUB, OTHER] },
      ['linkedNotAuthorized'],
    ],
    ['a built-in one stays as it is', OWNER, ROOT, { id: roleKey(READER) }, ['roleBuiltIn']],
    ['nowhere', OWNER, ROOT, { assignableScopes: [] }, ['roleInvalid']],
    ['not everywhere', OWNER, ROOT, { assignableScopes: ['/'] }, ['roleInvalid']],
    ['one management group', OWNER, ROOT, { assignableScopes: [MG, SUB] }, ['roleDefined']],
    ['not two', OWNER, ROOT, { assignableScopes: [MG, MG2] }, ['roleInvalid']],
    [
      'no data actions there',
      OWNER,
      ROOT,
      { assignableScopes: [MG], permissions: [{ ...READS, dataActions: ['a/b'] }] },
      ['roleInvalid'],
    ],
    [
      'data actions elsewhere',
      OWNER,
      ROOT,
      { permissions: [{ ...READS, dataActions: ['a/b'] }] },
      ['roleDefined'],
    ],
  ];
  test.each(cases)('INV-Z2: %s', (_, role, scope, given, answer) => {
    const t = tenant();
    t.grant('omar', role, scope);
    expect(t.define(person('omar'), given)).toEqual(answer);
  });

  test('INV-Z2: whoever may write roles but not give them does not change what holders of one can do', () => {
    const t = tenant();
    expect(t.define(SYSTEM, MAY_WRITE)).toEqual(['roleDefined']);
    t.grant('mina', WRITER, SUB);
    const mina = person('mina');
    expect(t.define(mina)).toEqual(['roleDefined']);
    expect(t.define(mina, { description: 'of mine' })).toEqual(['roleDefined']);
    expect(t.define(mina, { description: 'of mine', permissions: more })).toEqual(['notAuthorized']);
    t.grant('omar', OWNER, SUB);
    expect(t.define(person('omar'), { permissions: more })).toEqual(['roleDefined']);
  });

  test('INV-Z2: one who may give only some roles does not change what these allow', () => {
    const t = tenant();
    t.define(SYSTEM);
    t.define(SYSTEM, MAY_WRITE);
    const text = `@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${CREW}}`;
    t.grant('mina', RBAC, SUB, { text, version: '2.0' });
    t.grant('mina', WRITER, SUB);
    expect(t.grant('ravi', CREW, SUB, null, person('mina'))).toEqual(['scheduleCreated', 'accessBegan']);
    expect(t.grant('ravi', OWNER, SUB, null, person('mina'))).toEqual(['notAuthorized']);
    expect(t.define(person('mina'), { permissions: more })).toEqual(['notAuthorized']);
  });

  test('a name is one role’s, whatever the case, until that is removed', () => {
    const t = tenant();
    t.define(SYSTEM);
    const second = { id: roleKey(WRITER), name: 'CREW' };
    expect(t.define(SYSTEM, second)).toEqual(['roleNameTaken']);
    expect(t.remove(SYSTEM)).toEqual(['roleRemoved']);
    expect(t.remove(SYSTEM)).toEqual(['roleNotFound']);
    expect(t.define(SYSTEM, second)).toEqual(['roleDefined']);
  });

  test('a role that is held stays, and stays where it is held', () => {
    const t = tenant();
    t.define(SYSTEM);
    t.grant('ravi', CREW, RG, null, SYSTEM, 'held');
    expect(t.remove(SYSTEM)).toEqual(['roleInUse']);
    expect(t.define(SYSTEM, { assignableScopes: [OTHER] })).toEqual(['roleHeldElsewhere']);
    expect(t.define(SYSTEM, { assignableScopes: [RG] })).toEqual(['roleDefined']);
    expect(t.grant('ravi', CREW, SUB)).toEqual(['roleNotAssignable']);
    t.withdraw(SYSTEM, 'held');
    expect(t.remove(SYSTEM)).toEqual(['roleRemoved']);
    expect(t.grant('ravi', CREW, RG)).toEqual(['roleNotFound']);
  });

  test('the same again changes nothing; a change is later than the making, even in the same instant', () => {
    const t = tenant();
    t.define(SYSTEM);
    expect(t.define(SYSTEM)).toEqual([]);
    t.define(SYSTEM, { name: 'Patch crew' });
    const changed = t.world.role.get(CREW) as CustomRole;
    expect([changed.createdAt, changed.updatedAt, changed.version]).toEqual([T0, T0 + 1, 2]);
    t.later();
    t.define(SYSTEM, { name: 'Crew' });
    expect(t.world.role.get(CREW)?.updatedAt).toBe(after(T0, hours(1)));
  });
});

describe('the last administrator', () => {
  const LAST = 'the last';
  const cases: [says: string, others: [who: string, role: string, scope: string][], answer: string[]][] = [
    ['stays', [], ['lastAdministrator']],
    ['goes when another is there', [['omar', OWNER, SUB]], ['accessEnded']],
    ['or above', [['omar', OWNER, MG]], ['accessEnded']],
    ['but not for one below', [['omar', OWNER, RG]], ['lastAdministrator']],
    ['nor for one elsewhere', [['omar', OWNER, OTHER]], ['lastAdministrator']],
    ['nor for a reader', [['omar', READER, SUB]], ['lastAdministrator']],
    ['nor for one who is disabled', [['gone', OWNER, SUB]], ['lastAdministrator']],
  ];
  test.each(cases)('INV-Z9: %s', (_, others, answer) => {
    const t = tenant();
    t.world.principal.set('gone', { id: principalId('gone'), kind: 'person', enabled: true } as Principal);
    t.grant('ravi', OWNER, SUB, null, SYSTEM, LAST);
    for (const [who, role, scope] of others) t.grant(who, role, scope);
    t.world.principal.set('gone', { id: principalId('gone'), kind: 'person', enabled: false } as Principal);
    expect(t.withdraw(person('ravi'), LAST)).toEqual(answer);
  });

  test('INV-Z9: a server’s own order is nobody’s act, and below a subscription nobody is the last', () => {
    const t = tenant();
    t.grant('ravi', OWNER, SUB, null, SYSTEM, 'root of all');
    t.grant('ravi', OWNER, RG, null, SYSTEM, 'below');
    expect(t.withdraw(person('ravi'), 'below')).toEqual(['accessEnded']);
    expect(t.withdraw(SYSTEM, 'root of all')).toEqual(['accessEnded']);
  });
});

test('the name of an assignment taken away is free again, for whatever is given next', () => {
  const t = tenant();
  const name = 'stable';
  t.grant('ravi', READER, SUB, null, SYSTEM, name);
  t.withdraw(SYSTEM, name);
  expect(t.grant('mina', READER, RG, null, person('omar'), name)).toEqual(['notAuthorized']);
  expect(t.grant('mina', READER, RG, null, SYSTEM, name)).toEqual(['scheduleCreated', 'accessBegan']);
  expect(t.world.schedule.get(name)).toMatchObject({ principal: 'mina', endedAt: null, version: 5 });
});
