import { describe, expect, test } from 'vitest';
import { apply, codes, told } from '../../../test/sim/apply.ts';
import {
  ANIKA,
  EVERY_PLANE,
  eligible,
  estate,
  factsOf,
  person,
  RAVI,
  T0,
  TARGETS,
  withPolicy,
  yearly,
} from '../../../test/sim/estate.ts';
import { activate, assign, change, forGood, lasting, until } from '../../../test/sim/orders.ts';
import type { Period } from '../request.ts';
import { days, hours, minutes, after as plus } from '../values.ts';

const at = (n: number) => plus(T0, hours(n));
const AS_IT_IS: Period = { start: null, expiration: { type: 'notSpecified' } };

describe.each(EVERY_PLANE)('updating on $plane', ({ target }) => {
  const there = () => {
    const held = eligible(target, RAVI, { end: at(240) });
    const facts = factsOf(withPolicy(estate(held), target, yearly));
    const activated = () => [...facts.world.schedule.values()].filter((s) => s.activatedFrom !== null);
    return { held, facts, activated, now: () => facts.world.schedule.get(held.id) };
  };
  const update = (period: Period, given = {}) => change('adminUpdate', RAVI, target, period, given);

  test('INV-T6: an eligibility that is shortened cuts what was activated from it, in the same decision', () => {
    const { facts, activated, now } = there();
    apply(facts, activate(RAVI, target, lasting(hours(4))), T0);
    expect(told(apply(facts, update(lasting(hours(1))), T0))).toEqual([
      'requested',
      'scheduleRescheduled',
      'scheduleRescheduled',
    ]);
    expect([now()?.end, ...activated().map((a) => a.end)]).toEqual([at(1), at(1)]);
  });

  test('INV-T6: and ends what would only have begun after its new end', () => {
    const { facts, activated } = there();
    const cmd = activate(RAVI, target, lasting(hours(1), at(5)));
    apply(facts, cmd, T0);
    apply(facts, update(lasting(hours(2))), T0);
    expect(activated()[0]).toMatchObject({ endedAt: T0, endReason: 'eligibilityEnded' });
    expect(facts.world.request.get(cmd.id)?.state).toBe('revoked');
  });

  test('moves the start of what has not begun, and it begins then or at once', () => {
    const facts = factsOf(estate());
    const cmd = assign(RAVI, target, until(at(48), at(24)));
    apply(facts, cmd, T0);
    expect(told(apply(facts, update(until(at(60), at(30))), T0))).toEqual([
      'requested',
      'scheduleRescheduled',
    ]);
    const s = () => facts.world.schedule.get(cmd.id);
    expect(s()).toMatchObject({ start: at(30), end: at(60) });
    expect(told(apply(facts, update({ ...AS_IT_IS, start: T0 }), T0))).toEqual([
      'requested',
      'scheduleRescheduled',
      'accessBegan',
      'requestMoved provisioned',
    ]);
    expect(s()).toMatchObject({ start: T0, end: at(60), announced: 'begin' });
  });

  test('a start that is not given stays', () => {
    const facts = factsOf(estate());
    const cmd = assign(RAVI, target, until(at(48), at(24)));
    apply(facts, cmd, T0);
    apply(facts, update(lasting(hours(2))), T0);
    expect(facts.world.schedule.get(cmd.id)).toMatchObject({ start: at(24), end: at(26) });
  });

  test.each([
    ['a start ahead of what has begun', lasting(hours(2), at(1)), 'alreadyBegun'],
    ['an end that has passed', until(plus(T0, minutes(-1))), 'periodEmpty'],
    ['no end where the policy wants one', forGood, 'endRequired'],
    ['more than the policy allows', lasting(days(400)), 'endsTooLate'],
  ])('refuses %s', (_name, period, code) => {
    expect(codes(apply(there().facts, update(period), T0))).toEqual([code]);
  });

  test('refuses what is not there and who does not administer; a policy keeps nobody from giving less', () => {
    expect(codes(apply(factsOf(estate()), update(forGood), T0))).toEqual(['scheduleNotFound']);
    const { facts } = there();
    expect(codes(apply(facts, update(lasting(hours(1)), { actor: person(ANIKA) }), T0))).toEqual([
      'notAuthorized',
    ]);
    const long = factsOf(estate(eligible(target, RAVI)));
    expect(told(apply(long, update(AS_IT_IS), T0))).toEqual(['requested']);
    expect(codes(apply(long, update(lasting(days(400))), T0))).toEqual([]);
  });
});

test('another condition of an eligibility holds for what was activated from it too', () => {
  const target = TARGETS.azure;
  const held = eligible(target, RAVI, { end: at(240), condition: { text: 'a', version: '2.0' } });
  const facts = factsOf(estate(held));
  const cmd = activate(RAVI, target, lasting(hours(4)));
  apply(facts, cmd, T0);
  const condition = { text: 'b', version: '2.0' };
  apply(facts, change('adminUpdate', RAVI, target, AS_IT_IS, { condition }), T0);
  for (const id of [held.id, cmd.id]) expect(facts.world.schedule.get(id)?.condition).toEqual(condition);
});
