import { describe, expect, test } from 'vitest';
import { apply, codes, told } from '../../../test/sim/apply.ts';
import {
  ANIKA,
  consent,
  EVERY_PLANE,
  eligible,
  estate,
  factsOf,
  MINA,
  named,
  OMAR,
  RAVI,
  T0,
  withPolicy,
} from '../../../test/sim/estate.ts';
import { activate, cancel, lasting, name, remove, review } from '../../../test/sim/orders.ts';
import { duration, hours, after as plus } from '../values.ts';

const at = (ms: number) => plus(T0, duration(ms));

describe.each(EVERY_PLANE)('canceling on $plane', ({ target }) => {
  const asked = (start = 0, stages = [named(ANIKA)]) => {
    const facts = factsOf(
      withPolicy(estate(eligible(target, RAVI)), target, ...(stages.length > 0 ? [consent(...stages)] : [])),
    );
    const cmd = activate(RAVI, target, lasting(hours(1), at(start)));
    apply(facts, cmd, T0);
    return { facts, id: cmd.id };
  };

  test.each([
    ['the requestor', RAVI],
    ['an administrator', OMAR],
  ])('%s takes back what waits for a yes', (_name, who) => {
    const { facts, id } = asked();
    expect(told(apply(facts, cancel(who, id), at(1)))).toEqual(['requestMoved canceled']);
    expect(facts.world.request.get(id)).toMatchObject({ state: 'canceled', closedAt: at(1) });
  });

  test('takes back what is granted, until a millisecond before it begins', () => {
    for (const [ms, expected] of [
      [hours(1) - 1, ['accessEnded canceled', 'requestMoved canceled']],
      [hours(1), ['notCancelable']],
    ] as const) {
      const { facts, id } = asked(hours(1), []);
      expect(told(apply(facts, cancel(RAVI, id), at(ms)))).toEqual(expected);
    }
  });

  test('is refused to others, for what is closed, and for what nobody asked', () => {
    const { facts, id } = asked();
    expect(codes(apply(facts, cancel(MINA, id), T0))).toEqual(['notAuthorized']);
    expect(codes(apply(facts, cancel(RAVI, name()), T0))).toEqual(['requestNotFound']);
    apply(facts, review(ANIKA, id, 'deny'), T0);
    expect(codes(apply(facts, cancel(RAVI, id), T0))).toEqual(['notCancelable']);
    const removal = remove(RAVI, target);
    apply(facts, removal, T0);
    expect(codes(apply(facts, cancel(OMAR, removal.id), T0))).toEqual(['notCancelable']);
  });
});
