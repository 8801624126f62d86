import { expect, test } from 'vitest';
import { distance, parseInstant, shown } from './times.ts';

// Local time, whatever the zone of the machine is.
const now = new Date(2026, 10, 22, 12, 0);

const cases: [string, Date][] = [
  ['14:30', new Date(2026, 10, 22, 14, 30)],
  ['11:30', new Date(2026, 10, 23, 11, 30)],
  ['2026-12-01 09:00', new Date(2026, 11, 1, 9, 0)],
  ['2026-12-01T09:00', new Date(2026, 11, 1, 9, 0)],
  ['2026-12-01T09:00:00Z', new Date(Date.UTC(2026, 11, 1, 9))],
  ['2026-12-01T09:00:00+02:00', new Date(Date.UTC(2026, 11, 1, 7))],
  ['+2h', new Date(2026, 10, 22, 14, 0)],
  ['in 90 minutes', new Date(2026, 10, 22, 13, 30)],
];
test.each(cases)('a start may be written %s', (written, instant) =>
  expect(parseInstant(written, now)).toEqual(instant),
);

test.each(['tomorrow', '25:00', '2026-13-01 09:00', '2026-02-30 09:00', '2026-12-01'])(
  '%s is no time',
  (written) => expect(() => parseInstant(written, now)).toThrow(/is not a time/),
);

test('times of today are shown without the date, others with it', () => {
  expect(shown(new Date(2026, 10, 22, 15, 4), now)).toBe('15:04');
  expect(shown(new Date(2026, 10, 23, 1, 0), now)).toBe('2026-11-23 01:00');
});

test('an hour less the second it took to print is still told as an hour', () => {
  expect(distance(new Date(now.getTime() + 3_599_000), now)).toBe('in 1h');
  expect(distance(new Date(now.getTime() - 120_000), now)).toBe('2m ago');
});
