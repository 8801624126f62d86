import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planes } from '../../planes/index.ts';
import { allows, viewOf } from '../access.ts';
import type { Actor } from '../actor.ts';
import { SYSTEM } from '../actor.ts';
import type { Command } from '../command.ts';
import type { Event } from '../event.ts';
import { evolve } from '../evolve.ts';
import type { Facts } from '../facts.ts';
import { live } from '../schedule.ts';
import { namedScope, type ScopeKind } from '../scope.ts';
import {
  hours,
  instant,
  minutes,
  type PrincipalId,
  principalId,
  roleKey,
  type ScopeKey,
  scheduleId,
  scopeKey,
} from '../values.ts';
import { emptyWorld } from '../world.ts';
import { decide } from './index.ts';

const NOW = instant(1_000_000);
const MG = '/providers/microsoft.management/managementgroups/';
const group = (name: string) => scopeKey(MG + name);
const ROOT = scopeKey('/');
const SUB = scopeKey('/subscriptions/00000000-0000-4000-8000-000000000001');
const RG = scopeKey(`${SUB}/resourcegroups/rg`);
const VM = scopeKey(`${RG}/providers/x/vm/one`);
const PEOPLE = ['ada', 'bob', 'eve'].map(principalId);
const ROLES: Readonly<Record<string, readonly string[]>> = {
  owner: ['*'],
  reader: ['*/read'],
  granter: ['Microsoft.Authorization/roleAssignments/write'],
  mover: ['Microsoft.Management/managementGroups/*'],
  contributor: ['Microsoft.Resources/*', 'x/vm/*'],
};
const byName = (id: PrincipalId): Actor => ({ id, kind: 'person', mfa: true, contexts: [] });

const rules = {
  planes: planes({ activationFloor: minutes(5), groupCeiling: hours(24) }),
  role: (_: unknown, key: string) => ({
    key: roleKey(key),
    name: key,
    description: '',
    builtIn: true,
    assignableScopes: ['/'],
    permissions: [{ actions: ROLES[key] ?? [], notActions: [], dataActions: [], notDataActions: [] }],
  }),
  settings: { removalFloor: minutes(0) },
};

const PLACES: readonly (readonly [ScopeKey, ScopeKind, ScopeKey | null])[] = [
  [ROOT, 'tenant', null],
  [group('top'), 'managementGroup', ROOT],
  [group('a'), 'managementGroup', group('top')],
  [group('b'), 'managementGroup', group('top')],
  [group('c'), 'managementGroup', group('b')],
  [SUB, 'subscription', group('a')],
  [RG, 'resourceGroup', SUB],
  [VM, 'resource', RG],
];

type Held = readonly [PrincipalId, string, ScopeKey];

/** An estate, and who holds what in it. */
function estate(...held: readonly Held[]): Facts {
  const facts: Facts = { ...rules, world: emptyWorld() };
  for (const [key, kind, parent] of PLACES) must(facts, put(key, kind, parent));
  for (const id of PEOPLE)
    must(facts, {
      type: 'putPrincipal',
      actor: SYSTEM,
      principal: {
        id,
        kind: 'person',
        displayName: id,
        upn: null,
        mail: null,
        appId: null,
        enabled: true,
        roleAssignable: false,
        about: {},
      },
    });
  for (const [n, [principal, role, scope]] of held.entries()) must(facts, give(n, principal, role, scope));
  return facts;
}

const put = (key: ScopeKey, kind: ScopeKind, parent: ScopeKey | null, actor = SYSTEM): Command => ({
  type: 'putScope',
  plane: 'azure',
  actor,
  scope: { key, path: key, kind, displayName: key, parent, tags: {}, location: null },
});
const give = (n: number, principal: PrincipalId, role: string, scope: ScopeKey): Command => ({
  type: 'grant',
  actor: SYSTEM,
  schedule: scheduleId(`s${n}`),
  holding: { plane: 'azure', role: roleKey(role), scope, principal },
  principalKind: null,
  note: null,
  condition: null,
});
const move = (scope: ScopeKey, parent: ScopeKey, actor = SYSTEM): Command => ({
  type: 'changeScope',
  plane: 'azure',
  actor,
  scope,
  parent,
  displayName: null,
});
const remove = (scope: ScopeKey, actor = SYSTEM): Command => ({
  type: 'deleteScope',
  plane: 'azure',
  actor,
  scope,
});

