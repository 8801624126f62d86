import { describe, expect, test } from 'vitest';
import { begin } from '../../test/sim/begin.ts';
import { ANIKA, eligible, estate, guid, RAVI, RULES, T0, TARGETS } from '../../test/sim/estate.ts';
import { modelStore } from '../../test/sim/modelStore.ts';
import { activate, lasting } from '../../test/sim/orders.ts';
import type { Command } from '../core/command.ts';
import { hours } from '../core/values.ts';
import { engine } from './engine.ts';
import { Conflict, type Recording, type Store, StoreUnavailable } from './ports.ts';

const HOUR = lasting(hours(1));

/** An engine on the model of the store, where `record` may be told to do something else first. */
async function started(beforeRecord: (r: Recording, store: Store) => Promise<void> = async () => {}) {
  const store = modelStore();
  await begin(store, estate(eligible(TARGETS.azure, RAVI), eligible(TARGETS.azure, ANIKA)));
  const record: Store['record'] = async (r) => {
    await beforeRecord(r, store);
    return store.record(r);
  };
  let made = 0;
  const ids = { guid: () => guid(++made, 0x9) };
  const clock = { now: () => T0 };
  const e = await engine({ store: { ...store, record }, clock, ids, facts: RULES });
  const submit = (...all: Command[]) => Promise.allSettled(all.map((cmd) => e.submit(cmd, guid(0))));
  return { store, e, submit };
}
const statuses = (all: readonly PromiseSettledResult<unknown>[]) => all.map((r) => r.status);
const writes = (r: Recording, cmd: Command) => 'id' in cmd && r.changes.some((c) => c.id === cmd.id);

describe('commands that wait together', () => {
  const [ravis, anikas] = [activate(RAVI, TARGETS.azure, HOUR), activate(ANIKA, TARGETS.azure, HOUR)];

  test('are written together, in one recording', async () => {
    const sizes: number[] = [];
    const { submit } = await started(async (r) => void sizes.push(r.changes.length));
    expect(await submit(ravis, anikas)).toMatchObject([{ value: { ok: true } }, { value: { ok: true } }]);
    expect(sizes).toEqual([4]);
  });

  test('do not fail with one that fails by a bug', async () => {
    const trap = {
      ...ravis,
      actor: {
        ...ravis.actor,
        get mfa(): boolean {
          throw new Error('bug');
        },
      },
    };
    const { submit, store } = await started();
    expect(statuses(await submit(trap, anikas))).toEqual(['rejected', 'fulfilled']);
    expect((await store.everything()).world.request.size).toBe(1);
  });

  test('do not fail with one that the store refuses', async () => {
    const { submit } = await started(async (r) => {
      if (writes(r, ravis)) throw new Error('a text the store does not take');
    });
    expect(statuses(await submit(ravis, anikas))).toEqual(['rejected', 'fulfilled']);
  });

  test('all fail when the store is away, and all are made when they are sent again', async () => {
    let away = true;
    const { submit, store } = await started(async () => {
      if (away) throw new StoreUnavailable('away');
    });
    expect(statuses(await submit(ravis, anikas))).toEqual(['rejected', 'rejected']);
    away = false;
    expect(await submit(ravis, anikas)).toMatchObject([
      { value: { replayed: false } },
      { value: { replayed: false } },
    ]);
    expect((await store.everything()).world.request.size).toBe(2);
  });

  test('INV-L1: go round again when others were quicker, the neighbors without waiting for them', async () => {
    const orders: string[][] = [];
    const { submit } = await started(async (r) => {
      orders.push(r.changes.filter((c) => c.kind === 'request').map((c) => c.id));
      if (orders.length === 1) throw new Conflict([ravis.id]);
    });
    expect(statuses(await submit(ravis, anikas))).toEqual(['fulfilled', 'fulfilled']);
    expect(orders).toEqual([[ravis.id, anikas.id], [anikas.id], [ravis.id]]);
  });

  test('give up when others are always quicker', async () => {
    const { submit } = await started(async () => {
      throw new Conflict([]);
    });
    expect(statuses(await submit(ravis))).toEqual(['rejected']);
  });
});

test('INV-L5: a write that failed after it happened is found when the same is asked again, and its access is known', async () => {
  const cmd = activate(RAVI, TARGETS.azure, HOUR);
  let once = true;
  const { submit, e } = await started(async (r, store) => {
    if (!once) return;
    once = false;
    await store.record(r);
    throw new StoreUnavailable('after it was written');
  });
  expect(statuses(await submit(cmd))).toEqual(['rejected']);
  await e.tick();
  const question = { principal: RAVI, plane: 'azure', action: 'x/read', scope: TARGETS.azure.scope } as const;
  expect(e.check(question).allowed).toBe(true);
  expect(await submit(cmd)).toMatchObject([
    { value: { ok: true, replayed: true, request: { state: 'provisioned' } } },
  ]);
});
