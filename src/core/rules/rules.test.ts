import { describe, expect, test } from 'vitest';
import { ANIKA, consent, MINA, named, ONCALL, PLANES_HERE, RAVI, T0 } from '../../../test/sim/estate.ts';
import type { AuthenticationContextRule, EnablementRule, ExpirationRule, Rule } from '../policy.ts';
import { duration, hours, after as plus, written } from '../values.ts';
import { evaluate, type RuleAsk, stagesFor } from './index.ts';

const MAX = written(hours(2));
const about = { caller: 'endUser', level: 'assignment' } as const;
const ask = (given: Partial<RuleAsk> = {}): RuleAsk => ({
  ...about,
  proof: { mfa: true, contexts: [] },
  start: T0,
  end: plus(T0, hours(1)),
  justification: 'because',
  ticket: { number: 'INC-1', system: 'desk' },
  holders: new Set([RAVI, ONCALL]),
  ...given,
});
const codes = (rules: readonly Rule[], given: Partial<RuleAsk>) =>
  evaluate(rules, ask(given)).map((r) => r.code);

const limit = (given: Partial<ExpirationRule> = {}): ExpirationRule => ({
  ...about,
  kind: 'expiration',
  required: true,
  maximum: MAX,
  exceptions: [],
  ...given,
});
const except = (id: typeof RAVI) => ({
  exceptions: [{ id, of: 'person' as const, backup: false, description: null }],
});

describe('an expiration rule', () => {
  const cases: [name: string, rule: ExpirationRule, given: Partial<RuleAsk>, refused: string[]][] = [
    ['within the maximum', limit(), { end: plus(T0, duration(MAX.length - 1)) }, []],
    ['exactly the maximum', limit(), { end: plus(T0, MAX.length) }, []],
    ['one millisecond too long', limit(), { end: plus(T0, duration(MAX.length + 1)) }, ['endsTooLate']],
    [
      'counted from the start, not from now',
      limit(),
      { start: plus(T0, hours(9)), end: plus(T0, hours(11)) },
      [],
    ],
    ['without end', limit(), { end: null }, ['endRequired']],
    ['without end where none is required', limit({ required: false }), { end: null }, []],
    [
      'longer than the maximum where no end is required',
      limit({ required: false }),
      { end: plus(T0, hours(99)) },
      [],
    ],
    ['for somebody who is excepted', limit(except(RAVI)), { end: null }, []],
    ['for a member of an excepted group', limit(except(ONCALL)), { end: null }, []],
    ['for somebody else than the excepted', limit(except(MINA)), { end: null }, ['endRequired']],
  ];
  test.each(cases)('%s', (_name, rule, given, refused) => {
    expect(codes([rule], given)).toEqual(refused);
  });
  test('says what would be allowed', () => {
    expect(evaluate([limit()], ask({ end: plus(T0, hours(3)) }))).toEqual([
      { code: 'endsTooLate', maximum: MAX, latest: plus(T0, MAX.length) },
    ]);
  });
});

describe('an enablement rule', () => {
  const needs = (...enabled: EnablementRule['enabled']): EnablementRule => ({
    ...about,
    kind: 'enablement',
    enabled,
  });
  const withoutMfa = { mfa: false, contexts: [] };
  const cases: [name: string, rule: EnablementRule, given: Partial<RuleAsk>, refused: string[]][] = [
    ['asks nothing', needs(), { justification: null, proof: withoutMfa }, []],
    ['has all it asks', needs('mfa', 'justification', 'ticketing'), {}, []],
    ['misses the reason', needs('justification'), { justification: null }, ['justificationRequired']],
    [
      'takes blanks for no reason',
      needs('justification'),
      { justification: ' \t\n' },
      ['justificationRequired'],
    ],
    ['misses the factor', needs('mfa'), { proof: withoutMfa }, ['mfaRequired']],
    [
      'misses the ticket',
      needs('ticketing'),
      { ticket: { number: ' ', system: 'desk' } },
      ['ticketRequired'],
    ],
    [
      'names all that is missing',
      needs('mfa', 'justification', 'ticketing'),
      { justification: '', proof: withoutMfa, ticket: { number: null, system: null } },
      ['mfaRequired', 'justificationRequired', 'ticketRequired'],
    ],
  ];
  test.each(cases)('%s', (_name, rule, given, refused) => {
    expect(codes([rule], given)).toEqual(refused);
  });
});

