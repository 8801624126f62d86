import { days, type Instant, instant, minutes } from '../core/values.ts';

/** Today, in the calendar of the demo. */
export const TODAY = 31;

/** An instant of a day of the demo, counted from the midnight before its first moment. */
export function onDay(origin: Instant, day: number, time: string): Instant {
  const midnight = origin - (origin % days(1));
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return instant(midnight + days(day) + minutes(hour * 60 + minute));
}