/** Decides and lets it happen; the refusals' codes, or what happened. */
function came(facts: Facts, cmd: Command): readonly Event[] | string {
  const decision = decide(facts, cmd, NOW);
  if (!decision.ok) return decision.refusals.map((r) => r.code).join();
  for (const e of decision.events) evolve(facts.world, e);
  return decision.events;
}
function must(facts: Facts, cmd: Command): void {
  const was = came(facts, cmd);
  if (typeof was === 'string') throw new Error(`${cmd.type}: ${was}`);
}
const [ADA, BOB] = PEOPLE as [PrincipalId, PrincipalId];

describe('what cannot be, whoever asks', () => {
  const cases: readonly (readonly [string, Command, string])[] = [
    ['a group under itself', move(group('b'), group('b')), 'scopeInItself'],
    ['a group under one that lies in it', move(group('b'), group('c')), 'scopeInItself'],
    ['the top moved', move(group('top'), group('a')), 'scopeFixed'],
    ['the tenant moved', move(ROOT, group('a')), 'scopeFixed'],
    ['a resource group moved', move(RG, group('a')), 'scopeFixed'],
    ['a subscription under a subscription', move(SUB, SUB), 'scopeNotFound'],
    ['a group under the tenant itself', move(group('a'), ROOT), 'scopeNotFound'],
    ['a scope that is not there moved', move(group('x'), group('a')), 'scopeNotFound'],
    ['a scope under one that is not there', put(group('x'), 'managementGroup', group('y')), 'scopeNotFound'],
    ['a group made in a subscription', put(group('x'), 'managementGroup', SUB, byName(ADA)), 'scopeNotFound'],
    ['a resource made in a management group', put(VM, 'resource', group('a'), byName(ADA)), 'scopeNotFound'],
    ['the top deleted', remove(group('top')), 'scopeFixed'],
    ['the tenant deleted', remove(ROOT), 'scopeFixed'],
    ['a subscription deleted', remove(SUB), 'scopeFixed'],
    ['a group with a group in it deleted', remove(group('b')), 'scopeNotEmpty'],
    ['a group with a subscription in it deleted', remove(group('a')), 'scopeNotEmpty'],
    ['a scope that is not there deleted', remove(group('x')), 'scopeNotFound'],
    [
      'the tags of the tenant',
      { type: 'tagScope', plane: 'azure', actor: SYSTEM, scope: ROOT, operation: 'replace', tags: {} },
      'scopeFixed',
    ],
  ];
  test.each(cases)('%s', (_, cmd, code) => {
    expect(came(estate(), cmd)).toBe(code);
  });

  test('a seventh level of management groups, made or moved there', () => {
    const facts = estate();
    let above = group('top');
    for (let level = 1; level <= 6; level++) {
      must(facts, put(group(`l${level}`), 'managementGroup', above));
      above = group(`l${level}`);
    }
    expect(came(facts, put(group('l7'), 'managementGroup', above))).toBe('scopeTooDeep');
    expect(came(facts, move(group('a'), above))).toBe('scopeTooDeep');
    expect(came(facts, move(group('b'), group('l5')))).toBe('scopeTooDeep');
    expect(came(facts, move(group('b'), group('l4')))).not.toBe('scopeTooDeep');
    must(facts, move(SUB, above));
  });
});

describe('who may move a scope', () => {
  const all = [
    [ADA, 'granter', SUB],
    [ADA, 'mover', group('a')],
    [ADA, 'mover', group('b')],
  ] as const;
  const verdict = (held: readonly Held[]) => {
    const was = came(estate(...held), move(SUB, group('b'), byName(ADA)));
    return typeof was === 'string' ? was : 'moved';
  };
  test('a subscription: who may give roles at it, and may move at its old and at its new parent', () => {
    expect(verdict([...all])).toBe('moved');
    for (const missing of all) expect(verdict(all.filter((h) => h !== missing))).toBe('notAuthorized');
    expect(
      verdict([
        [ADA, 'owner', SUB],
        [ADA, 'reader', group('top')],
      ]),
    ).toBe('notAuthorized');
  });
  test('nobody by writing over it', () => {
    const facts = estate([ADA, 'owner', ROOT]);
    expect(came(facts, put(group('c'), 'managementGroup', group('a'), byName(ADA)))).toBe(
      'updateNotPermitted',
    );
  });
});

