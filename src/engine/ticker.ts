import type { Instant } from '../core/values.ts';
import { between } from '../core/values.ts';
import { Busy } from './batch.ts';
import type { Engine } from './engine.ts';

/** A timer that can be given up. */
export interface Timers {
  after(ms: number, run: () => void): { cancel(): void };
}

/** Wakes the engine when the next thing is due. Access never waits for it: it only announces. */
export interface Ticker {
  /** Something is due at this instant. */
  expect(at: Instant): void;
  /** Looks now. */
  touch(): void;
  stop(): Promise<void>;
}

// Never further ahead than an hour: a longer timer would be wrong after a change of the clock.
const AHEAD_MAX_MS = 3_600_000;
const RETRY_MS = 1_000;
const SOON_MS = 5;

export interface Watch {
  /** The first failure after a success. */
  failed(error: unknown): void;
  /** The first success after a failure. */
  recovered(): void;
}

export function ticker(engine: () => Engine, timers: Timers, watch: Watch): Ticker {
  let timer: { cancel(): void } | null = null;
  let armedFor = Number.POSITIVE_INFINITY;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let failing = false;

  async function run(): Promise<void> {
    do {
      again = false;
      arm(await announce(engine()));
    } while (again && !stopped);
  }
  async function announce(e: Engine): Promise<number> {
    try {
      await e.tick();
      const next = await e.store.nextDue();
      if (failing) watch.recovered();
      failing = false;
      return next === null ? AHEAD_MAX_MS : Math.min(Math.max(between(e.now(), next), SOON_MS), AHEAD_MAX_MS);
    } catch (error) {
      // Another replica is announcing the same things, and quicker.
      if (error instanceof Busy) return RETRY_MS;
      if (!stopped && !failing) watch.failed(error);
      failing = true;
      return RETRY_MS;
    }
  }
  function arm(ms: number): void {
    timer?.cancel();
    armedFor = engine().now() + ms;
    timer = stopped ? null : timers.after(ms, touch);
  }
  function touch(): void {
    again = true;
    running ??= run().finally(() => {
      running = null;
    });
  }
  return {
    touch,
    expect: (at) => {
      if (at < armedFor && !running) arm(Math.max(at - engine().now(), 0));
      else if (at < armedFor) again = true;
    },
    stop: async () => {
      stopped = true;
      timer?.cancel();
      await running;
    },
  };
}
