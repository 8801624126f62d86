import { describe, expect, test } from 'vitest';
import { apply, codes, told } from '../../../test/sim/apply.ts';
import {
  ANIKA,
  BOT,
  EVERY_PLANE,
  eligible,
  estate,
  factsOf,
  OMAR,
  person,
  RAVI,
  schedule,
  T0,
  TARGETS,
  withPolicy,
  yearly,
} from '../../../test/sim/estate.ts';
import { cancel, change, forGood, lasting, review, wish } from '../../../test/sim/orders.ts';
import { days, duration, hours, after as plus, scheduleId } from '../values.ts';

const ago = (ms: number) => plus(T0, duration(-ms));

describe.each(EVERY_PLANE)('renewing on $plane', ({ target }) => {
  const there = (endedAgo: number = days(1), given = {}) => {
    const over = eligible(target, RAVI, {
      end: ago(endedAgo),
      endReason: 'expired',
      announced: 'end',
      ...given,
    });
    return factsOf(withPolicy(estate(over), target, yearly));
  };
  const renew = (period = lasting(days(30))) => change('adminRenew', RAVI, target, period);

  test('INV-L3: gives again what expired, under the name of the request that renews it', () => {
    const facts = there();
    const cmd = renew();
    expect(told(apply(facts, cmd, T0))).toEqual([
      'requested',
      'scheduleCreated',
      'accessBegan',
      'requestMoved provisioned',
    ]);
    expect(facts.world.schedule.get(cmd.id)).toMatchObject({
      start: T0,
      end: plus(T0, days(30)),
      createdBy: cmd.id,
    });
    expect(codes(apply(facts, renew(), T0))).toEqual(['notExpired']);
  });

  test('also ahead of time, and then it can be canceled', () => {
    const facts = there();
    const cmd = renew(lasting(days(3), plus(T0, days(1))));
    apply(facts, cmd, T0);
    expect(facts.world.request.get(cmd.id)?.state).toBe('granted');
    apply(facts, cancel(OMAR, cmd.id), T0);
    expect(facts.world.request.get(cmd.id)?.state).toBe('canceled');
  });

  test.each([
    ['what ended 30 days ago', there(days(30)), renew(), ['nothingToRenew']],
    [
      'what somebody removed',
      there(0, { endedAt: ago(5), endReason: 'removed' }),
      renew(),
      ['nothingToRenew'],
    ],
    ['what was never there', factsOf(estate()), renew(), ['nothingToRenew']],
    [
      'another than the one named',
      there(),
      { ...renew(), schedule: scheduleId('other') },
      ['nothingToRenew'],
    ],
    ['what the policy does not allow', there(), renew(forGood), ['endRequired']],
    ['who does not administer', there(), { ...renew(), actor: person(ANIKA) }, ['notAuthorized']],
  ])('refuses %s', (_name, facts, cmd, expected) => {
    expect(codes(apply(facts, cmd, T0))).toEqual(expected);
  });

  test('a millisecond earlier it still can be renewed, and before anybody said that it ended', () => {
    expect(codes(apply(there(days(30) - 1), renew(), T0))).toEqual([]);
    expect(codes(apply(there(1, { endReason: null, announced: 'begin' }), renew(), T0))).toEqual([]);
  });

  test('INV-L1: the principal asks, and an administrator answers by renewing', () => {
    const facts = there();
    const asked = wish('selfRenew', RAVI, target, lasting(days(30)));
    expect(told(apply(facts, asked, T0))).toEqual(['requested']);
    expect(codes(apply(facts, wish('selfRenew', RAVI, target, lasting(days(3))), T0))).toEqual([
      'pendingRequest',
    ]);
    const cmd = renew();
    expect(told(apply(facts, cmd, T0)).at(-1)).toBe('requestMoved adminApproved');
    expect(facts.world.request.get(asked.id)).toMatchObject({ state: 'adminApproved', schedule: cmd.id });
  });

  test('INV-L3: or by a yes, which makes a schedule of the name of the request; late, it moves the period', () => {
    const facts = there();
    const asked = wish('selfRenew', RAVI, target, lasting(days(3)));
    apply(facts, asked, T0);
    const late = plus(T0, days(2));
    expect(codes(apply(facts, review(RAVI, asked.id, 'approve'), late))).toEqual(['selfApproval']);
    expect(told(apply(facts, review(OMAR, asked.id, 'approve'), late))).toEqual([
      'voted',
      'scheduleCreated',
      'accessBegan',
      'requestMoved adminApproved',
    ]);
    const made = facts.world.schedule.get(asked.id);
    expect(made).toMatchObject({ start: late, end: plus(late, days(3)), createdBy: asked.id });
    expect(codes(apply(facts, review(OMAR, asked.id, 'approve'), late))).toEqual(['requestNotPending']);
  });

  test('INV-L9: a workload asks for nothing, and nobody asks for somebody else', () => {
    const ask = wish('selfRenew', BOT, target, lasting(days(3)));
    expect(codes(apply(there(), ask, T0))).toEqual(['interactiveSignInRequired']);
    expect(codes(apply(there(), { ...ask, actor: person(RAVI) }, T0))).toEqual(['notForSomebodyElse']);
  });
});

test('INV-T5: an activation that ended cannot be renewed', () => {
  const target = TARGETS.azure;
  const held = eligible(target, RAVI);
  const over = schedule({
    ...target,
    principal: RAVI,
    activatedFrom: held.id,
    end: ago(hours(1)),
    endReason: 'expired',
    announced: 'end',
  });
  const cmd = change('adminRenew', RAVI, target, lasting(hours(1)), { kind: 'assignment' });
  expect(codes(apply(factsOf(estate(held, over)), cmd, T0))).toEqual(['nothingToRenew']);
});
