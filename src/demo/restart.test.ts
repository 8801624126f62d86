import { describe, expect, test } from 'vitest';
import { modelStore } from '../../test/sim/modelStore.ts';
import { live } from '../core/schedule.ts';
import { days, instant } from '../core/values.ts';
import { type Store, StoreUnavailable } from '../engine/ports.ts';
import { role } from '../engine/roles.ts';
import { ADMINISTRATOR } from './applications.ts';
import { NOW, startDemo } from './demo.fixture.ts';

/** A store that goes away for good after so many writes, as after a kill -9. */
function cutAfter(store: Store, writes: number): Store {
  let left = writes;
  return {
    ...store,
    record: async (recording) => {
      if (left-- <= 0) throw new StoreUnavailable('the power is gone');
      return store.record(recording);
    },
  };
}

describe('a demo tenant whose secrets were lost', () => {
  test('gets new ones, and keeps everything else', async () => {
    const store = modelStore();
    await startDemo(store, role);
    const before = (await store.everything()).world;
    const { secrets } = await startDemo(store, role);
    const after = (await store.everything()).world;
    expect({ ...after, credential: null }).toEqual({ ...before, credential: null });
    expect(after.credential.size).toBe(before.credential.size);
    expect(await store.verifiers(ADMINISTRATOR.id, 'secret')).toEqual([`hash of ${secrets.clientSecret}`]);
  });
});

describe('a demo tenant cut short', () => {
  test('INV-U1: becomes the same world at the next start, wherever the first one was killed', {
    timeout: 120_000,
  }, async () => {
    const whole = modelStore();
    let writes = 0;
    const counted: Store = {
      ...whole,
      record: (recording) => {
        writes += 1;
        return whole.record(recording);
      },
    };
    await startDemo(counted, role);
    const expected = (await whole.everything()).world;
    const cuts = [
      ...Array(8).keys(),
      ...Array.from({ length: 12 }, (_, i) => 8 + Math.floor((i * (writes - 8)) / 11)),
    ];
    for (const cut of new Set(cuts.filter((n) => n < writes))) {
      const store = modelStore();
      await expect(startDemo(cutAfter(store, cut), role)).rejects.toThrow('the power is gone');
      await startDemo(store, role);
      expect((await store.everything()).world, `cut after ${cut} of ${writes} writes`).toEqual(expected);
    }
  });

  test('is completed days later in its own calendar, and nothing that ended meanwhile is in force', async () => {
    const store = modelStore();
    await expect(startDemo(cutAfter(store, 60), role)).rejects.toThrow('the power is gone');
    const later = instant(NOW + days(5));
    await startDemo(store, role, null, later);
    const { world } = await store.everything();
    expect([...world.request.values()].filter((r) => r.state === 'pendingApproval')).toEqual([]);
    expect([...world.schedule.values()].filter((s) => s.activatedFrom !== null && live(s, later))).toEqual(
      [],
    );
    expect((await store.linesAfter(0, 100_000)).filter((l) => l.event.type === 'refused')).toEqual([]);
  });

  test('is not written into a store that has seen another time', async () => {
    const store = modelStore();
    const late: Store = { ...store, highWater: async () => NOW };
    await expect(startDemo(late, role)).rejects.toThrow('first thing a store sees');
  });
});
