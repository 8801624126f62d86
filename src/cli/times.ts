import { parseDuration, spoken } from './duration.ts';
import { Failure } from './failure.ts';

const HINT = 'times: 14:30, "2026-11-22 14:30", 2026-11-22T13:30:00Z, +2h';
const LOCAL = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?$/;

/** An instant as people write it. Without an offset it is local time; `14:30` is the next one; `+2h` counts from now. */
export function parseInstant(written: string, now: Date): Date {
  const text = written.trim();
  const after = /^(?:\+|in\s+)(.+)$/i.exec(text)?.[1];
  if (after) return new Date(now.getTime() + parseDuration(after));
  const found = nextClock(text, now) ?? localTime(text) ?? zoned(text);
  if (!found) throw new Failure('InvalidTime', `'${written}' is not a time`, { hint: HINT });
  return found;
}

/** `15:04` today, otherwise with the date; local time. */
export function shown(instant: Date, now: Date): string {
  const clock = `${two(instant.getHours())}:${two(instant.getMinutes())}`;
  return day(instant) === day(now) ? clock : `${day(instant)} ${clock}`;
}

/** `until 15:04 (in 1h 12m)` */
export const until = (end: Date | undefined, now: Date): string =>
  end ? `until ${shown(end, now)} (${distance(end, now)})` : 'without end';

export const distance = (instant: Date, now: Date): string => {
  const ms = instant.getTime() - now.getTime();
  return ms >= 0 ? `in ${spoken(roundedMinutes(ms))}` : `${spoken(roundedMinutes(-ms))} ago`;
};

export function dateOf(text: string | undefined): Date | undefined {
  const found = text === undefined ? undefined : new Date(text);
  return found && !Number.isNaN(found.getTime()) ? found : undefined;
}

// An activation of one hour, printed a moment after it began, is "in 1h" and not "in 59m".
const roundedMinutes = (ms: number): number => Math.round(ms / 60_000) * 60_000;

function nextClock(text: string, now: Date): Date | undefined {
  const [, hour, minute] = /^(\d\d?):(\d\d)$/.exec(text) ?? [];
  if (hour === undefined || minute === undefined || +hour > 23 || +minute > 59) return undefined;
  const found = new Date(now);
  found.setHours(+hour, +minute, 0, 0);
  if (found <= now) found.setDate(found.getDate() + 1);
  return found;
}

function localTime(text: string): Date | undefined {
  const [, ...parts] = LOCAL.exec(text) ?? [];
  if (parts.length === 0) return undefined;
  const [year = 0, month = 1, date = 1, hour = 0, minute = 0, second = 0] = parts.map((p) => Number(p ?? 0));
  const found = new Date(year, month - 1, date, hour, minute, second);
  return found.getMonth() === month - 1 && found.getDate() === date && hour < 24 && minute < 60 && second < 60
    ? found
    : undefined;
}

const zoned = (text: string): Date | undefined =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i.test(text) ? dateOf(text) : undefined;

const two = (n: number): string => String(n).padStart(2, '0');
const day = (d: Date): string => `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
