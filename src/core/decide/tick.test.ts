import { describe, expect, test } from 'vitest';
import { apply, told } from '../../../test/sim/apply.ts';
import {
  ANIKA,
  consent,
  EVERY_PLANE,
  eligible,
  estate,
  factsOf,
  named,
  RAVI,
  schedule,
  stage,
  T0,
  TARGETS,
  withPolicy,
} from '../../../test/sim/estate.ts';
import { activate, lasting } from '../../../test/sim/orders.ts';
import { SYSTEM } from '../actor.ts';
import type { Tick } from '../command.ts';
import type { Facts } from '../facts.ts';
import type { Schedule } from '../schedule.ts';
import { duration, hours, type Instant, after as plus } from '../values.ts';
import { tickSchedule } from './announce.ts';

const at = (ms: number): Instant => plus(T0, duration(ms));
const BEGIN = 'accessBegan';
const END = 'accessEnded expired';
const all = (facts: Facts): Tick => ({
  type: 'tick',
  actor: SYSTEM,
  schedules: [...facts.world.schedule.values()].map((s) => s.id),
  requests: [...facts.world.request.values()].map((r) => r.id),
});

describe('the tick says of a schedule', () => {
  const end = at(1000);
  const cases: [name: string, given: Partial<Schedule>, t: Instant, said: string[]][] = [
    ['nothing before its start', {}, at(-1), []],
    ['the begin at its start', {}, T0, [BEGIN]],
    ['the begin once', { announced: 'begin' }, at(1), []],
    ['nothing a millisecond before its end', { announced: 'begin' }, at(999), []],
    ['the end at its end', { announced: 'begin' }, end, [END]],
    ['begin and end when it looked too late', {}, at(9999), [BEGIN, END]],
    ['nothing after its end', { announced: 'end' }, at(9999), []],
    ['nothing of one without end', { announced: 'begin', end: null }, at(hours(1e6)), []],
  ];
  test.each(cases)('INV-T1: %s', (_name, given, t, said) => {
    const s = schedule({ ...TARGETS.azure, principal: RAVI, start: T0, end, announced: 'nothing', ...given });
    const decision = { ok: true as const, events: tickSchedule(s, t) };
    expect(told(decision)).toEqual(said);
  });
});

describe.each(EVERY_PLANE)('the tick on $plane', ({ target }) => {
  test('provisions what waited for its start, says its end, and says nothing twice', () => {
    const facts = factsOf(estate(eligible(target, RAVI)));
    const cmd = activate(RAVI, target, lasting(hours(1), at(hours(1))));
    apply(facts, cmd, T0);
    const said = [hours(1) - 1, hours(1), hours(1), hours(2) - 1, hours(2), hours(2)].map((ms) =>
      told(apply(facts, all(facts), at(ms))),
    );
    expect(said).toEqual([[], [BEGIN, 'requestMoved provisioned'], [], [], [END], []]);
  });

  test('provisions what began and ended while nobody looked', () => {
    const facts = factsOf(estate(eligible(target, RAVI)));
    const cmd = activate(RAVI, target, lasting(hours(1), at(hours(1))));
    apply(facts, cmd, T0);
    expect(told(apply(facts, all(facts), at(hours(9))))).toEqual([BEGIN, END, 'requestMoved provisioned']);
  });

  test('INV-L2: closes what nobody answered in time, once, and not a millisecond early', () => {
    const facts = factsOf(
      withPolicy(estate(eligible(target, RAVI)), target, consent(stage({ timeout: hours(2) }))),
    );
    apply(facts, activate(RAVI, target, lasting(hours(1))), T0);
    const said = [hours(2) - 1, hours(2), hours(2)].map((ms) => told(apply(facts, all(facts), at(ms))));
    expect(said).toEqual([[], ['requestMoved timedOut'], []]);
  });

  test('INV-T6: closes what waits for a yes when the eligibility it would use is over', () => {
    const facts = factsOf(
      withPolicy(estate(eligible(target, RAVI, { end: at(hours(1)) })), target, consent(named(ANIKA))),
    );
    const cmd = activate(RAVI, target, lasting(hours(1)));
    apply(facts, cmd, T0);
    expect(told(apply(facts, all(facts), at(hours(1))))).toEqual([END, 'requestMoved failed']);
    expect(facts.world.request.get(cmd.id)?.state).toBe('failed');
  });

  test('INV-T6: closes it even when both instants passed unseen', () => {
    const facts = factsOf(
      withPolicy(estate(eligible(target, RAVI, { end: at(hours(1)) })), target, consent(named(ANIKA))),
    );
    apply(facts, activate(RAVI, target, lasting(hours(1))), T0);
    expect(told(apply(facts, all(facts), at(hours(99))))).toEqual([END, 'requestMoved failed']);
    expect(told(apply(facts, all(facts), at(hours(99))))).toEqual([]);
  });
});
