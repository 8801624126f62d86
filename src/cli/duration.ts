import { Failure } from './failure.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(w|wks?|weeks?)$/, 7 * DAY],
  [/^(d|days?)$/, DAY],
  [/^(h|hrs?|hours?)$/, HOUR],
  [/^(m|mins?|minutes?)$/, MINUTE],
  [/^(s|secs?|seconds?)$/, SECOND],
];
const ISO = /^P(?!$)(?:([\d.,]+)W)?(?:([\d.,]+)D)?(?:T(?!$)(?:([\d.,]+)H)?(?:([\d.,]+)M)?(?:([\d.,]+)S)?)?$/;
const HINT = 'durations: 8h, 90m, 1h30m, 1.5h, "2 hours", PT1H30M';

/** Milliseconds of a period as people and programs write it: `8h`, `1h30m`, `1.5h`, `90 min`, `2 hours`, `PT1H`. */
export function parseDuration(text: string): number {
  const found = durationOf(text);
  if (found === undefined)
    throw new Failure('InvalidDuration', `'${text}' is not a duration${reason(text.trim())}`, { hint: HINT });
  if (found <= 0)
    throw new Failure('InvalidDuration', `'${text}' must be longer than nothing`, { hint: HINT });
  if (found % SECOND !== 0) {
    throw new Failure('InvalidDuration', `'${text}' is not a whole number of seconds`, { hint: HINT });
  }
  return found;
}

/** The same for text of the server, which may be anything. */
export function durationOf(text: string): number | undefined {
  const written = text.trim();
  return /^p/i.test(written) ? ofIso(written.toUpperCase()) : ofWords(written.toLowerCase());
}

export function isoDuration(ms: number): string {
  const part = (size: number, letter: string, rest: number) =>
    rest >= size ? `${Math.floor(rest / size)}${letter}` : '';
  return `PT${part(HOUR, 'H', ms)}${part(MINUTE, 'M', ms % HOUR)}${part(SECOND, 'S', ms % MINUTE)}`;
}

/** For people: the two largest units, `1h 12m`. */
export function spoken(ms: number): string {
  if (ms < MINUTE) return 'less than a minute';
  const days = Math.floor(ms / DAY);
  const hours = Math.floor((ms % DAY) / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  const parts = [days && `${days}d`, hours && `${hours}h`, !days && minutes && `${minutes}m`];
  return parts.filter(Boolean).join(' ');
}

function ofIso(written: string): number | undefined {
  const numbers = ISO.exec(written)?.slice(1);
  const terms = numbers?.map((n, i) => (n === undefined ? 0 : number(n) * (UNITS[i]?.[1] ?? Number.NaN)));
  return terms && whole(terms.reduce((sum, term) => sum + term, 0));
}

function ofWords(written: string): number | undefined {
  const seen = new Set<number>();
  let sum = 0;
  const rest = written.replace(
    /(\d+(?:[.,]\d+)?)\s*([a-z]+)(?:\s*(?:,|and)\s*(?=\d)|\s*)/g,
    (_, n: string, word: string) => {
      const unit = UNITS.find(([names]) => names.test(word))?.[1] ?? Number.NaN;
      sum += seen.has(unit) ? Number.NaN : number(n) * unit;
      seen.add(unit);
      return '';
    },
  );
  return rest === '' && seen.size > 0 ? whole(sum) : undefined;
}

const number = (written: string): number => Number(written.replace(',', '.'));

// 0.1 of an hour is 360000.00000000006 ms in floating point; a period is told to the millisecond.
const whole = (ms: number): number | undefined => (Number.isFinite(ms) ? Math.round(ms) : undefined);

function reason(written: string): string {
  if (/^\d+([.,]\d+)?$/.test(written)) return `: say whether that is ${written}m or ${written}h`;
  if (/^\d+:\d+$/.test(written)) return ': with a colon it may be hours and minutes or minutes and seconds';
  if (/^p\d+[ym]|\d\s*(mo|y)/i.test(written)) return ': months and years have no fixed length';
  return '';
}
