import { type Instant, later } from '../../core/values.ts';
import type { LogLine } from '../../engine/ports.ts';

/** The latest instant these lines speak of: when they happened, and where a manual clock was moved to. (T2) */
export const latestSeen = (lines: readonly Pick<LogLine, 'event'>[]): Instant | null =>
  lines
    .map(({ event }) => (event.type === 'clockAdvanced' ? later(event.at, event.to) : event.at))
    .reduce<Instant | null>((latest, t) => (latest === null ? t : later(latest, t)), null);