const ACTIONS = ['x/vm/read', 'x/vm/write', 'Microsoft.Authorization/roleAssignments/write'];
const mayDo = (facts: Facts, principal: PrincipalId, action: string, scope: ScopeKey): boolean =>
  allows(viewOf(facts), { principal, plane: 'azure', action, scope }, NOW);
const allowed = (facts: Facts): ReadonlySet<string> =>
  new Set(
    PEOPLE.flatMap((p) =>
      PLACES.flatMap(([scope]) =>
        ACTIONS.filter((action) => mayDo(facts, p, action, scope)).map((action) => `${p} ${action} ${scope}`),
      ),
    ),
  );

test('INV-Z2: nothing that is done to scopes gives anybody more at a scope than the one who did it could have given there', {
  timeout: 60_000,
}, () => {
  const key = fc.constantFrom(...PLACES.map(([k]) => k));
  const actor = fc.constantFrom(...PEOPLE).map(byName);
  const parent = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...['top', 'a', 'b', 'c'].map(group)) },
    key,
  );
  const movable = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(SUB, group('a'), group('b'), group('c')) },
    key,
  );
  const held = fc.tuple(fc.constantFrom(...PEOPLE), fc.constantFrom(...Object.keys(ROLES)), key);
  const order: fc.Arbitrary<Command> = fc.oneof(
    { weight: 4, arbitrary: fc.tuple(movable, parent, actor).map(([k, to, by]) => move(k, to, by)) },
    { weight: 2, arbitrary: fc.tuple(key, actor).map(([k, by]) => remove(k, by)) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...PLACES), key, actor)
        .map(([[k, kind], to, by]) => put(k, kind, to, by)),
    },
  );
  let moves = 0;
  fc.assert(
    fc.property(
      fc.uniqueArray(held, { maxLength: 9, selector: String }),
      fc.array(order, { maxLength: 12 }),
      (h, orders) => {
        const facts = estate(...h);
        for (const cmd of orders) {
          const before = allowed(facts);
          const givable = (scope: string) =>
            mayDo(facts, cmd.actor.id, 'Microsoft.Authorization/roleAssignments/write', scopeKey(scope));
          const isNew = (scope: string) => !namedScope(facts.world.scope, scopeKey(scope));
          // What is inherited by a scope that was not there is held above it.
          const could = new Set(PLACES.map(([k]) => k as string).filter((k) => givable(k) || isNew(k)));
          const was = came(facts, cmd);
          if (typeof was !== 'string' && cmd.type === 'changeScope') moves++;
          for (const now of allowed(facts))
            if (!before.has(now)) expect(could, now).toContain(now.split(' ')[2]);
        }
      },
    ),
    { numRuns: 600 },
  );
  expect(moves).toBeGreaterThan(20);
});

test('INV-T6: after a deletion nothing is live in what was deleted, nothing more can be given there, and the name begins anew', () => {
  const facts = estate([BOB, 'reader', VM], [BOB, 'contributor', RG], [ADA, 'owner', SUB]);
  must(facts, remove(RG, byName(ADA)));
  const inside = [...facts.world.schedule.values()].filter((s) => s.scope === VM || s.scope === RG);
  expect(inside.map((s) => [s.endReason, live(s, NOW)])).toEqual([
    ['scopeDeleted', false],
    ['scopeDeleted', false],
  ]);
  expect(came(facts, give(9, BOB, 'reader', scopeKey(`${RG}/providers/x/vm/two`)))).toBe('scopeNotFound');
  expect(came(facts, put(VM, 'resource', RG))).toBe('scopeNotFound');
  must(facts, put(RG, 'resourceGroup', SUB, byName(ADA)));
  expect(came(facts, give(9, BOB, 'reader', VM))).toBe('scopeNotFound');
  must(facts, put(VM, 'resource', RG));
  expect(mayDo(facts, BOB, 'x/vm/read', VM)).toBe(false);
  must(facts, give(9, BOB, 'reader', VM));
  expect(mayDo(facts, BOB, 'x/vm/read', VM)).toBe(true);
});
