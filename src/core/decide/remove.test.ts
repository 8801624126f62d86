import { describe, expect, test } from 'vitest';
import { apply, codes, told } from '../../../test/sim/apply.ts';
import {
  ANIKA,
  BOT,
  consent,
  EVERY_PLANE,
  eligible,
  estate,
  factsOf,
  MINA,
  named,
  ONCALL,
  person,
  RAVI,
  T0,
  withPolicy,
} from '../../../test/sim/estate.ts';
import { activate, assign, deactivate, lasting, remove } from '../../../test/sim/orders.ts';
import { live, type Schedule } from '../schedule.ts';
import { duration, hours, minutes, after as plus, scheduleId } from '../values.ts';

const at = (ms: number) => plus(T0, duration(ms));
const HOUR = lasting(hours(1));

describe.each(EVERY_PLANE)('taking away on $plane', ({ target }) => {
  const running = () => {
    const facts = factsOf(estate(eligible(target, RAVI)));
    const cmd = activate(RAVI, target, HOUR);
    apply(facts, cmd, T0);
    return { facts, id: cmd.id, schedule: () => facts.world.schedule.get(cmd.id) as Schedule };
  };

  test('INV-T6: an eligibility ends what was activated from it, in the same decision', () => {
    const { facts, schedule } = running();
    const cmd = remove(RAVI, target);
    expect(told(apply(facts, cmd, at(1)))).toEqual([
      'requested',
      'accessEnded removed',
      'accessEnded eligibilityEnded',
    ]);
    expect(live(schedule(), at(1))).toBe(false);
    expect(facts.world.request.get(cmd.id)).toMatchObject({ state: 'revoked', closedAt: at(1) });
  });

  test('INV-T6: an eligible group ends what its members activated, and closes what waits or has not begun', () => {
    const facts = factsOf(withPolicy(estate(eligible(target, ONCALL)), target));
    const [runs, later, waits] = [
      activate(RAVI, target, HOUR),
      activate(ANIKA, target, lasting(hours(1), at(hours(3)))),
      activate(ANIKA, target, lasting(hours(1), at(hours(5)))),
    ];
    apply(facts, runs, T0);
    apply(facts, later, T0);
    withPolicy(facts.world, target, consent(named(MINA)));
    expect(told(apply(facts, waits, T0))).toEqual(['requested']);
    apply(facts, remove(ONCALL, target), at(1));
    const state = (id: string) => facts.world.request.get(id)?.state;
    expect([runs, later, waits].map((c) => state(c.id))).toEqual(['provisioned', 'revoked', 'failed']);
    expect(
      [...facts.world.schedule.values()].filter((s) => s.activatedFrom !== null && s.endedAt === null),
    ).toEqual([]);
  });

  test('an activation, by an administrator and by whoever activated, ends it at once', () => {
    for (const order of [remove(RAVI, target, { kind: 'assignment' }), deactivate(RAVI, target)]) {
      const { facts, schedule } = running();
      expect(codes(apply(facts, order, at(1)))).toEqual([]);
      expect([live(schedule(), at(0)), live(schedule(), at(1))]).toEqual([true, false]);
      expect(apply(facts, order, at(9))).toEqual({ ok: true, events: [] });
      expect(codes(apply(facts, { ...order, id: activate(RAVI, target, HOUR).id }, at(9)))).toEqual([
        'scheduleNotFound',
      ]);
    }
  });

  test('asks no policy, but the floor between a start and a removal', () => {
    const { facts } = running();
    const strict = { ...facts, settings: { removalFloor: minutes(5) } };
    expect(codes(apply(strict, deactivate(RAVI, target), at(minutes(5) - 1)))).toEqual(['removedTooSoon']);
    expect(codes(apply(strict, deactivate(RAVI, target), at(minutes(5))))).toEqual([]);
  });

  test('before its start needs no floor, and closes the request that waited', () => {
    const facts = factsOf(estate());
    const given = assign(RAVI, target, lasting(hours(1), at(hours(1))));
    apply(facts, given, T0);
    expect(
      told(apply({ ...facts, settings: { removalFloor: minutes(5) } }, remove(RAVI, target), at(1))),
    ).toEqual(['requested', 'accessEnded removed', 'requestMoved revoked']);
    expect(facts.world.request.get(given.id)).toMatchObject({ state: 'revoked' });
  });

  test('says that it had begun, when the tick had not yet said so', () => {
    const facts = factsOf(estate());
    const given = assign(RAVI, target, lasting(hours(1), at(hours(1))));
    apply(facts, given, T0);
    expect(told(apply(facts, remove(RAVI, target), at(hours(1))))).toEqual([
      'requested',
      'accessBegan',
      'requestMoved provisioned',
      'accessEnded removed',
    ]);
    expect(facts.world.request.get(given.id)).toMatchObject({ state: 'provisioned' });
  });

  test.each<[string, ReturnType<typeof remove> | ReturnType<typeof deactivate>, string[]]>([
    ['what is not there', remove(MINA, target), ['scheduleNotFound']],
    [
      'another kind',
      remove(RAVI, target, { kind: 'assignment', schedule: scheduleId('other') }),
      ['scheduleNotFound'],
    ],
    ['without the right to', remove(RAVI, target, { actor: person(MINA) }), ['notAuthorized']],
    ['for somebody else', deactivate(RAVI, target, { actor: person(ANIKA) }), ['notForSomebodyElse']],
    ['INV-L9: as a workload identity', deactivate(BOT, target), ['interactiveSignInRequired']],
    ['what was assigned and not activated', deactivate(ANIKA, target), ['scheduleNotFound']],
  ])('is refused: %s', (_name, order, expected) => {
    const { facts } = running();
    apply(facts, assign(ANIKA, target, HOUR, { kind: 'assignment' }), T0);
    expect(codes(apply(facts, order, at(1)))).toEqual(expected);
  });

  test('INV-L7: of two schedules only the one meant ends', () => {
    const { facts, schedule } = running();
    const other = assign(RAVI, target, HOUR);
    for (const s of facts.world.schedule.values())
      if (s.kind === 'eligibility') facts.world.schedule.delete(s.id);
    apply(facts, other, at(1));
    apply(facts, remove(RAVI, target), at(2));
    expect(live(schedule(), at(2))).toBe(true);
  });
});
