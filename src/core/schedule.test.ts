import { describe, expect, test } from 'vitest';
import { RAVI, schedule, T0, TARGETS } from '../../test/sim/estate.ts';
import { dueAt, live, type Schedule, standing } from './schedule.ts';
import { type Duration, duration, hours, type Instant, after as plus } from './values.ts';

const at = (ms: number): Instant => plus(T0, ms as Duration);
const END = at(hours(2));
const s = (given: Partial<Schedule>): Schedule =>
  schedule({ ...TARGETS.azure, principal: RAVI, start: T0, end: END, announced: 'nothing', ...given });

describe('a schedule', () => {
  const cases: [name: string, given: Partial<Schedule>, t: Instant, live: boolean, standing: boolean][] = [
    ['a millisecond before its start', {}, at(-1), false, true],
    ['at its start', {}, T0, true, true],
    ['a millisecond after its start', {}, at(1), true, true],
    ['a millisecond before its end', {}, plus(END, duration(-1)), true, true],
    ['at its end', {}, END, false, false],
    ['a millisecond after its end', {}, plus(END, duration(1)), false, false],
    ['without end, long after', { end: null }, at(hours(1e6)), true, true],
    ['a millisecond before somebody ended it', { endedAt: at(1000) }, at(999), true, false],
    ['when somebody ended it', { endedAt: at(1000) }, at(1000), false, false],
    ['ended before it began', { endedAt: at(-1000) }, at(1), false, false],
    ['with an end at its start', { end: T0 }, T0, false, false],
    ['with an end before its start', { end: at(-10) }, at(-20), false, false],
  ];
  test.each(cases)('INV-T1: %s', (_name, given, t, isLive, isStanding) => {
    expect(live(s(given), t)).toBe(isLive);
    expect(standing(s(given), t)).toBe(isStanding);
  });

  const due: [name: string, given: Partial<Schedule>, at: Instant | null][] = [
    ['its start, while nothing is said', {}, T0],
    ['its end, once the start is said', { announced: 'begin' }, END],
    ['never, when it has no end', { announced: 'begin', end: null }, null],
    ['never, once the end is said', { announced: 'end' }, null],
  ];
  test.each(due)('the tick has something to say at %s', (_name, given, t) => {
    expect(dueAt(s(given))).toBe(t);
  });
});
