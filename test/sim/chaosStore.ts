import type { Recording, Store } from '../../src/engine/ports.ts';
import { Conflict, StoreUnavailable } from '../../src/engine/ports.ts';
import { type Chance, percent } from './chance.ts';

/** What waits to happen in the store; nothing happens before somebody delivers it. */
export interface Deliveries {
  add(run: () => Promise<void>): void;
  readonly waiting: number;
  /** Lets one of them happen, whichever chance picks. */
  deliver(chance: Chance): Promise<void>;
}

export function deliveries(): Deliveries {
  const queue: (() => Promise<void>)[] = [];
  return {
    add: (run) => void queue.push(run),
    get waiting() {
      return queue.length;
    },
    deliver: async (chance) => {
      const [run] = queue.splice(chance.below(queue.length), 1);
      await run?.();
    },
  };
}

export interface ChaosParts {
  readonly store: Store;
  readonly deliveries: Deliveries;
  readonly chance: Chance;
  /** How often something fails, in percent. */
  readonly failures: () => number;
  /** Told when a recording was written, acknowledged or not. */
  readonly wrote: (recording: Recording, acknowledged: boolean) => void;
}

/**
 * The store as a replica meets it on a bad day: answers come in any order, reads fail, and a write may fail before or after
 * it happened, or be told of a conflict that there was not.
 */
export function chaosStore({ store, deliveries: queue, chance, failures, wrote }: ChaosParts): Store {
  const later = <T>(run: () => Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => queue.add(() => run().then(resolve, reject)));
  const read =
    <A extends unknown[], T>(ask: (...args: A) => Promise<T>) =>
    (...args: A): Promise<T> =>
      later(async () => {
        if (percent(chance, failures())) throw new StoreUnavailable('a read failed');
        return ask(...args);
      });

  async function record(recording: Recording): Promise<number> {
    if (percent(chance, failures())) throw new StoreUnavailable('failed before it was written');
    if (percent(chance, failures())) throw new Conflict([]);
    const seq = await store.record(recording);
    const acknowledged = !percent(chance, failures());
    wrote(recording, acknowledged);
    if (!acknowledged) throw new StoreUnavailable('failed after it was written');
    return seq;
  }
  return {
    facts: read(store.facts),
    record: (recording) => later(() => record(recording)),
    due: read(store.due),
    nextDue: read(store.nextDue),
    highWater: read(store.highWater),
    linesAfter: read(store.linesAfter),
    everything: read(store.everything),
    accessState: read(store.accessState),
    request: read(store.request),
    schedule: read(store.schedule),
    policies: read(store.policies),
    schedules: read(store.schedules),
    requests: read(store.requests),
    principals: read(store.principals),
    scopes: read(store.scopes),
    verifiers: read(store.verifiers),
    credentials: read(store.credentials),
  };
}
