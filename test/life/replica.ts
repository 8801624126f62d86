import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { duration, type Instant, minutes } from '../../src/core/values.ts';
import { type SettableClock, settableClock } from '../../src/engine/clock.ts';
import { type Engine, engine } from '../../src/engine/engine.ts';
import { planes } from '../../src/planes/index.ts';
import { connect } from '../../src/store/connect.ts';
import { type Ear, type Hearers, listen } from '../../src/store/listen.ts';
import { postgresStore } from '../../src/store/postgres.ts';
import { factsIn } from '../store/history.ts';

/** An engine on a store it shares with others, as a server runs one, without the server. */
export interface Replica {
  readonly engine: Engine;
  readonly clock: SettableClock;
  readonly ear: Ear;
  readonly pool: pg.Pool;
  stop(): Promise<void>;
}

export interface ReplicaOptions {
  readonly start: Instant;
  /** How the machine's clock compares with the store's; absent: as it is. */
  readonly clockErrorMs?: () => number | null;
  readonly timeoutMs?: number;
}

export async function replicaOn(
  connection: pg.ClientConfig,
  { start, clockErrorMs, timeoutMs = 10_000 }: ReplicaOptions,
): Promise<Replica> {
  const pool = connect({ connection, connectionsMax: 4, timeoutMs });
  const clock = settableClock(start);
  let hearers: Hearers | null = null;
  const ear = await listen({ connection, pool, hearers: () => hearers });
  const running = await engine({
    store: postgresStore(pool),
    clock,
    ids: { guid: randomUUID },
    facts: {
      ...factsOf(),
      planes: planes({ activationFloor: duration(0), groupCeiling: minutes(480) }),
    },
    peers: {
      monotonic: () => performance.now(),
      boundMs: ear.boundMs,
      clockErrorMs: clockErrorMs ?? ear.clockErrorMs,
    },
  });
  hearers = running.follower;
  const stop = async () => {
    await running.idle();
    await ear.stop();
    if (!pool.ended) await pool.end();
  };
  return { engine: running, clock, ear, pool, stop };
}

function factsOf() {
  const { world: _none, ...facts } = factsIn({} as never);
  return facts;
}
