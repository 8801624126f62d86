import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { SYSTEM } from '../../src/core/actor.ts';
import type { Command } from '../../src/core/command.ts';
import { principalId, scheduleId } from '../../src/core/values.ts';
import { does, person, place } from '../../test/life/racing.ts';
import { type Replica, replicaOn } from '../../test/life/replica.ts';
import * as the from '../../test/store/samples.ts';
import { DEBIAN_15, hasDebian15, testPostgres } from '../../test/store/testPostgres.ts';

/**
 * How long it takes, in milliseconds, from the answer of one replica until a check at the other says yes: one figure for
 * each of so many people, with so many of them at a time. Both replicas share this process, so the figures are rather high.
 */
export async function seen(people: number, atATime: number): Promise<readonly number[]> {
  const server = await testPostgres(hasDebian15 ? DEBIAN_15 : undefined);
  const { connection } = await server.database();
  const a = await replicaOn(connection, { start: the.START });
  const b = await replicaOn(connection, { start: the.START });
  try {
    const ids = Array.from({ length: people }, () => principalId(randomUUID()));
    await does(a.engine, place(the.ROOT, null));
    await does(a.engine, place(the.SUBSCRIPTION, the.ROOT), ...ids.map((id) => person(id)));
    await b.engine.follower.catchUp();
    const waits: number[] = [];
    const queue = ids.values();
    const one = async () => {
      for (const id of queue) waits.push(await wait(a, b, id));
    };
    await Promise.all(Array.from({ length: atATime }, one));
    return waits.toSorted((x, y) => x - y);
  } finally {
    await a.stop();
    await b.stop();
    await server.stop();
  }
}

async function wait(a: Replica, b: Replica, principal: ReturnType<typeof principalId>): Promise<number> {
  const asked = { plane: 'azure', principal, action: 'any/read', scope: the.SUBSCRIPTION } as const;
  await does(a.engine, grant(principal));
  const since = performance.now();
  while (!b.engine.check(asked).allowed) await turn();
  return performance.now() - since;
}

const grant = (principal: ReturnType<typeof principalId>): Command => ({
  type: 'grant',
  actor: SYSTEM,
  schedule: scheduleId(randomUUID()),
  holding: { plane: 'azure', role: the.READER, scope: the.SUBSCRIPTION, principal },
  principalKind: null,
  note: null,
  condition: null,
});

/** The value below which this part of the sorted figures lies. */
export const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
