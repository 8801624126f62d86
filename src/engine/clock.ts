import type { Instant } from '../core/values.ts';
import { instant, later } from '../core/values.ts';
import type { Clock } from './ports.ts';

/** The machine's clock. */
export const systemClock: Clock = { now: () => instant(Date.now()) };

/** A clock that stands until it is set, and never goes back. */
export interface SettableClock extends Clock {
  set(to: Instant): void;
}

export function settableClock(start: Instant): SettableClock {
  let at = start;
  return {
    now: () => at,
    set: (to) => {
      at = later(at, to);
    },
  };
}
