import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant } from '../core/values.ts';
import { readInstant, writeInstant } from './instants.ts';

const YEAR_0 = Date.UTC(0, 0, 1) - 1900 * 365.25 * 86_400_000;
const LAST = 8_640_000_000_000_000;

test('every instant since the year 1000 is read as it was written, to the millisecond', () => {
  fc.assert(
    fc.property(fc.integer({ min: YEAR_0 + 1000 * 366 * 86_400_000, max: LAST }), (ms) => {
      expect(readInstant(writeInstant(instant(ms)).replace('Z', '+00:00'))).toBe(ms);
    }),
  );
});

test.each([
  ['2030-01-01 00:00:00+00', Date.UTC(2030, 0, 1)],
  ['2030-01-01T00:00:00.5+00:00', Date.UTC(2030, 0, 1, 0, 0, 0, 500)],
  ['12345-01-01 00:00:00.001+00', Date.UTC(12_345, 0, 1, 0, 0, 0, 1)],
])('the database writes %s', (text, ms) => {
  expect(readInstant(text)).toBe(ms);
});

test.each(['2030-01-01 00:00:00+01', '2030-01-01', 'infinity', '0044-03-15 12:00:00+00 BC'])(
  '%s is no instant in UTC',
  (text) => {
    expect(() => readInstant(text)).toThrow('bug');
  },
);
