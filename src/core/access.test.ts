import { describe, expect, test } from 'vitest';
import {
  ANIKA,
  APPROVERS,
  BOT,
  estate,
  factsOf,
  GROUP_SCOPE,
  MINA,
  memberOf,
  OMAR,
  ONCALL,
  RAVI,
  RESOURCE,
  SUBSCRIPTION,
  schedule,
  T0,
  VAULT,
} from '../../test/sim/estate.ts';
import { allows, check, groupsOf, roleAllows, viewOf } from './access.ts';
import type { Permission } from './role.ts';
import type { Schedule } from './schedule.ts';
import type { Plane } from './target.ts';
import {
  duration,
  hours,
  type Instant,
  instant,
  type PrincipalId,
  after as plus,
  roleKey,
  type ScopeKey,
  scopeKey,
} from './values.ts';

const at = (ms: number): Instant => plus(T0, duration(ms));
const READ = 'Microsoft.KeyVault/vaults/read';
const gives = (principal: PrincipalId, role: string, scope: ScopeKey, given: Partial<Schedule> = {}) =>
  schedule({ plane: 'azure', principal, role: roleKey(role), scope, ...given });
const asks = (
  action: string,
  scope: ScopeKey,
  { data = false, plane = 'azure' as Plane, principal = MINA } = {},
) => ({
  principal,
  plane,
  action,
  scope,
  data,
});
const answer = (schedules: readonly Schedule[], q: ReturnType<typeof asks>, t: Instant = T0) => {
  const view = viewOf(factsOf(estate(...schedules)));
  const told = check(view, q, t);
  expect(allows(view, q, t)).toBe(told.allowed);
  return told;
};

describe('an access check', () => {
  const cases: [name: string, held: Schedule[], q: ReturnType<typeof asks>, allowed: boolean][] = [
    ['denies who holds nothing', [], asks(READ, GROUP_SCOPE), false],
    ['allows at the scope', [gives(MINA, 'reader', GROUP_SCOPE)], asks(READ, GROUP_SCOPE), true],
    ['allows below the scope', [gives(MINA, 'reader', SUBSCRIPTION)], asks(READ, RESOURCE), true],
    ['denies above the scope', [gives(MINA, 'reader', RESOURCE)], asks(READ, GROUP_SCOPE), false],
    [
      'denies at a scope whose name only begins the same',
      [gives(MINA, 'reader', GROUP_SCOPE)],
      asks(READ, scopeKey(`${GROUP_SCOPE}2`)),
      false,
    ],
    ['allows all below the root', [gives(MINA, 'reader', scopeKey('/'))], asks(READ, RESOURCE), true],
    [
      'denies what the role does not name',
      [gives(MINA, 'reader', GROUP_SCOPE)],
      asks('Microsoft.KeyVault/vaults/write', GROUP_SCOPE),
      false,
    ],
    [
      'denies what the role takes away',
      [gives(MINA, 'contributor', GROUP_SCOPE)],
      asks('Microsoft.Authorization/roleAssignments/write', GROUP_SCOPE),
      false,
    ],
    [
      'allows what another role gives although one takes it away',
      [gives(MINA, 'contributor', GROUP_SCOPE), gives(MINA, 'owner', GROUP_SCOPE)],
      asks('Microsoft.Authorization/roleAssignments/write', GROUP_SCOPE),
      true,
    ],
    [
      'denies on data what is allowed on the resource',
      [gives(MINA, 'owner', GROUP_SCOPE)],
      asks(READ, GROUP_SCOPE, { data: true }),
      false,
    ],
    [
      'allows data to data roles',
      [gives(MINA, 'blobs', GROUP_SCOPE)],
      asks('Microsoft.Storage/blobs/read', GROUP_SCOPE, { data: true }),
      true,
    ],
    [
      'denies data that is taken away again',
      [gives(MINA, 'blobs', GROUP_SCOPE)],
      asks('Microsoft.Storage/blobs/delete', GROUP_SCOPE, { data: true }),
      false,
    ],
    [
      'denies a role of another plane',
      [gives(MINA, 'owner', scopeKey('/'))],
      asks('microsoft.directory/users/password/update', scopeKey('/'), { plane: 'entra' }),
      false,
    ],
    ['denies for a role nobody knows', [gives(MINA, 'gone', GROUP_SCOPE)], asks(READ, GROUP_SCOPE), false],
    [
      'denies under a condition it cannot evaluate',
      [gives(MINA, 'owner', GROUP_SCOPE, { condition: { text: 'x', version: '2.0' } })],
      asks(READ, GROUP_SCOPE),
      false,
    ],
    [
      'INV-L6: denies who is only eligible',
      [gives(MINA, 'owner', GROUP_SCOPE, { kind: 'eligibility' })],
      asks(READ, GROUP_SCOPE),
      false,
    ],
    [
      'allows through a group',
      [gives(ONCALL, 'reader', GROUP_SCOPE), memberOf(ONCALL, MINA)],
      asks(READ, GROUP_SCOPE),
      true,
    ],
    [
      'allows through groups in groups',
      [gives(VAULT, 'reader', GROUP_SCOPE), memberOf(VAULT, ONCALL), memberOf(ONCALL, MINA)],
      asks(READ, GROUP_SCOPE),
      true,
    ],
    [
      'ends although groups contain each other',
      [memberOf(VAULT, ONCALL), memberOf(ONCALL, VAULT), memberOf(ONCALL, MINA)],
      asks(READ, GROUP_SCOPE),
      false,
    ],
    [
      'denies through a membership one is only eligible for',
      [gives(ONCALL, 'reader', GROUP_SCOPE), memberOf(ONCALL, MINA, { kind: 'eligibility' })],
      asks(READ, GROUP_SCOPE),
      false,
    ],
    [
      'denies through ownership of the group',
      [gives(ONCALL, 'reader', GROUP_SCOPE), memberOf(ONCALL, MINA, { role: roleKey('owner') })],
      asks(READ, GROUP_SCOPE),
      false,
    ],
    [
      'denies through a group nobody knows',
      [gives(who(99), 'reader', GROUP_SCOPE), memberOf(who(99), MINA)],
      asks(READ, GROUP_SCOPE),
      false,
    ],
    [
      'allows a workload identity',
      [gives(BOT, 'reader', GROUP_SCOPE)],
      asks(READ, GROUP_SCOPE, { principal: BOT }),
      true,
    ],
    [
      'denies a principal nobody knows',
      [gives(who(98), 'owner', scopeKey('/'))],
      asks(READ, GROUP_SCOPE, { principal: who(98) }),
      false,
    ],
  ];
  test.each(cases)('%s', (_name, held, q, allowed) => {
    expect(answer(held, q).allowed).toBe(allowed);
  });

  test.each([MINA, ONCALL])('INV-L8: denies all that %s gave once it is disabled', (disabled) => {
    const world = estate(gives(ONCALL, 'reader', GROUP_SCOPE), memberOf(ONCALL, MINA));
    const q = asks(READ, GROUP_SCOPE);
    expect(check(viewOf(factsOf(world)), q, T0).allowed).toBe(true);
    world.principal.set(disabled, { ...world.principal.get(disabled)!, enabled: false });
    expect(check(viewOf(factsOf(world)), q, T0).allowed).toBe(false);
  });
});

