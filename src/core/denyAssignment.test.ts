import { describe, expect, test } from 'vitest';
import { planes } from '../planes/index.ts';
import { check, viewOf } from './access.ts';
import type { DenyAssignment } from './denyAssignment.ts';
import type { Principal } from './principal.ts';
import type { Schedule } from './schedule.ts';
import {
  hours,
  type Instant,
  instant,
  minutes,
  principalId,
  roleKey,
  type ScopeKey,
  scopeKey,
} from './values.ts';
import { emptyWorld, type World } from './world.ts';

const T0 = instant(1_000_000);
const HOUR = instant(T0 + hours(1));
const [ROOT, SUB, RG] = [
  scopeKey('/'),
  scopeKey('/subscriptions/s'),
  scopeKey('/subscriptions/s/resourcegroups/g'),
];
const [RAVI, CREW, TRUSTED] = [principalId('ravi'), principalId('crew'), principalId('trusted')];

const schedule = (id: string, with_: Partial<Schedule>): Schedule =>
  ({
    id,
    plane: 'azure',
    role: roleKey('all'),
    scope: ROOT,
    principal: RAVI,
    kind: 'assignment',
    start: T0,
    end: null,
    endedAt: null,
    announced: 'begin',
    condition: null,
    ...with_,
  }) as Schedule;
const member = (group: typeof CREW, end: Instant | null) =>
  schedule(`in ${group}`, { plane: 'groups', role: roleKey('member'), scope: scopeKey(group), end });
const everything = { actions: ['*'], notActions: [], dataActions: [], notDataActions: [] };
const denial = (with_: Partial<DenyAssignment>): DenyAssignment =>
  ({
    id: 'd',
    plane: 'azure',
    scope: SUB,
    permissions: [everything],
    principals: 'everyone',
    excluded: [],
    scopeOnly: false,
    removedAt: null,
    ...with_,
  }) as DenyAssignment;

function worldOf(denials: readonly DenyAssignment[], crewUntil: Instant | null): World {
  const world = emptyWorld();
  for (const id of [RAVI, CREW, TRUSTED])
    world.principal.set(id, { id, kind: id === RAVI ? 'person' : 'group', enabled: true } as Principal);
  for (const s of [schedule('owner', {}), member(CREW, crewUntil)]) world.schedule.set(s.id, s);
  for (const [i, d] of denials.entries()) world.denyAssignment.set(`${i}`, d);
  return world;
}

const allowed = (
  denials: readonly DenyAssignment[],
  { action = 'x/write', scope = RG as ScopeKey, data = false, crewUntil = null as Instant | null } = {},
) => {
  const view = viewOf({
    world: worldOf(denials, crewUntil),
    planes: planes({ activationFloor: minutes(5), groupCeiling: hours(24) }),
    role: (_plane, key) => ({
      key,
      name: '',
      description: '',
      builtIn: true,
      permissions: [{ ...everything, dataActions: ['*'] }],
      assignableScopes: ['/'],
    }),
  });
  const { allowed, until } = check(view, { principal: RAVI, plane: 'azure', action, scope, data }, T0);
  return allowed ? until : 'no';
};

describe('deny assignments', () => {
  const NEVER = null;
  const cases: [
    says: string,
    denials: readonly DenyAssignment[],
    more: Parameters<typeof allowed>[1],
    ends: unknown,
  ][] = [
    ['without one the owner may', [], {}, NEVER],
    ['one above denies', [denial({})], {}, 'no'],
    ['one at the scope denies', [denial({ scope: RG })], {}, 'no'],
    ['one below says nothing about what is above', [denial({ scope: RG })], { scope: SUB }, NEVER],
    ['one for its own scope alone leaves what is below', [denial({ scopeOnly: true })], {}, NEVER],
    ['but not the scope itself', [denial({ scopeOnly: true })], { scope: SUB }, 'no'],
    [
      'another action passes',
      [denial({ permissions: [{ ...everything, actions: ['*/delete'] }] })],
      {},
      NEVER,
    ],
    [
      'what it leaves out passes',
      [denial({ permissions: [{ ...everything, notActions: ['*/write'] }] })],
      {},
      NEVER,
    ],
    ['actions on data are others', [denial({})], { data: true }, NEVER],
    [
      'and can be denied',
      [denial({ permissions: [{ ...everything, dataActions: ['x/*'] }] })],
      { data: true },
      'no',
    ],
    ['somebody else’s', [denial({ principals: [TRUSTED] })], {}, NEVER],
    ['a group’s', [denial({ principals: [CREW] })], {}, 'no'],
    ['a group’s, after the membership', [denial({ principals: [CREW] })], { crewUntil: T0 }, NEVER],
    ['excluded by name', [denial({ excluded: [RAVI] })], {}, NEVER],
    ['excluded as a member', [denial({ excluded: [CREW] })], {}, NEVER],
    ['excluded for as long as a member', [denial({ excluded: [CREW] })], { crewUntil: HOUR }, HOUR],
    ['the longest exclusion counts', [denial({ excluded: [CREW, RAVI] })], { crewUntil: HOUR }, NEVER],
    ['one exclusion is not another’s', [denial({ excluded: [RAVI] }), denial({})], {}, 'no'],
    ['removed', [denial({ removedAt: T0 })], {}, NEVER],
    ['of another plane', [denial({ plane: 'entra' })], {}, NEVER],
  ];
  test.each(cases)('INV-Z1 INV-Z5: %s', (_, denials, more, ends) => {
    expect(allowed(denials, more)).toBe(ends);
  });
});
