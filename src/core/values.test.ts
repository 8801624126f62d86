import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Duration,
  type DurationProblem,
  days,
  earlier,
  hours,
  instant,
  minutes,
  parseDuration,
  parseGuid,
  parseInstant,
  parseLimit,
  after as plus,
  printDuration,
  printInstant,
} from './values.ts';

describe('durations', () => {
  const read: [text: string, length: number | DurationProblem][] = [
    ['P1D', 86_400_000],
    ['PT24H', 86_400_000],
    ['PT2H', hours(2)],
    ['PT2H30M', minutes(150)],
    ['pt2h30m', minutes(150)],
    ['P1W', days(7)],
    ['P1DT1S', 86_401_000],
    ['PT0S', 0],
    ['PT0.5S', 500],
    ['PT1,250S', 1_250],
    ['PT90M', minutes(90)],
    ['P1M', 'calendarUnits'],
    ['P1Y', 'calendarUnits'],
    ['P1Y2D', 'calendarUnits'],
    ['PT2.5H', 'fractionOfHours'],
    ['PT2,5H', 'fractionOfHours'],
    ['PT1.5M', 'fractionOfHours'],
    ['-PT1H', 'negative'],
    ['P36501D', 'tooLong'],
    ['PT9007199254740991S', 'tooLong'],
    ['', 'notADuration'],
    ['P', 'notADuration'],
    ['PT', 'notADuration'],
    ['2h', 'notADuration'],
    ['PT2H ', 'notADuration'],
    ['P1H', 'notADuration'],
    [`PT${'1'.repeat(80)}S`, 'notADuration'],
  ];
  test.each(read)('INV-T7: %s', (text, expected) => {
    const got = parseDuration(text);
    expect(typeof got === 'string' ? got : got.length).toBe(expected);
    if (typeof got !== 'string') expect(got.text).toBe(text);
  });

  test.each([
    ['P1Y', days(365)],
    ['P1M', days(30)],
    ['P1Y1M1D', days(396)],
    ['PT8H', hours(8)],
  ])('a policy may limit by %s', (text, length) => {
    expect(parseLimit(text)).toEqual({ text, length });
  });

  test('INV-T7: what is printed is read back as the same length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: days(36_500) }), (ms) => {
        expect(parseDuration(printDuration(ms as Duration))).toMatchObject({ length: ms });
      }),
    );
  });
});

describe('instants', () => {
  const read: [text: string, printed: string | null][] = [
    ['2026-03-29T00:30:00Z', '2026-03-29T00:30:00.000Z'],
    ['2026-03-29T02:30:00+02:00', '2026-03-29T00:30:00.000Z'],
    ['2026-03-29T00:30:00.1239Z', '2026-03-29T00:30:00.123Z'],
    ['2026-03-29t00:30:00z', '2026-03-29T00:30:00.000Z'],
    ['2026-03-29T00:30:00', null],
    ['2026-03-29', null],
    ['2026-02-30T00:00:00Z', null],
    ['+123456-01-01T00:00:00Z', null],
    ['tomorrow', null],
    ['', null],
  ];
  test.each(read)('%s', (text, printed) => {
    const t = parseInstant(text);
    expect(t === null ? null : printInstant(t)).toBe(printed);
  });

  test('the latest that can be written can still have a period added and be printed', () => {
    const last = parseInstant('9999-12-31T23:59:59.999Z') ?? instant(0);
    expect(() => printInstant(plus(last, days(36_500)))).not.toThrow();
  });

  test('null is the end that never comes', () => {
    expect(earlier(null, null)).toBe(null);
    expect(earlier(null, instant(1))).toBe(1);
    expect(earlier(instant(1), null)).toBe(1);
    expect(earlier(instant(2), instant(1))).toBe(1);
  });

  test('GUIDs are canonical in lower case, and nothing else is one', () => {
    expect(parseGuid('ABCDEF00-0000-4000-8000-00000000000A')).toBe('abcdef00-0000-4000-8000-00000000000a');
    for (const text of [
      '',
      'abc',
      '{abcdef00-0000-4000-8000-00000000000a}',
      'abcdef00-0000-4000-8000-00000000000a\n',
    ])
      expect(parseGuid(text), text).toBe(null);
  });
});

// Every hour of the nights in which clocks change in these places, plus a day, written with offsets.
const PROGRAM = `
  import { after, days, hours, parseDuration, parseInstant, printInstant } from ${JSON.stringify(new URL('./values.ts', import.meta.url).href)};
  const out = [];
  for (const day of ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01']) {
    for (let h = 0; h < 24; h++) {
      const t = parseInstant(day + 'T' + String(h).padStart(2, '0') + ':30:00+01:00');
      out.push(t, printInstant(after(t, days(1))), after(t, parseDuration('P1DT1H').length) - after(t, hours(25)));
    }
  }
  console.log(JSON.stringify(out));
`;
describe('INV-T7: a day is 86 400 000 ms', () => {
  const under = (TZ: string) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', PROGRAM], {
      env: { ...process.env, TZ },
      encoding: 'utf8',
    });
  const utc = under('UTC');
  test.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'nonsense'])(
    'also across the changes of the clock, with TZ=%s',
    (zone) => {
      expect(under(zone)).toBe(utc);
      const [first, next] = JSON.parse(utc);
      expect(new Date(next).getTime() - first).toBe(86_400_000);
    },
  );
});
