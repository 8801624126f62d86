import { describe, expect, test } from 'vitest';
import { apply, codes, told } from '../../../test/sim/apply.ts';
import {
  BOT,
  EVERY_PLANE,
  eligible,
  estate,
  factsOf,
  GROUP_SCOPE,
  MINA,
  memberOf,
  OMAR,
  ONCALL,
  person,
  RAVI,
  SUBSCRIPTION,
  schedule,
  T0,
  TARGETS,
  withPolicy,
} from '../../../test/sim/estate.ts';
import { assign, forGood, lasting, until } from '../../../test/sim/orders.ts';
import { SYSTEM } from '../actor.ts';
import { live } from '../schedule.ts';
import {
  days,
  duration,
  hours,
  minutes,
  after as plus,
  principalId,
  roleKey,
  scheduleId,
} from '../values.ts';

const DAY = lasting(days(1));
const ms = (n: number) => plus(T0, duration(n));

describe.each(EVERY_PLANE)('an administrator on $plane', ({ target }) => {
  test('INV-L6: makes somebody eligible, which gives no access', () => {
    const facts = factsOf(estate());
    const cmd = assign(RAVI, target, DAY);
    expect(told(apply(facts, cmd, T0))).toEqual([
      'requested',
      'scheduleCreated',
      'accessBegan',
      'requestMoved provisioned',
    ]);
    expect(facts.world.schedule.get(cmd.id)).toMatchObject({
      kind: 'eligibility',
      start: T0,
      end: plus(T0, days(1)),
      createdBy: cmd.id,
      activatedFrom: null,
    });
    expect(facts.world.request.get(cmd.id)).toMatchObject({
      state: 'provisioned',
      closedAt: T0,
      schedule: cmd.id,
    });
  });

  test('gives an assignment that begins later, which waits as granted', () => {
    const facts = factsOf(estate());
    const cmd = assign(RAVI, target, lasting(days(1), ms(hours(1))), { kind: 'assignment' });
    expect(told(apply(facts, cmd, T0))).toEqual(['requested', 'scheduleCreated']);
    expect(facts.world.request.get(cmd.id)).toMatchObject({ state: 'granted', closedAt: null });
    const made = facts.world.schedule.get(cmd.id) as never;
    expect([ms(hours(1) - 1), ms(hours(1))].map((t) => live(made, t))).toEqual([false, true]);
  });

  const refused: [
    name: string,
    cmd: Partial<Parameters<typeof assign>[3]>,
    period: typeof DAY,
    codes: string[],
  ][] = [
    [
      'to a role nobody knows',
      { holding: { ...target, role: roleKey('nothing'), principal: RAVI } },
      DAY,
      ['roleNotFound'],
    ],
    [
      'to a principal nobody knows',
      { holding: { ...target, principal: principalId('gone') } },
      DAY,
      ['principalNotFound'],
    ],
    ['without the right to', { actor: person(MINA) }, DAY, ['notAuthorized']],
    [
      'a workload identity, which could not activate',
      { holding: { ...target, principal: BOT } },
      DAY,
      ['workloadNotEligible'],
    ],
    ['for no time', {}, lasting(duration(0)), ['periodEmpty']],
    ['until what has passed', {}, until(T0), ['periodEmpty']],
    ['until before the start', {}, until(ms(1), ms(2)), ['periodEmpty']],
    ['for a millisecond less than the shortest', {}, lasting(duration(minutes(5) - 1)), ['endsTooSoon']],
  ];
  test.each(refused)('is refused to make eligible %s', (_name, given, period, expected) => {
    expect(codes(apply(factsOf(estate()), assign(RAVI, target, period, given), T0))).toEqual(expected);
  });

  test('is refused what is there already, and may give it again once it ended', () => {
    const end = ms(hours(1));
    const facts = factsOf(estate(eligible(target, RAVI, { end })));
    expect(codes(apply(facts, assign(RAVI, target, DAY), ms(hours(1) - 1)))).toEqual(['alreadyAssigned']);
    expect(codes(apply(facts, assign(RAVI, target, DAY), end))).toEqual([]);
  });

  test('may give an assignment beside an eligibility', () => {
    const facts = factsOf(estate(eligible(target, RAVI)));
    expect(codes(apply(facts, assign(RAVI, target, DAY, { kind: 'assignment' }), T0))).toEqual([]);
  });

  test('is told all that the policy misses at once', () => {
    const cmd = assign(RAVI, target, lasting(days(200)), { kind: 'assignment', justification: null });
    const limits = withPolicy(estate(), target, {
      caller: 'admin',
      level: 'assignment',
      kind: 'expiration',
      required: true,
      maximum: { text: 'P180D', length: days(180) },
      exceptions: [],
    });
    expect(codes(apply(factsOf(limits), cmd, T0))).toEqual(['endsTooLate', 'justificationRequired']);
  });

  test('which is the server itself asks no policy', () => {
    const cmd = assign(RAVI, target, forGood, { actor: SYSTEM, kind: 'assignment', justification: null });
    expect(codes(apply(factsOf(estate()), cmd, T0))).toEqual([]);
  });
});

