import { expect } from 'vitest';
import { SYSTEM } from '../../src/core/actor.ts';
import type { Instant } from '../../src/core/values.ts';
import { emptyWorld } from '../../src/core/world.ts';
import { Conflict, type Store } from '../../src/engine/ports.ts';
import { CORRELATION, historian, recordingOf } from './history.ts';
import type { Cases } from './openStore.ts';
import * as the from './samples.ts';

const refusedWith = async (
  store: Store,
  write: () => Promise<unknown>,
  ids: readonly string[],
): Promise<void> => {
  const before = await store.everything();
  const error = await write().then(
    () => expect.fail('it was written'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Conflict);
  expect((error as Conflict).ids).toEqual(ids);
  expect(await store.everything()).toEqual(before);
};

export const RECORD: Cases<Store> = {
  'what was written is there, field by field, with its line and its change number': async (store) => {
    const { happens, world } = historian(store);
    const instants = { end: the.at(90), endedAt: the.at(80), endReason: 'removed' } as const;
    expect(await happens(the.requested(the.request(1)), the.made(the.schedule(2), instants))).toBe(2);
    expect(await store.request(the.request(1))).toEqual(world().request.get(the.request(1)));
    expect(await store.schedule(the.schedule(2))).toEqual(world().schedule.get(the.schedule(2)));
    const [line] = await store.linesAfter(1, 10);
    expect(line).toEqual({
      seq: 2,
      event: the.made(the.schedule(2), instants),
      actor: SYSTEM.id,
      correlation: CORRELATION,
      entity: { kind: 'schedule', id: the.schedule(2), version: 1 },
    });
  },

  'INV-L1: a batch whose one row has moved writes none of its rows and says which moved': async (store) => {
    const { happens, world } = historian(store);
    await happens(the.scopePut(the.ROOT, null), the.requested(the.request(1)));
    const stale = world();
    await happens(the.scopePut(the.ROOT, null, 2));
    const batch = recordingOf(stale, [
      the.made(the.schedule(5)),
      { type: 'requestMoved', request: the.request(1), to: 'denied', schedule: null, at: the.at(1) },
      the.scopePut(the.ROOT, null, 2),
    ]);
    await refusedWith(store, () => store.record(batch.recording), [the.ROOT]);
  },

  'INV-L1: what is there already is not made again': async (store) => {
    await historian(store).happens(the.made(the.schedule(1)));
    const again = recordingOf(emptyWorld(), [the.made(the.schedule(1), { role: 'owner' as never })]);
    await refusedWith(store, () => store.record(again.recording), [the.schedule(1)]);
  },

  'INV-L1: what is not there is not changed': async (store) => {
    const elsewhere = recordingOf(emptyWorld(), [the.scopePut(the.ROOT, null)]).after;
    const change = recordingOf(elsewhere, [the.scopePut(the.ROOT, null, 2)]);
    await refusedWith(store, () => store.record(change.recording), [the.ROOT]);
  },

  'INV-A7: a batch that relies on a version is not written when that moved, nor when something came to be':
    async (store) => {
      const { happens, world } = historian(store);
      await happens(the.scopePut(the.ROOT, null));
      const { recording } = recordingOf(world(), [the.made(the.schedule(1))]);
      const relying = (id: string, version: number) =>
        store.record({ ...recording, relies: [{ kind: 'scope', id, version }] });
      await refusedWith(store, () => relying(the.ROOT, 2), [the.ROOT]);
      await refusedWith(store, () => relying(the.ROOT, 0), [the.ROOT]);
      await refusedWith(store, () => relying(the.SUBSCRIPTION, 1), [the.SUBSCRIPTION]);
      expect(
        await store.record({
          ...recording,
          relies: [
            { kind: 'scope', id: the.ROOT, version: 1 },
            { kind: 'scope', id: the.SUBSCRIPTION, version: 0 },
          ],
        }),
      ).toBe(2);
    },

  'INV-L4: a second open schedule of one holding that overlaps the first is refused': async (store) => {
    const { happens, world } = historian(store);
    await happens(the.made(the.schedule(1), { end: the.at(60) }));
    const lastMillisecond = (the.at(60) - 1) as Instant;
    for (const period of [
      { start: the.at(-10), end: null },
      { start: the.at(10), end: the.at(11) },
      { start: lastMillisecond, end: the.at(90) },
    ]) {
      const second = recordingOf(world(), [the.made(the.schedule(2), period)]);
      await refusedWith(store, () => store.record(second.recording), []);
    }
  },

  'INV-L4: what touches, ended early, is history, is empty or is another holding does not overlap': async (
    store,
  ) => {
    const { happens } = historian(store);
    const first = { start: the.START, end: the.at(60) };
    await happens(the.made(the.schedule(1), { ...first, endedAt: the.at(30) }));
    await happens(the.made(the.schedule(2), { start: the.at(30), end: the.at(60) }));
    await happens(the.made(the.schedule(3), { start: the.at(60), end: null }));
    await happens(the.made(the.schedule(4), { ...first, announced: 'end' }));
    await happens(the.made(the.schedule(5), { start: the.at(70), end: null, endedAt: the.at(65) }));
    await happens(the.made(the.schedule(6), { ...first, kind: 'eligibility' }));
    await happens(the.made(the.schedule(7), { ...first, principal: the.person(2) }));
    expect((await store.everything()).world.schedule.size).toBe(7);
  },

  'INV-L4: one batch may end a schedule and begin the next of the same holding': async (store) => {
    const { happens } = historian(store);
    await happens(the.made(the.schedule(1)));
    const ended = {
      type: 'accessEnded',
      schedule: the.schedule(1),
      reason: 'removed',
      at: the.at(5),
    } as const;
    await happens(the.made(the.schedule(2), { start: the.at(5) }), ended);
    expect((await store.accessState()).world.schedule.has(the.schedule(2))).toBe(true);
  },

  'INV-T6: an eligibility is not ended beside an activation of it, or a request that waits for it, that came meanwhile':
    async (store) => {
      const { happens, world } = historian(store);
      const meanwhile = [
        (id: number) => the.requested(the.request(100 + id), { uses: the.schedule(id) }),
        (id: number) =>
          the.made(the.schedule(100 + id), { activatedFrom: the.schedule(id), end: the.at(60) }),
      ];
      for (const [id, opened] of meanwhile.entries()) {
        await happens(the.made(the.schedule(id), { kind: 'eligibility', principal: the.person(id) }));
        const stale = world();
        await happens(opened(id));
        const { recording } = recordingOf(stale, [
          { type: 'accessEnded', schedule: the.schedule(id), reason: 'removed', at: the.at(5) },
        ]);
        await refusedWith(store, () => store.record(recording), [the.schedule(id)]);
      }
    },

  'INV-T6: an eligibility is not shortened beside an activation of it that came meanwhile': async (store) => {
    const { happens, world } = historian(store);
    const [eligibility, activation] = [the.schedule(1), the.schedule(2)];
    await happens(the.made(eligibility, { kind: 'eligibility', end: the.at(90) }));
    const stale = world();
    await happens(the.made(activation, { activatedFrom: eligibility, end: the.at(60) }));
    const shorten = (end: number) =>
      recordingOf(stale, [
        {
          type: 'scheduleRescheduled',
          schedule: eligibility,
          start: the.START,
          end: the.at(end),
          at: the.at(5),
        },
      ]).recording;
    await refusedWith(store, () => store.record(shorten(59)), [eligibility]);
    await store.record(shorten(60));
    expect(await store.schedule(eligibility)).toMatchObject({ start: the.START, end: the.at(60) });
  },

  'a schedule is not ended beside a request to extend it that came meanwhile': async (store) => {
    const { happens, world } = historian(store);
    await happens(the.made(the.schedule(1)));
    const stale = world();
    const waits = { state: 'pendingAdminDecision', action: 'selfExtend', schedule: the.schedule(1) } as const;
    await happens(the.requested(the.request(2), waits));
    const { recording } = recordingOf(stale, [
      { type: 'accessEnded', schedule: the.schedule(1), reason: 'removed', at: the.at(5) },
    ]);
    await refusedWith(store, () => store.record(recording), [the.schedule(1)]);
  },

  'INV-T6: an activation that was over before its eligibility was ended is in nobody’s way': async (
    store,
  ) => {
    const { happens } = historian(store);
    const activatedFrom = the.schedule(1);
    await happens(the.made(activatedFrom, { kind: 'eligibility' }));
    await happens(the.made(the.schedule(2), { activatedFrom, end: the.at(5) }));
    await happens({ type: 'accessEnded', schedule: activatedFrom, reason: 'removed', at: the.at(5) });
    expect((await store.schedule(activatedFrom))?.endedAt).toBe(the.at(5));
  },

  'INV-L8: nobody is disabled beside a request of theirs that came meanwhile': async (store) => {
    const { happens, world } = historian(store);
    await happens(the.principalPut(the.person(1)));
    const stale = world();
    await happens(the.requested(the.request(2)));
    const disabled = recordingOf(stale, [the.principalPut(the.person(1), { enabled: false, version: 2 })]);
    await refusedWith(store, () => store.record(disabled.recording), [the.person(1)]);
  },

  'INV-U1: a batch whose lines and rows disagree is refused as the bug it is': async (store) => {
    const { recording } = recordingOf(emptyWorld(), [the.scopePut(the.ROOT, null)]);
    const [change] = recording.changes;
    await expect(store.record({ ...recording, lines: [] })).rejects.toThrow('bug');
    await expect(store.record({ ...recording, changes: [] })).rejects.toThrow('bug');
    await expect(store.record({ ...recording, changes: [{ ...change!, base: 1 }] })).rejects.toThrow('bug');
    expect(await store.everything()).toEqual({ world: emptyWorld(), seq: 0 });
  },

  'INV-L2: of two that take a request out of its state at the same time exactly one wins': async (store) => {
    const { happens, world } = historian(store);
    const races = Array.from({ length: 200 }, (_, n) => the.request(n));
    await happens(...races.map((id) => the.requested(id)));
    const to = (id: (typeof races)[number], state: 'denied' | 'canceled') =>
      store.record(
        recordingOf(world(), [
          { type: 'requestMoved', request: id, to: state, schedule: null, at: the.at(1) },
        ]).recording,
      );
    for (const id of races) {
      const [a, b] = await Promise.allSettled([to(id, 'denied'), to(id, 'canceled')]);
      expect([a.status, b.status].sort()).toEqual(['fulfilled', 'rejected']);
      expect((await store.request(id))?.state).toBe(a.status === 'fulfilled' ? 'denied' : 'canceled');
      const lost = a.status === 'rejected' ? a : b;
      expect(lost.status === 'rejected' && lost.reason).toBeInstanceOf(Conflict);
    }
    expect((await store.everything()).seq).toBe(400);
  },

  'verifiers are kept beside the state, replaced with their credential, and never in the log': async (
    store,
  ) => {
    const credential = {
      id: 'c',
      principal: the.person(1),
      kind: 'secret',
      recognizedBy: null,
      createdAt: the.START,
      version: 1,
    } as const;
    const add = (before: typeof credential | null, verifier: string) => {
      const version = (before?.version ?? 0) + 1;
      const entity = { ...credential, version };
      return store.record({
        changes: [{ kind: 'credential', id: 'c', base: version - 1, entity }],
        relies: [],
        verifiers: [{ credential: 'c', verifier }],
        lines: [
          {
            event: { type: 'credentialAdded', credential: entity, at: the.START },
            actor: SYSTEM.id,
            correlation: CORRELATION,
            entity: { kind: 'credential', id: 'c', version },
          },
        ],
      });
    };
    await add(null, 'first-hash');
    await add(credential, 'second-hash');
    expect(await store.verifiers(the.person(1), 'secret')).toEqual(['second-hash']);
    expect(await store.verifiers(the.person(1), 'password')).toEqual([]);
    expect(JSON.stringify(await store.linesAfter(0, 10))).not.toContain('hash');
  },
};
