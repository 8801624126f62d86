import { type Instant, instant } from '../core/values.ts';

/** An instant as the database reads it. JavaScript writes years of more than four digits with a sign, SQL without. */
export const writeInstant = (t: Instant): string => new Date(t).toISOString().replace(/^\+0?/, '');

const WRITTEN = /^(\d{4,6})-(\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)\+00(?::00)?$/;

/** An instant as the database writes it, in JSON or in a row. The session's time zone is UTC. */
export function readInstant(text: string): Instant {
  const [, year, day, time] = WRITTEN.exec(text) ?? [];
  if (year === undefined) throw new Error(`bug: ${text} is not an instant in UTC`);
  return instant(Date.parse(`${year.length > 4 ? `+${year.padStart(6, '0')}` : year}-${day}T${time}Z`));
}
