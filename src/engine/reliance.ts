import type { Follower } from './follower.ts';
import { StoreUnavailable } from './ports.ts';

/** What a replica knows of the others on its store, and of the store's clock. */
export interface Peers {
  /** Milliseconds that only grow. */
  readonly monotonic: () => number;
  /** For how long what is known counts without word from the store. (Z5) */
  readonly boundMs: () => number;
  /** How far this machine's clock may be from the store's; null is unknown. (T4) */
  readonly clockErrorMs: () => number | null;
}

/** Whether what is in memory may be relied on now. Fails closed: who cannot know refuses, and the caller tries again. */
export interface Reliance {
  /** Rejects with StoreUnavailable unless the index has heard within its bound, asking the store once when it has not. */
  fresh(): Promise<void>;
  /** Throws StoreUnavailable unless the index has heard within its bound. */
  mustBeFresh(): void;
  /** Throws StoreUnavailable when nobody can say what time it is. */
  mustKnowTheTime(): void;
}

const CLOCK_ERROR_MAX_MS = 1_000;

export function reliance(known: Follower, peers: Peers | null): Reliance {
  if (peers === null) return { fresh: async () => {}, mustBeFresh: () => {}, mustKnowTheTime: () => {} };
  const heard = () => peers.monotonic() - known.currentAt() <= peers.boundMs();
  function mustKnowTheTime(): void {
    const error = peers?.clockErrorMs() ?? null;
    if (error !== null && error <= CLOCK_ERROR_MAX_MS) return;
    throw new StoreUnavailable(
      `TimeUncertain: this machine's clock and the store's are ${error === null ? 'not compared yet' : `up to ${Math.round(error)} ms apart`}`,
    );
  }
  function mustBeFresh(): void {
    mustKnowTheTime();
    if (!heard()) throw new StoreUnavailable('this replica has not heard from the store for too long');
  }
  return {
    mustKnowTheTime,
    mustBeFresh,
    fresh: async () => {
      mustKnowTheTime();
      if (heard()) return;
      await known.catchUp();
      mustBeFresh();
    },
  };
}