function who(n: number): PrincipalId {
  return `00000000-0000-4000-8000-0000000000${n}` as PrincipalId;
}

describe('how long access lasts', () => {
  const [one, two, three] = [at(hours(1)), at(hours(2)), at(hours(3))];
  const reader = (holder: PrincipalId, end: Instant | null, start: Instant = T0) =>
    gives(holder, 'reader', GROUP_SCOPE, { start, end });
  const cases: [name: string, held: Schedule[], until: Instant | null, grounds: number][] = [
    ['for good', [reader(MINA, null)], null, 1],
    ['to the end of its one ground', [reader(MINA, one)], one, 1],
    [
      'to the later of two ends',
      [reader(MINA, one), gives(MINA, 'owner', SUBSCRIPTION, { end: two })],
      two,
      2,
    ],
    ['for good if one ground does', [reader(MINA, one), gives(MINA, 'owner', SUBSCRIPTION)], null, 2],
    ['to the end of the membership', [reader(ONCALL, null), memberOf(ONCALL, MINA, { end: one })], one, 1],
    [
      'to the end of the role of the group',
      [reader(ONCALL, one), memberOf(ONCALL, MINA, { end: two })],
      one,
      1,
    ],
    [
      'to the end of the longer way into a group',
      [
        reader(VAULT, three),
        memberOf(VAULT, MINA, { end: one }),
        memberOf(VAULT, ONCALL),
        memberOf(ONCALL, MINA, { end: two }),
      ],
      two,
      1,
    ],
    [
      'to the shortest link of a way',
      [reader(VAULT, three), memberOf(VAULT, ONCALL, { end: one }), memberOf(ONCALL, MINA, { end: two })],
      one,
      1,
    ],
    [
      'not counting what has not begun',
      [reader(MINA, one), gives(MINA, 'owner', SUBSCRIPTION, { start: one, end: two })],
      one,
      1,
    ],
  ];
  test.each(cases)('INV-T1: %s, and no millisecond longer', (_name, held, until, grounds) => {
    const q = asks(READ, GROUP_SCOPE);
    expect(answer(held, q)).toMatchObject({ allowed: true, until });
    expect(answer(held, q).because).toHaveLength(grounds);
    if (until === null) return;
    const later = held.some((s) => s.start === until);
    expect(answer(held, q, instant(until - 1)).allowed).toBe(true);
    expect(answer(held, q, until).allowed).toBe(later);
  });

  test('INV-L7: the end of one ground leaves what the others give', () => {
    const held = [
      reader(MINA, one),
      gives(ONCALL, 'owner', SUBSCRIPTION),
      memberOf(ONCALL, MINA, { end: two }),
    ];
    const grounds = (t: Instant) =>
      answer(held, asks(READ, GROUP_SCOPE), t).because.map((g) => g.schedule.id);
    expect(grounds(T0)).toEqual([held[0]?.id, held[1]?.id]);
    expect(grounds(one)).toEqual([held[1]?.id]);
    expect(grounds(two)).toEqual([]);
  });
});

test('groups are those of this instant, without the person', () => {
  const world = estate(memberOf(VAULT, ONCALL, { end: at(10) }));
  const groups = (t: Instant) => [...groupsOf(viewOf(factsOf(world)), ANIKA, t)].sort();
  expect(groups(at(9))).toEqual([ONCALL, APPROVERS, VAULT].sort());
  expect(groups(at(10))).toEqual([ONCALL, APPROVERS].sort());
  expect([...groupsOf(viewOf(factsOf(world)), OMAR, T0)]).toEqual([]);
  expect(groupsOf(viewOf(factsOf(world)), RAVI, T0).has(RAVI)).toBe(false);
});

test('one permission takes away only from itself', () => {
  const p: Permission = { actions: ['A/*'], notActions: ['a/b'], dataActions: ['D/*'], notDataActions: [] };
  expect(roleAllows(p, 'a/c', false)).toBe(true);
  expect(roleAllows(p, 'A/B', false)).toBe(false);
  expect(roleAllows(p, 'd/x', false)).toBe(false);
  expect(roleAllows(p, 'd/x', true)).toBe(true);
  expect(roleAllows(p, 'a/c', true)).toBe(false);
});
