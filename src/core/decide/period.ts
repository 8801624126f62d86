import type { Refusal } from '../refusal.ts';
import type { Period, Request } from '../request.ts';
import type { Duration, Instant } from '../values.ts';
import { after, between, later } from '../values.ts';

export interface Window {
  readonly start: Instant;
  readonly end: Instant | null;
}

/** The period as instants. A start that is not given or has passed is now; a length counts from there. */
export function windowOf({ start, expiration }: Period, now: Instant): Window {
  const from = later(start ?? now, now);
  if (expiration.type === 'afterDuration') return { start: from, end: after(from, expiration.length) };
  return { start: from, end: expiration.type === 'afterDateTime' ? expiration.end : null };
}

/** The end of a request whose start moved: an end that was asked for as an instant stays; a length counts from the start. */
export function movedEnd(r: Pick<Request, 'start' | 'end' | 'period'>, start: Instant): Instant | null {
  if (r.end === null || r.period.expiration.type !== 'afterDuration') return r.end;
  return after(start, between(r.start, r.end));
}

/** A period has a first instant at least. */
export const emptyRefusals = ({ start, end }: Window): readonly Refusal[] =>
  end !== null && end <= start ? [{ code: 'periodEmpty', start, end }] : [];

/** A period must not be empty, and not be shorter than the plane's shortest. */
export function lengthRefusals(window: Window, floor: Duration): readonly Refusal[] {
  const empty = emptyRefusals(window);
  if (empty.length > 0 || window.end === null) return empty;
  return window.end < after(window.start, floor) ? [{ code: 'endsTooSoon', floor }] : [];
}
