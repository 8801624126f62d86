import { Temporal } from 'temporal-polyfill';

declare const brand: unique symbol;
type Branded<T, Name> = T & { readonly [brand]: Name };

/** A point in time: whole milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = Branded<number, 'Instant'>;
/** A length of time in milliseconds. */
export type Duration = Branded<number, 'Duration'>;
/** The object id of a person, a group or a workload identity: a GUID in lower case. */
export type PrincipalId = Branded<string, 'PrincipalId'>;
/** The name of a request: a GUID in lower case, chosen by the client or made by the server. */
export type RequestId = Branded<string, 'RequestId'>;
/** The name of a schedule: a GUID in lower case; that of the request that created it, where there is one. */
export type ScheduleId = Branded<string, 'ScheduleId'>;
/** The canonical key of a role within its plane. */
export type RoleKey = Branded<string, 'RoleKey'>;
/** The canonical key of a scope within its plane; equal keys mean the same scope. */
export type ScopeKey = Branded<string, 'ScopeKey'>;
/** A length of time as somebody wrote it, with what it means: clients compare the text they sent with the text they get. */
export interface WrittenDuration {
  readonly text: string;
  readonly length: Duration;
}

export const instant = (ms: number): Instant => ms as Instant;
export const duration = (ms: number): Duration => ms as Duration;
export const minutes = (n: number): Duration => duration(n * 60_000);
export const hours = (n: number): Duration => minutes(n * 60);
export const days = (n: number): Duration => hours(n * 24);

export const after = (t: Instant, d: Duration): Instant => instant(t + d);
export const between = (from: Instant, to: Instant): Duration => duration(to - from);
export const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);
/** The earlier of two ends, where null means never. */
export const earlier = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null ? b : b === null ? a : a < b ? a : b;

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** A GUID in its canonical (lower) case, or null when the text is none. */
export const parseGuid = (text: string): string | null => (GUID.test(text) ? text.toLowerCase() : null);

export const principalId = (guid: string): PrincipalId => guid as PrincipalId;
export const requestId = (guid: string): RequestId => guid as RequestId;
export const scheduleId = (guid: string): ScheduleId => guid as ScheduleId;
export const roleKey = (key: string): RoleKey => key as RoleKey;
export const scopeKey = (key: string): ScopeKey => key as ScopeKey;

/**
 * An RFC 3339 instant with an offset, cut to milliseconds; null when the text is none. A date without an offset is none,
 * nor is a year of more than four digits: with a period added to it nobody could print it any more.
 */
export function parseInstant(text: string): Instant | null {
  if (!/^\d{4}-?\d\d/.test(text)) return null;
  try {
    return instant(Temporal.Instant.from(text).epochMilliseconds);
  } catch {
    return null;
  }
}

/** An instant as RFC 3339 in UTC, with milliseconds. */
export const printInstant = (t: Instant): string =>
  Temporal.Instant.fromEpochMilliseconds(t).toString({ smallestUnit: 'millisecond' });

export type DurationProblem = 'notADuration' | 'fractionOfHours' | 'calendarUnits' | 'negative' | 'tooLong';
const LONGEST = days(36_500);
// Only seconds may carry a fraction (XML Schema's duration): PT2.5H is a mistake for PT2H30M.
const FRACTION_ABOVE_SECONDS = /[.,]\d+[^S\d]/i;

/** Reads an ISO 8601 duration of days, hours, minutes and seconds. Months and years have no fixed length. (T7) */
export function parseDuration(text: string): WrittenDuration | DurationProblem {
  return measured(text, (d) => (d.years || d.months ? 'calendarUnits' : d.weeks * 7 + d.days));
}

/** The same for a policy's limit, where a year is 365 days and a month is 30. */
export function parseLimit(text: string): WrittenDuration | DurationProblem {
  return measured(text, (d) => d.years * 365 + d.months * 30 + d.weeks * 7 + d.days);
}

function measured(
  text: string,
  daysOf: (d: Temporal.Duration) => number | DurationProblem,
): WrittenDuration | DurationProblem {
  const parsed = readDuration(text);
  if (parsed === null) return 'notADuration';
  if (FRACTION_ABOVE_SECONDS.test(text)) return 'fractionOfHours';
  if (parsed.sign < 0) return 'negative';
  const whole = daysOf(parsed);
  if (typeof whole === 'string') return whole;
  const length = days(whole) + hours(parsed.hours) + minutes(parsed.minutes) + secondsOf(parsed);
  return length > LONGEST ? 'tooLong' : { text, length: duration(length) };
}

function readDuration(text: string): Temporal.Duration | null {
  if (text.length > 64 || !/^P/i.test(text))
    return text.startsWith('-P') ? Temporal.Duration.from('-PT1S') : null;
  try {
    return Temporal.Duration.from(text);
  } catch {
    return null;
  }
}

const secondsOf = (d: Temporal.Duration): number => d.seconds * 1_000 + d.milliseconds;

/** A duration as ISO 8601 in days, hours, minutes and seconds. */
export function printDuration(d: Duration): string {
  return Temporal.Duration.from({ milliseconds: d }).round({ largestUnit: 'day' }).toString();
}

/** The same, for messages: 'P30D' stays as written where a text was given. */
export const written = (d: Duration): WrittenDuration => ({ text: printDuration(d), length: d });
