import { describe, expect, test } from 'vitest';
import {
  ANIKA,
  EVERY_PLANE,
  estate,
  factsOf,
  GROUP_SCOPE,
  MINA,
  memberOf,
  OMAR,
  ONCALL,
  person,
  RAVI,
  RESOURCE,
  SUBSCRIPTION,
  schedule,
  T0,
  TARGETS,
  VAULT,
} from '../../test/sim/estate.ts';
import { SYSTEM } from './actor.ts';
import { confer } from './confer.ts';
import type { Schedule } from './schedule.ts';
import { duration, hours, after as plus, roleKey, scopeKey } from './values.ts';

const asked = (actor = person(MINA), target = TARGETS.azure, held: readonly Schedule[] = [], t = T0) =>
  confer(factsOf(estate(...held)), actor, target, 'schedules', t);
const owns = (given: Partial<Schedule>) =>
  schedule({ principal: MINA, plane: 'azure', role: roleKey('owner'), scope: GROUP_SCOPE, ...given });

describe.each(EVERY_PLANE)('who may give what is held on $plane', ({ plane, target }) => {
  test('nobody without an authority, and the refusal says which is missing', () => {
    expect(asked(person(MINA), target)).toEqual([
      { code: 'notAuthorized', plane, scope: target.scope, action: expect.stringMatching(/\w/) },
    ]);
  });
  test('an administrator', () => {
    expect(asked(person(OMAR), target)).toEqual([]);
  });
  test('the server itself', () => {
    expect(asked(SYSTEM, target)).toEqual([]);
  });
  test('not a disabled administrator', () => {
    const world = estate();
    world.principal.set(OMAR, { ...world.principal.get(OMAR)!, enabled: false });
    expect(confer(factsOf(world), person(OMAR), target, 'schedules', T0)).toHaveLength(1);
  });
  test('not somebody who holds the very same role', () => {
    const held = [schedule({ ...target, principal: RAVI })];
    expect(asked(person(RAVI), target, held)).toHaveLength(1);
  });
});

describe('who may give an Azure role', () => {
  const end = plus(T0, hours(1));
  const cases: [name: string, held: Schedule[], target: typeof TARGETS.azure, t: typeof T0, may: boolean][] =
    [
      ['an owner at the scope', [owns({})], TARGETS.azure, T0, true],
      ['an owner above it', [owns({ scope: SUBSCRIPTION })], TARGETS.azure, T0, true],
      ['not an owner below it', [owns({ scope: RESOURCE })], TARGETS.azure, T0, false],
      [
        'a member of an owning group',
        [owns({ principal: ONCALL }), memberOf(ONCALL, MINA)],
        TARGETS.azure,
        T0,
        true,
      ],
      ['not a contributor', [owns({ role: roleKey('contributor') })], TARGETS.azure, T0, false],
      ['not somebody eligible to own it', [owns({ kind: 'eligibility' })], TARGETS.azure, T0, false],
      [
        'an owner until a millisecond before the end',
        [owns({ end })],
        TARGETS.azure,
        plus(end, duration(-1)),
        true,
      ],
      ['not an owner at the end', [owns({ end })], TARGETS.azure, end, false],
    ];
  test.each(cases)('%s', (_name, held, target, t, may) => {
    expect(asked(person(MINA), target, held, t)).toHaveLength(may ? 0 : 1);
  });
});

describe('who may give membership of a group', () => {
  const owner = (given: Partial<Schedule>) => memberOf(VAULT, MINA, { role: roleKey('owner'), ...given });
  test.each<[string, Schedule[], boolean]>([
    ['its owner', [owner({})], true],
    ['a member of a group that owns it', [owner({ principal: ONCALL }), memberOf(ONCALL, MINA)], true],
    ['not the owner of another group', [owner({ scope: scopeKey(ONCALL) })], false],
    ['not somebody eligible to own it', [owner({ kind: 'eligibility' })], false],
    ['not an owner whose time is over', [owner({ end: T0 })], false],
    ['not the owner of everything in Azure', [owns({ scope: scopeKey('/') })], false],
  ])('%s', (_name, held, may) => {
    expect(asked(person(MINA), TARGETS.groups, held)).toHaveLength(may ? 0 : 1);
  });
});

test('schedules and policy of an Azure role are two different authorities', () => {
  const facts = factsOf(estate());
  const action = (what: 'schedules' | 'policy') => confer(facts, person(ANIKA), TARGETS.azure, what, T0);
  expect(action('schedules')).toMatchObject([{ action: 'Microsoft.Authorization/roleAssignments/write' }]);
  expect(action('policy')).toMatchObject([
    { action: 'Microsoft.Authorization/roleManagementPolicies/write' },
  ]);
});
