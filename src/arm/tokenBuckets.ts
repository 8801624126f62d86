/** What a caller has left of one kind of call. */
export interface Left {
  readonly remaining: number;
  /** Whole seconds until there is a call again; null when this one was counted. */
  readonly waitSeconds: number | null;
}

/** How many calls each caller has, by kind: a bucket that holds a minute's worth and fills up evenly. */
export interface Throttle {
  readonly perMinute: number;
  take(caller: string, kind: string): Left;
}

interface Bucket {
  readonly tokens: number;
  readonly atMs: number;
}

const BUCKETS_MAX = 100_000;
const MINUTE_MS = 60_000;

/** Buckets over a clock that only goes forward. A full bucket is as good as none, so those are forgotten first. */
export function tokenBuckets(perMinute: number, nowMs: () => number): Throttle {
  const buckets = new Map<string, Bucket>();
  const filled = ({ tokens, atMs }: Bucket, now: number): number =>
    Math.min(perMinute, tokens + ((now - atMs) * perMinute) / MINUTE_MS);

  function forget(now: number): void {
    for (const [key, bucket] of buckets) if (filled(bucket, now) >= perMinute) buckets.delete(key);
  }
  return {
    perMinute,
    take(caller, kind) {
      const [key, now] = [`${kind} ${caller}`, nowMs()];
      const there = buckets.get(key);
      const tokens = there ? filled(there, now) : perMinute;
      if (!there && buckets.size >= BUCKETS_MAX) forget(now);
      const taken = tokens >= 1 ? tokens - 1 : tokens;
      buckets.set(key, { tokens: taken, atMs: now });
      const waitSeconds = tokens >= 1 ? null : Math.ceil(((1 - tokens) * MINUTE_MS) / perMinute / 1_000);
      return { remaining: Math.floor(taken), waitSeconds };
    },
  };
}