describe('an authentication context rule', () => {
  const wants = (given: Partial<AuthenticationContextRule>): AuthenticationContextRule => ({
    ...about,
    kind: 'authenticationContext',
    enabled: true,
    claim: 'c1',
    ...given,
  });
  const signedInWith = (...contexts: string[]) => ({ proof: { mfa: true, contexts } });
  const cases: [name: string, rule: AuthenticationContextRule, given: Partial<RuleAsk>, refused: string[]][] =
    [
      ['the context is there', wants({}), signedInWith('c2', 'c1'), []],
      ['the context is missing', wants({}), signedInWith(), ['authenticationContextRequired']],
      ['another context is there', wants({}), signedInWith('c10', 'c2'), ['authenticationContextRequired']],
      ['the rule is off', wants({ enabled: false }), signedInWith(), []],
      ['the rule names none', wants({ claim: null }), signedInWith(), []],
    ];
  test.each(cases)('%s', (_name, rule, given, refused) => {
    expect(codes([rule], given)).toEqual(refused);
  });
});

describe('an approval rule', () => {
  const rule = consent(named(RAVI));
  test.each<[string, Rule, Partial<RuleAsk>, string[]]>([
    ['wants a reason for the approvers', rule, { justification: null }, ['justificationRequired']],
    ['is content with one', rule, {}, []],
    [
      'wants none if it does not say so',
      { ...rule, requestorJustification: false },
      { justification: null },
      [],
    ],
    ['wants none while it is off', { ...rule, required: false }, { justification: null }, []],
    ['wants none in mode noApproval', { ...rule, mode: 'noApproval' }, { justification: null }, []],
  ])('%s', (_name, r, given, refused) => {
    expect(codes([r], given)).toEqual(refused);
  });

  const two = consent(named(RAVI), named(ANIKA));
  test.each<[string, Rule, number]>([
    ['off', { ...two, required: false }, 0],
    ['noApproval', { ...two, mode: 'noApproval' }, 0],
    ['singleStage', { ...two, mode: 'singleStage' }, 1],
    ['serial', two, 2],
    ['for another caller', { ...two, caller: 'admin' }, 0],
    ['for another level', { ...two, level: 'eligibility' }, 0],
  ])('asks so many stages: %s', (_name, r, count) => {
    expect(stagesFor([r], about)).toHaveLength(count);
  });
});

describe('all rules together', () => {
  test('each is asked, and the same thing is told once', () => {
    const rules: Rule[] = [
      limit(),
      { ...about, kind: 'enablement', enabled: ['justification', 'mfa'] },
      consent(named(RAVI)),
      { ...about, kind: 'authenticationContext', enabled: true, claim: 'c1' },
    ];
    expect(codes(rules, { end: null, justification: null, proof: { mfa: false, contexts: [] } })).toEqual([
      'endRequired',
      'justificationRequired',
      'mfaRequired',
      'authenticationContextRequired',
    ]);
  });

  test('those about another caller or level are not asked', () => {
    expect(codes([limit({ caller: 'admin' }), limit({ level: 'eligibility' })], { end: null })).toEqual([]);
  });

  // caller, level, without end, without reason and factor
  const untouched: [
    plane: keyof typeof PLANES_HERE,
    caller: RuleAsk['caller'],
    level: RuleAsk['level'],
    refused: string[],
  ][] = [
    ['azure', 'admin', 'eligibility', ['endRequired']],
    ['azure', 'admin', 'assignment', ['endRequired', 'justificationRequired']],
    ['azure', 'endUser', 'assignment', ['endRequired', 'justificationRequired']],
    ['entra', 'admin', 'eligibility', []],
    ['entra', 'admin', 'assignment', ['justificationRequired']],
    ['entra', 'endUser', 'assignment', ['endRequired', 'mfaRequired', 'justificationRequired']],
    ['groups', 'admin', 'eligibility', ['endRequired']],
    ['groups', 'admin', 'assignment', ['endRequired', 'justificationRequired']],
    ['groups', 'endUser', 'assignment', ['endRequired', 'justificationRequired']],
  ];
  test.each(untouched)(
    'the untouched policy of %s asks of %s for an %s what the table says',
    (plane, caller, level, refused) => {
      const nothing = { caller, level, end: null, justification: null, proof: { mfa: false, contexts: [] } };
      expect(codes(PLANES_HERE[plane].defaultRules, nothing)).toEqual(refused);
    },
  );
});
