import type { Event } from '../core/event.ts';
import type { Facts } from '../core/facts.ts';
import type { Instant } from '../core/values.ts';
import { type Decided, decideOne, keyOf, recordingOf, type Submission, versionsOf } from './deciding.ts';
import type { Outcome } from './outcome.ts';
import type { Change, FactsQuestion, Recording, Store } from './ports.ts';
import { Conflict, StoreUnavailable } from './ports.ts';
import { join } from './question.ts';

interface Waiting extends Submission {
  readonly question: FactsQuestion;
  readonly tries: number;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

export interface BatchParts {
  readonly store: Store;
  readonly facts: Omit<Facts, 'world'>;
  readonly now: () => Instant;
  /** Called after the commit and before anybody is answered; the number is that of the last line, null without lines. */
  readonly committed: (events: readonly Event[], changes: readonly Change[], seq: number | null) => void;
  /** Called before a batch reads: what must be mended first. */
  readonly prepare: () => Promise<void>;
  /** Called when a write failed of which nobody knows whether it happened. */
  readonly doubted: () => void;
  /** Called when others were quicker, before anything is decided again. */
  readonly conflicted?: () => Promise<void>;
  readonly sizeMax: number;
}

/** Somebody else kept moving the same rows; the caller may try again. */
export class Busy extends Error {}
const TRIES = 8;

/** Where commands wait while the last batch commits; then they are decided together, in the order they came. */
export interface Batches {
  submit(submission: Submission, question: FactsQuestion): Promise<Outcome>;
  /** Resolves when nothing waits and nothing is being written. */
  idle(): Promise<void>;
}

export function batches(parts: BatchParts): Batches {
  let queue: Waiting[] = [];
  let running: Promise<void> | null = null;

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.slice(0, parts.sizeMax);
      queue = queue.slice(batch.length);
      for (const again of await runBatch(parts, batch)) await runAlone(parts, again);
    }
    running = null;
  }
  return {
    submit: (submission, question) =>
      new Promise<Outcome>((resolve, reject) => {
        queue.push({ ...submission, question, tries: 0, resolve, reject });
        running ??= Promise.resolve().then(drain);
      }),
    idle: async () => {
      while (running) await running;
    },
  };
}

async function runAlone(parts: BatchParts, waiting: Waiting): Promise<void> {
  for (let again: readonly Waiting[] = [waiting]; again[0]; ) again = await runBatch(parts, again);
}

/** One batch, whole: facts, decisions, one record. Returns what has to be decided again, each alone. */
async function runBatch(parts: BatchParts, batch: readonly Waiting[]): Promise<readonly Waiting[]> {
  try {
    await parts.prepare();
    const world = await parts.store.facts(join(...batch.map((w) => w.question)));
    const read = versionsOf(world);
    const now = parts.now();
    const { done, decided } = decideAll({ ...parts.facts, world }, batch, now);
    if (done.length < batch.length) return done.length > 0 ? await runBatch(parts, done) : [];
    return await write(parts, done, decided, () => recordingOf(world, read, done, decided));
  } catch (error) {
    for (const w of batch) w.reject(error);
    return [];
  }
}

// A command that fails by a bug fails alone: what it left half-done in the facts is not seen by its neighbors.
function decideAll(facts: Facts, batch: readonly Waiting[], now: Instant) {
  const done: Waiting[] = [];
  const decided: Decided[] = [];
  for (const w of batch) {
    try {
      decided.push(decideOne(facts, w, now));
      done.push(w);
    } catch (error) {
      w.reject(error);
    }
  }
  return { done, decided };
}

async function write(
  parts: BatchParts,
  batch: readonly Waiting[],
  decided: readonly Decided[],
  recording: () => Recording,
): Promise<readonly Waiting[]> {
  const what = recording();
  let seq: number | null = null;
  try {
    if (what.lines.length > 0) seq = await parts.store.record(what);
  } catch (error) {
    if (error instanceof Conflict) return afterConflict(parts, batch, decided, error);
    parts.doubted();
    if (error instanceof StoreUnavailable || batch.length === 1) throw error;
    return batch; // The store refused something of the batch: each goes again alone, and fails alone.
  }
  parts.committed(
    decided.flatMap((d) => d.events),
    what.changes,
    seq,
  );
  for (const [i, w] of batch.entries()) w.resolve((decided[i] as Decided).outcome);
  return [];
}

// Nothing was written. Whoever touched what moved goes round again alone; the neighbours go round together.
async function afterConflict(
  parts: BatchParts,
  batch: readonly Waiting[],
  decided: readonly Decided[],
  { ids }: Conflict,
): Promise<readonly Waiting[]> {
  await parts.conflicted?.();
  const moved = (i: number) =>
    ids.length === 0 || decided[i]?.touches.some((t) => ids.includes(t.id) || ids.includes(keyOf(t)));
  const touched = batch.filter((_, i) => moved(i));
  const alone = touched.length > 0 ? touched : batch;
  const rest = batch.filter((w) => !alone.includes(w));
  const again = alone.flatMap((w) => retried(w));
  return [...(rest.length > 0 ? await runBatch(parts, rest) : []), ...again];
}

function retried(w: Waiting): readonly Waiting[] {
  if (w.tries < TRIES) return [{ ...w, tries: w.tries + 1 }];
  w.reject(new Busy('the same thing is being changed by others; try again'));
  return [];
}
