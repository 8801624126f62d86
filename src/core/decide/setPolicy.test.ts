import { describe, expect, test } from 'vitest';
import { apply, codes, told } from '../../../test/sim/apply.ts';
import {
  ANIKA,
  consent,
  EVERY_PLANE,
  estate,
  factsOf,
  GROUP_SCOPE,
  MINA,
  named,
  OMAR,
  person,
  stage,
  T0,
  TARGETS,
} from '../../../test/sim/estate.ts';
import type { SetPolicy } from '../command.ts';
import type { Rule } from '../policy.ts';
import type { Target } from '../target.ts';
import { days, duration, hours, minutes, roleKey, written } from '../values.ts';
import { policyFor } from './asking.ts';

const set = (target: Target, ...rules: Rule[]): SetPolicy => ({
  type: 'setPolicy',
  actor: person(OMAR),
  target,
  rules,
});
const user = { caller: 'endUser', level: 'assignment' } as const;
const limit = (ms: number, required = true): Rule => ({
  ...user,
  kind: 'expiration',
  required,
  maximum: written(duration(ms)),
  exceptions: [],
});
const admin = (ms: number, required: boolean): Rule => ({
  caller: 'admin',
  level: 'eligibility',
  kind: 'expiration',
  required,
  maximum: written(duration(ms)),
  exceptions: [],
});
const mfa: Rule = { ...user, kind: 'enablement', enabled: ['mfa'] };
const context = (claim: string | null, enabled = true): Rule => ({
  ...user,
  kind: 'authenticationContext',
  enabled,
  claim,
});

describe.each(EVERY_PLANE)('the policy of $plane', ({ target }) => {
  const cases: [name: string, rules: Rule[], refused: string[]][] = [
    ['half an hour', [limit(minutes(30))], []],
    ['a millisecond less', [limit(minutes(30) - 1)], ['policyInvalid']],
    ['an hour and a quarter', [limit(minutes(75))], ['policyInvalid']],
    ['a whole day', [limit(days(1))], []],
    ['half an hour more', [limit(days(1) + minutes(30))], ['policyInvalid']],
    ['activation without end', [limit(hours(1), false)], ['policyInvalid']],
    ['permanent eligibility', [admin(0, false)], []],
    ['a required end after no time', [admin(0, true)], ['policyInvalid']],
    ['contexts c1 and c99', [context('c1')], []],
    ['context c99', [context('c99')], []],
    ['context c0', [context('c0')], ['policyInvalid']],
    ['context c100', [context('c100')], ['policyInvalid']],
    ['no context, switched on', [context(null)], ['policyInvalid']],
    ['no context, switched off', [context(null, false)], []],
    [
      'a factor and a context',
      [{ ...user, kind: 'enablement', enabled: ['mfa'] }, context('c1')],
      ['mfaAndContext'],
    ],
    ['approval by somebody', [consent(named(ANIKA))], []],
    ['approval by nobody', [consent(stage({ primary: [] }))], ['policyInvalid']],
    ['approval in no stage', [consent()], ['policyInvalid']],
    ['approval in no time', [consent(stage({ timeout: duration(0) }))], ['policyInvalid']],
    ['approval in parallel', [{ ...consent(named(ANIKA)), mode: 'parallel' }], ['policyInvalid']],
    ['escalation', [consent(stage({ escalationEnabled: true }))], ['policyInvalid']],
    ['a rule it does not have', [{ ...limit(hours(1)), level: 'eligibility' } as Rule], ['policyInvalid']],
    ['two faults, both told', [limit(1), context('c0')], ['policyInvalid', 'policyInvalid']],
  ];
  test.each(cases)('%s: refused %j', (_name, rules, refused) => {
    const facts = factsOf(estate());
    apply(facts, set(target, { ...user, kind: 'enablement', enabled: [] }), T0);
    expect(codes(apply(facts, set(target, ...rules), T0))).toEqual(refused);
  });

  test('changes the rules that are given, keeps the others, and counts its versions', () => {
    const facts = factsOf(estate());
    const before = policyFor(facts, target);
    expect(before.version).toBe(0);
    expect(told(apply(facts, set(target, limit(hours(1))), T0))).toEqual(['policyChanged']);
    const now = policyFor(facts, target);
    expect(now).toMatchObject({ version: 1, changedBy: OMAR, changedAt: T0 });
    expect(now.rules.filter((r, i) => JSON.stringify(r) !== JSON.stringify(before.rules[i]))).toEqual([
      limit(hours(1)),
    ]);
    expect(apply(facts, set(target, limit(hours(1))), T0)).toEqual({ ok: true, events: [] });
  });

  test('is refused to who may not, together with what is wrong in it', () => {
    const cmd = { ...set(target, limit(1)), actor: person(MINA) };
    expect(codes(apply(factsOf(estate()), cmd, T0))).toEqual(['notAuthorized', 'policyInvalid']);
    expect(codes(apply(factsOf(estate()), set({ ...target, role: roleKey('none') }, mfa), T0))).toEqual([
      'roleNotFound',
    ]);
  });
});

test('a directory role has one policy for all its scopes; an Azure role one for each', () => {
  const facts = factsOf(estate());
  apply(facts, set(TARGETS.entra, limit(hours(1))), T0);
  expect(policyFor(facts, { ...TARGETS.entra, scope: GROUP_SCOPE }).version).toBe(1);
  apply(facts, set(TARGETS.azure, limit(hours(1))), T0);
  expect(policyFor(facts, { ...TARGETS.azure, scope: TARGETS.entra.scope }).version).toBe(0);
});
