import type { Event } from '../core/event.ts';
import type { AccessIndex } from './accessIndex.ts';
import type { Store } from './ports.ts';
import { type Takeover, takeover } from './takeover.ts';

export interface FollowerParts {
  readonly store: Pick<Store, 'linesAfter' | 'accessState' | 'facts'>;
  readonly access: AccessIndex;
  /** The change number the index starts from, and when it was asked for. */
  readonly start: { readonly seq: number; readonly askedAt: number };
  /** Whether others write to the store, too. */
  readonly others: boolean;
  /** Milliseconds that only grow. */
  readonly monotonic: () => number;
  /** Told of every line that is taken over, in order. */
  readonly told: (event: Event) => void;
}

/** Keeps the index in step with the log, whoever writes it, by change number. (Z5) */
export interface Follower {
  /** Up to when nothing is missing, by the monotonic clock; never, while something is known to be missing. */
  currentAt(): number;
  readonly wrote: Takeover['wrote'];
  /** Somebody wrote up to this number. */
  rang(seq: number): void;
  /** The log ended at this number when it was asked for at this time. */
  heard(seq: number, askedAt: number): void;
  /** Takes over everything that was written before the call. */
  catchUp(): Promise<void>;
  /** A write may have happened: the index is not to be relied on before it was read again. */
  doubt(): void;
  doubtful(): boolean;
  /** Reads the index again if there is doubt; where nobody else writes, while nothing is being written. */
  mend(): Promise<void>;
}

const PAGE = 1_000;
const NEVER = Number.NEGATIVE_INFINITY;

export function follower(parts: FollowerParts): Follower {
  const { store, access, monotonic } = parts;
  const taken = takeover(parts.start.seq, access, store, parts.told);
  let current = parts.start.askedAt;
  let doubtful = false;
  let whole = true;

  async function round(): Promise<void> {
    if (doubtful) await reread();
    for (let more = parts.others; more; ) more = await page();
    whole = true;
  }
  async function reread(): Promise<void> {
    whole = false;
    const { world, seq } = await store.accessState();
    access.restart(world);
    taken.restarted(seq);
    doubtful = false;
  }
  async function page(): Promise<boolean> {
    const askedAt = monotonic();
    const lines = await store.linesAfter(taken.position(), PAGE);
    const missing = !(await taken.all(lines));
    if (missing) await reread();
    if (missing || lines.length === PAGE) return true;
    current = Math.max(current, askedAt);
    return false;
  }
  const catchUp = inTurn(round);
  const catchUpSoon = () => void catchUp().catch(() => {});
  return {
    catchUp,
    currentAt: () => (doubtful || !whole ? NEVER : current),
    wrote: (...what) => {
      if (parts.others) taken.wrote(...what);
    },
    rang: (seq) => {
      if (seq > taken.position()) catchUpSoon();
    },
    heard: (seq, askedAt) => {
      if (seq > taken.position() || doubtful) catchUpSoon();
      else current = Math.max(current, askedAt);
    },
    doubt: () => {
      doubtful = true;
    },
    doubtful: () => doubtful,
    mend: async () => {
      if (doubtful) await catchUp();
    },
  };
}

/** One after the other; whoever comes while one is under way shares the one after it. */
function inTurn(run: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  const begin = () => {
    next = null;
    return run();
  };
  return () => {
    if (next) return next;
    next = last.then(begin, begin);
    last = next;
    return next;
  };
}