describe('an Azure role', () => {
  const local = { ...TARGETS.azure, role: roleKey('local') };
  test('is assigned only where its definition lets it', () => {
    expect(codes(apply(factsOf(estate()), assign(RAVI, local, DAY), T0))).toEqual([]);
    expect(codes(apply(factsOf(estate()), assign(RAVI, { ...local, scope: SUBSCRIPTION }, DAY), T0))).toEqual(
      ['roleNotAssignable'],
    );
  });
  test('may be given to a workload identity as an assignment', () => {
    const cmd = assign(BOT, TARGETS.azure, DAY, { kind: 'assignment' });
    expect(codes(apply(factsOf(estate()), cmd, T0))).toEqual([]);
  });
  test('excepted from the limit is also who is in an excepted group', () => {
    const exceptions = [{ id: ONCALL, of: 'group' as const, backup: false, description: null }];
    const world = withPolicy(estate(memberOf(ONCALL, MINA)), TARGETS.azure, {
      caller: 'admin',
      level: 'eligibility',
      kind: 'expiration',
      required: true,
      maximum: { text: 'P1D', length: days(1) },
      exceptions,
    });
    expect(codes(apply(factsOf(world), assign(MINA, TARGETS.azure, forGood), T0))).toEqual([]);
    expect(codes(apply(factsOf(world), assign(OMAR, TARGETS.azure, forGood), T0))).toEqual(['endRequired']);
  });
});

describe('INV-L5: the name of a request', () => {
  test('brings the same request again, and refuses another', () => {
    const facts = factsOf(estate());
    const cmd = assign(RAVI, TARGETS.azure, DAY);
    apply(facts, cmd, T0);
    const later = plus(T0, days(9));
    expect(apply(facts, cmd, later)).toEqual({ ok: true, events: [] });
    const changes: Partial<typeof cmd>[] = [
      { justification: 'another' },
      { period: lasting(days(2)) },
      { kind: 'assignment' },
      { actor: person(MINA) },
      { ticket: { number: '1', system: null } },
      { condition: { text: 'x', version: '2.0' } },
      { holding: { ...cmd.holding, principal: MINA } },
      { holding: { ...cmd.holding, scope: SUBSCRIPTION } },
    ];
    for (const change of changes)
      expect(codes(apply(facts, { ...cmd, ...change }, later)), JSON.stringify(change)).toEqual([
        'requestExists',
      ]);
  });

  test('must not be that of a schedule that was made without a request', () => {
    const cmd = assign(RAVI, TARGETS.azure, DAY);
    const taken = schedule({ ...TARGETS.azure, principal: MINA, scope: GROUP_SCOPE, id: scheduleId(cmd.id) });
    expect(codes(apply(factsOf(estate(taken)), cmd, T0))).toEqual(['requestExists']);
  });
});
