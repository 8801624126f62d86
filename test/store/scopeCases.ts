import { expect } from 'vitest';
import { SYSTEM } from '../../src/core/actor.ts';
import { deleteScope } from '../../src/core/decide/deleteScope.ts';
import { scopeKey } from '../../src/core/values.ts';
import { Conflict, type Store } from '../../src/engine/ports.ts';
import { factsIn, fold, historian, recordingOf } from './history.ts';
import type { Cases } from './openStore.ts';
import * as the from './samples.ts';

const NOTHING = {
  principals: [],
  scopes: [],
  requests: [],
  schedules: [],
  policies: [],
  credentials: [],
  expired: [],
};
const VM = scopeKey(`${the.RESOURCES}/providers/x/vm/one`);
const ids = (entities: ReadonlyMap<string, unknown>): readonly string[] => [...entities.keys()].sort();
const estate = [
  the.scopePut(the.ROOT, null),
  the.scopePut(the.SUBSCRIPTION, the.ROOT),
  the.scopePut(the.RESOURCES, the.SUBSCRIPTION),
  the.scopePut(the.BESIDE, the.SUBSCRIPTION),
  the.scopePut(VM, the.RESOURCES),
];
const order = { type: 'deleteScope', plane: 'azure', scope: the.RESOURCES, actor: SYSTEM } as const;

/** What is deleted while somebody else writes into it, as the events of the one and of the other. */
const meanwhile = {
  'a schedule in it': the.made(the.schedule(1), { scope: VM }),
  'a waiting request': the.requested(the.request(2), { scope: the.RESOURCES }),
  'a scope in it': the.scopePut(scopeKey(`${VM}/disk/two`), the.RESOURCES),
};

export const SCOPES: Cases<Store> = {
  'below a scope is what hangs on it and what its path contains, and nothing whose name only begins like it':
    async (store) => {
      await historian(store).happens(...estate);
      const below = async (key: typeof VM) => ids((await store.facts({ ...NOTHING, below: [key] })).scope);
      expect(await below(the.RESOURCES)).toEqual([the.RESOURCES, VM].sort());
      expect(await below(the.ROOT)).toEqual(
        estate.map((e) => (e.type === 'scopePut' ? e.scope.key : '')).sort(),
      );
    },

  'a scope that is to be emptied brings what is held, waited for and ruled in it': async (store) => {
    const policy = {
      plane: 'azure' as const,
      role: the.READER,
      rules: [],
      changedBy: null,
      changedAt: null,
      version: 1,
    };
    await historian(store).happens(
      the.made(the.schedule(1), { scope: VM }),
      the.made(the.schedule(2), { scope: the.BESIDE }),
      the.made(the.schedule(3), { scope: the.RESOURCES, announced: 'end', end: the.at(1) }),
      the.requested(the.request(4), { scope: the.RESOURCES }),
      the.requested(the.request(5), { scope: the.BESIDE }),
      the.requested(the.request(6), { scope: VM, state: 'denied' }),
      { type: 'policyChanged', at: the.START, policy: { ...policy, scope: VM } },
      { type: 'policyChanged', at: the.START, policy: { ...policy, scope: the.BESIDE } },
    );
    const world = await store.facts({ ...NOTHING, emptied: [the.RESOURCES] });
    expect(ids(world.schedule)).toEqual([the.schedule(1)]);
    expect(ids(world.request)).toEqual([the.request(4)]);
    expect([...world.policy.values()].map((p) => p.scope)).toEqual([VM]);
  },

  'INV-U1: what was deleted is still in the tables, as the log folds, and its name may be used again': async (
    store,
  ) => {
    const life = historian(store);
    await life.happens(...estate, the.made(the.schedule(1), { scope: VM }));
    await life.command(order, the.at(5));
    const { world } = await store.everything();
    expect(world.scope.get(VM)).toMatchObject({ deletedAt: the.at(5), version: 2 });
    expect(world.schedule.get(the.schedule(1))).toMatchObject({
      endReason: 'scopeDeleted',
      endedAt: the.at(5),
    });
    expect(await fold(store)).toEqual(world);
    const { deletedAt: _, body: __, ...again } = world.scope.get(the.RESOURCES)!;
    await life.command({ type: 'putScope', plane: 'azure', actor: SYSTEM, scope: again }, the.at(6));
    expect((await store.everything()).world.scope.get(the.RESOURCES)).toMatchObject({
      deletedAt: null,
      createdAt: the.at(6),
      version: 3,
    });
  },

  'INV-L1: a scope is not deleted when somebody has put something into it since it was read': async (
    store,
  ) => {
    const life = historian(store);
    await life.happens(...estate);
    for (const [i, [what, event]] of Object.entries(meanwhile).entries()) {
      const then = (minute: number) => the.at(minute + 10 * i);
      const before = life.world();
      const decision = deleteScope(factsIn(before), order, then(5));
      if (!decision.ok) throw new Error('refused');
      const { recording } = recordingOf(before, decision.events);
      await life.happens({ ...event, at: then(5) });
      await expect(store.record(recording), what).rejects.toBeInstanceOf(Conflict);
      const found = await life.command(order, then(6));
      expect(found.ok && found.events.length, what).toBeGreaterThan(2);
      await life.happens(...estate.slice(2).map((e) => ({ ...revived(e, life.world()), at: then(7) })));
    }
  },
};

function revived(event: (typeof estate)[number], world: ReturnType<ReturnType<typeof historian>['world']>) {
  if (event.type !== 'scopePut') return event;
  const version = (world.scope.get(event.scope.key)?.version ?? 0) + 1;
  return { ...event, scope: { ...event.scope, version } };
}
