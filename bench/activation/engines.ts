import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { SelfActivate } from '../../src/core/command.ts';
import { duration, hours, instant, minutes } from '../../src/core/values.ts';
import { type SettableClock, settableClock } from '../../src/engine/clock.ts';
import { type Engine, engine } from '../../src/engine/engine.ts';
import type { Outcome } from '../../src/engine/outcome.ts';
import type { Recording, Store } from '../../src/engine/ports.ts';
import { role } from '../../src/engine/roles.ts';
import { planes } from '../../src/planes/index.ts';
import { connect } from '../../src/store/connect.ts';
import { postgresStore } from '../../src/store/postgres.ts';
import { drive } from '../callers.ts';
import { type Eligible, foundation } from './eligible.ts';

export type Submit = (command: SelfActivate) => Promise<Outcome>;

/** The product's engine on the product's store, with a clock that is turned by hand. */
export interface BenchEngine extends AsyncDisposable {
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: SettableClock;
}

const FACTS = {
  planes: planes({ activationFloor: minutes(5), groupCeiling: hours(24) }),
  role,
  settings: { removalFloor: duration(0) },
};
const ids = { guid: randomUUID };

export async function benchEngine(
  connection: pg.ClientConfig,
  people: readonly Eligible[],
): Promise<BenchEngine> {
  const store = postgresStore(connect({ connection }));
  const clock = settableClock(instant(Date.UTC(2026, 2, 3, 8)));
  const running = await engine({ store, clock, ids, facts: FACTS });
  for (const lot of foundation(people)) {
    await drive(256, lot, async (command) => {
      const outcome = await running.submit(command, ids.guid());
      if (!outcome.ok) throw new Error(`the estate was refused: ${JSON.stringify(outcome.refusals)}`);
    });
  }
  return { engine: running, store, clock, [Symbol.asyncDispose]: () => store.close() };
}

/** Every activation runs out, and the log says so: the next round finds the same eligibilities free again. */
export async function endAll({ engine, clock }: BenchEngine): Promise<void> {
  clock.set(instant(clock.now() + hours(2)));
  await engine.tick();
}

/** The same engine, whose callers wait for each other: no batch ever has two commands. */
export function batchesOfOne({ engine }: BenchEngine): Submit {
  let last: Promise<unknown> = Promise.resolve();
  return (command) => {
    const outcome = last.then(() => engine.submit(command, engine.ids.guid()));
    last = outcome.catch(() => {});
    return outcome;
  };
}

/** What the engine would have the store write for these commands, which is not written. */
export async function recordings(
  { store, clock }: BenchEngine,
  commands: readonly SelfActivate[],
): Promise<readonly Recording[]> {
  const kept: Recording[] = [];
  const keep = async (recording: Recording) => kept.push(recording);
  const deciding = await engine({ store: { ...store, record: keep }, clock, ids, facts: FACTS });
  await Promise.all(commands.map((command) => deciding.submit(command, ids.guid())));
  return kept;
}
