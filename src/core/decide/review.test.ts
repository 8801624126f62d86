import { describe, expect, test } from 'vitest';
import { apply, codes, told } from '../../../test/sim/apply.ts';
import {
  ANIKA,
  APPROVERS,
  BOT,
  consent,
  EVERY_PLANE,
  eligible,
  estate,
  factsOf,
  MINA,
  memberOf,
  named,
  OMAR,
  ONCALL,
  RAVI,
  schedule,
  stage,
  T0,
  withPolicy,
} from '../../../test/sim/estate.ts';
import { activate, cancel, lasting, name, review, until } from '../../../test/sim/orders.ts';
import type { ExpirationRule, Rule } from '../policy.ts';
import type { Schedule } from '../schedule.ts';
import { type Duration, days, duration, hours, after as plus, written } from '../values.ts';

const at = (ms: number) => plus(T0, duration(ms));
const HOUR = lasting(hours(1));
const limit = (maximum: Duration): ExpirationRule => ({
  caller: 'endUser',
  level: 'assignment',
  kind: 'expiration',
  required: true,
  maximum: written(maximum),
  exceptions: [],
});

describe.each(EVERY_PLANE)('a review on $plane', ({ target }) => {
  const asked = (
    period = HOUR,
    rules: readonly Rule[] = [consent(named(APPROVERS))],
    eligibility = eligible(target, RAVI),
    ...more: Schedule[]
  ) => {
    const facts = factsOf(withPolicy(estate(eligibility, ...more), target, ...rules));
    const cmd = activate(RAVI, target, period);
    expect(told(apply(facts, cmd, T0))).toEqual(['requested']);
    return {
      facts,
      id: cmd.id,
      request: () => facts.world.request.get(cmd.id),
      made: () => facts.world.schedule.get(cmd.id as string),
    };
  };

  test('which says yes grants what was asked', () => {
    const { facts, id, request, made } = asked();
    expect(told(apply(facts, review(ANIKA, id, 'approve'), T0))).toEqual([
      'voted',
      'requestMoved granted',
      'scheduleCreated',
      'accessBegan',
      'requestMoved provisioned',
    ]);
    expect(request()).toMatchObject({
      state: 'provisioned',
      stages: [{ votes: [{ by: ANIKA, verdict: 'approve' }] }],
    });
    expect(made()).toMatchObject({ start: T0, end: at(hours(1)), createdBy: id });
  });

  test('INV-A5: which says no ends it', () => {
    const { facts, id, request, made } = asked();
    expect(told(apply(facts, review(ANIKA, id, 'deny'), T0))).toEqual(['voted', 'requestMoved denied']);
    expect(request()).toMatchObject({ state: 'denied', closedAt: T0 });
    expect(made()).toBeUndefined();
    expect(codes(apply(facts, review(ANIKA, id, 'approve'), T0))).toEqual(['requestNotPending']);
  });

  test.each<[string, (id: ReturnType<typeof name>) => ReturnType<typeof review>, string[]]>([
    [
      "INV-A1: of one's own request, though a member of the approvers",
      (id) => review(RAVI, id, 'approve'),
      ['selfApproval'],
    ],
    ["INV-A1: a denial of one's own", (id) => review(RAVI, id, 'deny'), ['selfApproval']],
    ['INV-A2: of somebody who is no approver', (id) => review(MINA, id, 'approve'), ['notAnApprover']],
    [
      'INV-A2: of an administrator who is no approver',
      (id) => review(OMAR, id, 'approve'),
      ['notAnApprover'],
    ],
    ['of a workload identity', (id) => review(BOT, id, 'approve'), ['interactiveSignInRequired']],
    [
      'without a reason where one is asked',
      (id) => review(ANIKA, id, 'approve', { justification: ' ' }),
      ['approverJustificationRequired'],
    ],
    ['of another stage', (id) => review(ANIKA, id, 'approve', { stage: 1 }), ['stageNotOpen']],
    ['of a request nobody made', () => review(ANIKA, name(), 'approve'), ['requestNotFound']],
  ])('is refused: %s', (_name, order, expected) => {
    const { facts, id, request } = asked();
    const before = request();
    expect(codes(apply(facts, order(id), T0))).toEqual(expected);
    expect(request()).toBe(before);
  });

  test('INV-A2: counts only while the approver is a member, to the millisecond', () => {
    const member = memberOf(ONCALL, MINA, { end: at(100) });
    const at99 = asked(HOUR, [consent(named(ONCALL))], eligible(target, RAVI), member);
    expect(codes(apply(at99.facts, review(MINA, at99.id, 'approve'), at(99)))).toEqual([]);
    const at100 = asked(HOUR, [consent(named(ONCALL))], eligible(target, RAVI), member);
    expect(codes(apply(at100.facts, review(MINA, at100.id, 'approve'), at(100)))).toEqual(['notAnApprover']);
  });

  test('INV-A2: does not count once the policy names somebody else, nor if it did not name one when it was asked', () => {
    const { facts, id } = asked(HOUR, [consent(named(ANIKA))]);
    withPolicy(facts.world, target, consent(named(MINA)));
    expect(codes(apply(facts, review(ANIKA, id, 'approve'), T0))).toEqual(['notAnApprover']);
    expect(codes(apply(facts, review(MINA, id, 'approve'), T0))).toEqual(['notAnApprover']);
  });

  test('INV-A5: goes through the stages in order, each by somebody else', () => {
    const { facts, id, request } = asked(HOUR, [consent(named(ANIKA, MINA), named(ANIKA, MINA))]);
    expect(told(apply(facts, review(ANIKA, id, 'approve'), at(5)))).toEqual(['voted']);
    expect(request()).toMatchObject({ state: 'pendingApproval', stage: 1, stageSince: at(5) });
    expect(codes(apply(facts, review(ANIKA, id, 'approve', { stage: 1 }), at(6)))).toEqual(['notAnApprover']);
    expect(codes(apply(facts, review(MINA, id, 'approve'), at(6)))).toEqual(['stageNotOpen']);
    expect(codes(apply(facts, review(MINA, id, 'approve', { stage: 1 }), at(6)))).toEqual([]);
    expect(request()?.state).toBe('provisioned');
  });

  test('INV-L2: is in time until a millisecond before the time-out, and too late at it', () => {
    const one = consent(stage({ timeout: hours(2) }));
    for (const [ms, expected] of [
      [hours(2) - 1, []],
      [hours(2), ['requestNotPending']],
    ] as const) {
      const { facts, id } = asked(HOUR, [one]);
      expect(codes(apply(facts, review(ANIKA, id, 'approve'), at(ms)))).toEqual(expected);
      if (expected.length > 0)
        expect(codes(apply(facts, cancel(RAVI, id), at(ms)))).toEqual(['notCancelable']);
    }
  });

  test('INV-T5: which comes late moves the window and never stretches it', () => {
    const { facts, id, made } = asked(lasting(hours(1), at(hours(1))));
    apply(facts, review(ANIKA, id, 'approve'), at(hours(3)));
    expect(made()).toMatchObject({ start: at(hours(3)), end: at(hours(4)) });
  });

  test('INV-T5: which comes late leaves an end that was asked for as an instant', () => {
    const { facts, id, made } = asked(until(at(hours(4))));
    apply(facts, review(ANIKA, id, 'approve'), at(hours(3)));
    expect(made()).toMatchObject({ start: at(hours(3)), end: at(hours(4)) });
    const late = asked(until(at(hours(4))));
    expect(codes(apply(late.facts, review(ANIKA, late.id, 'approve'), at(hours(4))))).toEqual([
      'periodEmpty',
    ]);
  });

  test('INV-T5: which comes late is cut to the eligibility, and grants nothing after its end', () => {
    const eligibility = eligible(target, RAVI, { end: at(hours(3)) });
    const { facts, id, made } = asked(HOUR, [consent(named(APPROVERS))], eligibility);
    apply(facts, review(ANIKA, id, 'approve'), at(hours(3) - 1));
    expect(made()).toMatchObject({ end: at(hours(3)) });
    const late = asked(HOUR, [consent(named(APPROVERS))], eligibility);
    expect(codes(apply(late.facts, review(ANIKA, late.id, 'approve'), at(hours(3))))).toEqual([
      'eligibilityNotFound',
    ]);
  });

  test('INV-A7: grants the shorter of what the policy allowed and what it allows now', () => {
    const { facts, id, made } = asked(lasting(hours(4)));
    withPolicy(facts.world, target, limit(hours(1)));
    apply(facts, review(ANIKA, id, 'approve'), T0);
    expect(made()).toMatchObject({ end: at(hours(1)) });
    const weaker = asked(lasting(hours(4)));
    withPolicy(weaker.facts.world, target, limit(hours(20)));
    apply(weaker.facts, review(ANIKA, weaker.id, 'approve'), T0);
    expect(weaker.made()).toMatchObject({ end: at(hours(4)) });
  });

  test('INV-A7: grants to whom the limit excepts what was asked', () => {
    const exceptions = [{ id: ONCALL, of: 'group' as const, backup: false, description: null }];
    const { facts, id, made } = asked(lasting(hours(20)), [
      consent(named(APPROVERS)),
      { ...limit(hours(1)), exceptions },
    ]);
    apply(facts, review(ANIKA, id, 'approve'), T0);
    expect(made()).toMatchObject({ end: at(hours(20)) });
  });

  test('INV-A7: grants nothing when the policy has come to want a ticket', () => {
    const { facts, id } = asked();
    withPolicy(facts.world, target, {
      caller: 'endUser',
      level: 'assignment',
      kind: 'enablement',
      enabled: ['ticketing'],
    });
    expect(codes(apply(facts, review(ANIKA, id, 'approve'), T0))).toEqual(['ticketRequired']);
  });

  test('grants nothing to somebody who left the eligible group meanwhile', () => {
    const { facts, id } = asked(HOUR, [consent(named(APPROVERS))], eligible(target, ONCALL));
    for (const s of facts.world.schedule.values())
      if (s.scope === (ONCALL as string) && s.principal === RAVI) facts.world.schedule.delete(s.id);
    expect(codes(apply(facts, review(ANIKA, id, 'approve'), T0))).toEqual(['eligibilityNotFound']);
  });

  test('INV-L8: grants nothing to somebody who was disabled meanwhile, and a disabled approver is none', () => {
    const disable = (facts: ReturnType<typeof asked>['facts'], id: typeof RAVI) =>
      facts.world.principal.set(id, { ...facts.world.principal.get(id)!, enabled: false });
    const one = asked();
    disable(one.facts, RAVI);
    expect(codes(apply(one.facts, review(ANIKA, one.id, 'approve'), T0))).toEqual(['principalDisabled']);
    const two = asked();
    disable(two.facts, ANIKA);
    expect(codes(apply(two.facts, review(ANIKA, two.id, 'approve'), T0))).toEqual(['notAnApprover']);
  });

  test('INV-L4: grants nothing that is held already', () => {
    const { facts, id } = asked();
    facts.world.schedule.set('x', schedule({ ...target, principal: RAVI, id: 'x' as never }));
    expect(codes(apply(facts, review(ANIKA, id, 'approve'), T0))).toEqual(['alreadyAssigned']);
  });

  test('which voted learns that the request is closed when it votes again', () => {
    const { facts, id } = asked(lasting(hours(1), at(days(0.5))));
    apply(facts, review(ANIKA, id, 'approve'), T0);
    expect(codes(apply(facts, review(ANIKA, id, 'approve'), T0))).toEqual(['requestNotPending']);
  });
});
