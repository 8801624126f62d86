import type { Instant } from '../../src/core/values.ts';
import type { Engine, engine as product } from '../../src/engine/engine.ts';
import type { Store } from '../../src/engine/ports.ts';
import type { Chance } from './chance.ts';
import { chaosStore, type Deliveries } from './chaosStore.ts';
import { guid, RULES } from './estate.ts';

/** What all replicas share. */
export interface Surroundings {
  readonly engine: typeof product;
  readonly store: Store;
  readonly deliveries: Deliveries;
  readonly chance: Chance;
  readonly failures: () => number;
  readonly now: () => Instant;
  /** The change number the simulation has looked at. */
  readonly seen: () => number;
  readonly wrote: (by: Replica, acknowledged: boolean) => void;
}

/** One process. A crash leaves it behind, with writes that may still be on their way; another takes its place. */
export interface Replica {
  /** Null until it has started. */
  engine: Engine | null;
  /** Whether its index has been told all that was written. */
  current: boolean;
}

export function startReplica(all: Surroundings): Replica {
  const self: Replica = { engine: null, current: false };
  const { deliveries, chance, failures } = all;
  const wrote = (_recording: unknown, acknowledged: boolean) => all.wrote(self, acknowledged);
  const chaos = chaosStore({ store: all.store, deliveries, chance, failures, wrote });
  const accessState: Store['accessState'] = async () => {
    const state = await chaos.accessState();
    self.current = state.seq === all.seen();
    return state;
  };
  let made = 0;
  const ids = { guid: () => guid(++made, 0xf) };
  all.engine({ store: { ...chaos, accessState }, clock: { now: all.now }, ids, facts: RULES }).then(
    (engine) => {
      self.engine = engine;
    },
    () => undefined, // It could not read; the next step starts another.
  );
  return self;
}
