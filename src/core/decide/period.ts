import type { Refusal } from '../refusal.ts';
import type { Period } from '../request.ts';
import type { Duration, Instant } from '../values.ts';
import { after, later } from '../values.ts';

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

/** A period has a first instant at least. */
export const emptyRefusals = ({ start, end }: Window): readonly Refusal[] =>
  end !== null && end <= start ? [{ code: 'periodEmpty', start, end }] : [];

/** A period must not be empty, and not be shorter than the plane's shortest. */
export function lengthRefusals(window: Window, floor: Duration): readonly Refusal[] {
  const empty = emptyRefusals(window);
  if (empty.length > 0 || window.end === null) return empty;
  return window.end < after(window.start, floor) ? [{ code: 'endsTooSoon', floor }] : [];
}
