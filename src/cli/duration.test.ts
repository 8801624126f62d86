import { describe, expect, test } from 'vitest';
import { isoDuration, parseDuration, spoken } from './duration.ts';

describe('a duration is understood in the spellings people and programs use', () => {
  const cases: [string, string][] = [
    ['8h', 'PT8H'],
    ['8H', 'PT8H'],
    ['1h30m', 'PT1H30M'],
    ['1h 30m', 'PT1H30M'],
    ['1.5h', 'PT1H30M'],
    ['1,5h', 'PT1H30M'],
    ['0.1h', 'PT6M'],
    ['90m', 'PT1H30M'],
    ['90min', 'PT1H30M'],
    ['45 mins', 'PT45M'],
    ['2 hours', 'PT2H'],
    ['1 hour and 30 minutes', 'PT1H30M'],
    ['1 hour, 30 minutes', 'PT1H30M'],
    ['2hrs', 'PT2H'],
    [' 30 sec ', 'PT30S'],
    ['1d', 'PT24H'],
    ['PT1H', 'PT1H'],
    ['pt90m', 'PT1H30M'],
    ['PT1H30M', 'PT1H30M'],
    ['PT2.5H', 'PT2H30M'],
    ['P1D', 'PT24H'],
    ['P1DT1H', 'PT25H'],
    ['P1W', 'PT168H'],
  ];
  test.each(cases)('%s is %s', (written, iso) => expect(isoDuration(parseDuration(written))).toBe(iso));
});

describe('what could mean two things or nothing is refused with the reason', () => {
  const cases: [string, RegExp][] = [
    ['90', /90m or 90h/],
    ['1:30', /colon/],
    ['P1Y', /no fixed length/],
    ['P1M', /no fixed length/],
    ['2 months', /no fixed length/],
    ['1h1h', /not a duration/],
    ['1h until lunch', /not a duration/],
    ['', /not a duration/],
    ['P', /not a duration/],
    ['PT', /not a duration/],
    ['1.2.3h', /not a duration/],
    ['PT1.2.3H', /not a duration/],
    ['-1h', /not a duration/],
    ['0h', /longer than nothing/],
    ['PT0S', /longer than nothing/],
    ['0.5s', /whole number of seconds/],
  ];
  test.each(cases)('%s', (written, message) => expect(() => parseDuration(written)).toThrow(message));
});

test.each([
  [59_999, 'less than a minute'],
  [60_000, '1m'],
  [4_320_000, '1h 12m'],
  [3_600_000, '1h'],
  [176_400_000, '2d 1h'],
])('%i ms is said as %s', (ms, words) => expect(spoken(ms)).toBe(words));
