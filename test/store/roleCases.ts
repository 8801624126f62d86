import { expect } from 'vitest';
import { SYSTEM } from '../../src/core/actor.ts';
import { roleKey } from '../../src/core/values.ts';
import type { World } from '../../src/core/world.ts';
import { Conflict, type FactsQuestion, type Store } from '../../src/engine/ports.ts';
import { fold, historian, recordingOf } from './history.ts';
import type { Cases } from './openStore.ts';
import * as the from './samples.ts';

const NOTHING: FactsQuestion = {
  principals: [],
  scopes: [],
  requests: [],
  schedules: [],
  policies: [],
  credentials: [],
  expired: [],
};
const facts = (store: Store, question: Partial<FactsQuestion>): Promise<World> =>
  store.facts({ ...NOTHING, ...question });
const ids = (entities: ReadonlyMap<string, unknown>): readonly string[] => [...entities.keys()].sort();
const OTHER = roleKey('custom-2');
const removed = (role = the.CUSTOM) =>
  ({ type: 'roleRemoved', role, by: the.person(1), at: the.at(5) }) as const;

async function conflicts(store: Store, write: () => Promise<unknown>, moved: readonly string[]) {
  const before = await store.everything();
  const error = await write().then(
    () => expect.fail('it was written'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Conflict);
  expect((error as Conflict).ids).toEqual(moved);
  expect(await store.everything()).toEqual(before);
}

export const ROLES: Cases<Store> = {
  'roles and deny assignments are there field by field, and access starts from those that were not removed':
    async (store) => {
      const { happens, world } = historian(store);
      await happens(
        the.roleDefined(the.CUSTOM),
        the.roleDefined(OTHER),
        the.denied(1, the.SUBSCRIPTION),
        the.denied(2, the.RESOURCES, { principals: [the.person(1)], scopeOnly: true }),
        removed(OTHER),
        {
          type: 'denyAssignmentRemoved',
          denyAssignment: the.denial(2, the.ROOT).id,
          by: the.person(2),
          at: the.at(5),
        },
      );
      expect((await store.everything()).world).toEqual(world());
      const { world: start } = await store.accessState();
      expect([ids(start.role), ids(start.denyAssignment)]).toEqual([
        [the.CUSTOM],
        [the.denial(1, the.ROOT).id],
      ]);
    },

  'a custom role is found by its key, by its name in any case, and with what is held in it': async (
    store,
  ) => {
    const { happens } = historian(store);
    await happens(
      the.roleDefined(the.CUSTOM, { name: 'Patch Crew' }),
      the.roleDefined(OTHER),
      the.made(the.schedule(1), { role: OTHER }),
    );
    expect(ids((await facts(store, { roles: [the.CUSTOM] })).role)).toEqual([the.CUSTOM]);
    expect(ids((await facts(store, { roleNames: ['patch crew'] })).role)).toEqual([the.CUSTOM]);
    const held = { principals: [the.person(1)], scopes: [the.SUBSCRIPTION] };
    expect(ids((await facts(store, held)).role)).toEqual([OTHER]);
  },

  'of the uses of a role one of each kind at each scope is told, and nothing that is over': async (store) => {
    const role = the.CUSTOM;
    await historian(store).happens(
      the.made(the.schedule(3), { role }),
      the.made(the.schedule(2), { role, principal: the.person(2) }),
      the.made(the.schedule(4), { role, scope: the.RESOURCES, kind: 'eligibility' }),
      the.made(the.schedule(1), { role, announced: 'end', end: the.at(1) }),
      the.requested(the.request(7), { role }),
      the.requested(the.request(6), { role, state: 'denied' }),
    );
    const found = await facts(store, { roleUses: [role] });
    expect(ids(found.schedule)).toEqual([the.schedule(2), the.schedule(4)]);
    expect(ids(found.request)).toEqual([the.request(7)]);
  },

  'INV-Z9: whoever holds an administrator’s role at a scope or above is known, with who they are': async (
    store,
  ) => {
    const role = roleKey('owner');
    await historian(store).happens(
      the.scopePut(the.ROOT, null),
      the.scopePut(the.SUBSCRIPTION, the.ROOT),
      ...[1, 2, 3].map((n) => the.principalPut(the.person(n))),
      the.made(the.schedule(1), { role, scope: the.ROOT, principal: the.person(1) }),
      the.made(the.schedule(2), { role, scope: the.RESOURCES, principal: the.person(2) }),
      the.made(the.schedule(3), { role, kind: 'eligibility', principal: the.person(3) }),
    );
    const found = await facts(store, { scopes: [the.SUBSCRIPTION], holdersOf: [role] });
    expect([ids(found.schedule), ids(found.principal)]).toEqual([[the.schedule(1)], [the.person(1)]]);
  },

  'a scope brings the deny assignments at it and above, and none that was removed': async (store) => {
    await historian(store).happens(
      the.scopePut(the.ROOT, null),
      the.scopePut(the.SUBSCRIPTION, the.ROOT),
      the.denied(1, the.ROOT),
      the.denied(2, the.SUBSCRIPTION, { removedAt: the.at(1) }),
      the.denied(3, the.BESIDE),
    );
    const found = await facts(store, { scopes: [the.SUBSCRIPTION] });
    expect(ids(found.denyAssignment)).toEqual([the.denial(1, the.ROOT).id]);
    const named = await facts(store, { denyAssignments: [the.denial(2, the.ROOT).id] });
    expect(ids(named.denyAssignment)).toEqual([the.denial(2, the.ROOT).id]);
  },

  'INV-L1: a role that moved is not written, and two roles of one name never stand together': async (
    store,
  ) => {
    const { happens, world } = historian(store);
    await happens(the.roleDefined(the.CUSTOM, { name: 'Crew' }));
    const stale = world();
    await happens(the.roleDefined(the.CUSTOM, { name: 'Crew', description: 'changed', version: 2 }));
    const late = recordingOf(stale, [the.roleDefined(the.CUSTOM, { name: 'Crew', version: 2 })]);
    await conflicts(store, () => store.record(late.recording), [the.CUSTOM]);
    const double = recordingOf(world(), [the.roleDefined(OTHER, { name: 'CREW' })]);
    await conflicts(store, () => store.record(double.recording), []);
    await happens(removed());
    await happens({ ...the.roleDefined(OTHER, { name: 'CREW' }), at: the.at(5) });
  },

  'INV-Z2: a role is not removed when somebody got or asked for it meanwhile': async (store) => {
    const { happens, world } = historian(store);
    await happens(the.roleDefined(the.CUSTOM), the.roleDefined(OTHER));
    const stale = world();
    await happens(
      the.made(the.schedule(1), { role: the.CUSTOM }),
      the.requested(the.request(2), { role: OTHER }),
    );
    for (const role of [the.CUSTOM, OTHER]) {
      const late = recordingOf(stale, [removed(role)]);
      await conflicts(store, () => store.record(late.recording), [role]);
    }
  },

  'INV-Z2: a role stays assignable where somebody got or asked for it meanwhile': async (store) => {
    const { happens, world } = historian(store);
    await happens(
      the.scopePut(the.ROOT, null),
      the.scopePut(the.SUBSCRIPTION, the.ROOT),
      the.roleDefined(the.CUSTOM, { assignableScopes: [the.ROOT] }),
    );
    const stale = world();
    await happens(
      the.made(the.schedule(1), { role: the.CUSTOM, scope: the.RESOURCES }),
      the.requested(the.request(2), { role: the.CUSTOM, scope: the.BESIDE }),
    );
    const narrowed = (...assignableScopes: readonly string[]) =>
      recordingOf(stale, [the.roleDefined(the.CUSTOM, { assignableScopes, version: 2 })]).recording;
    for (const scopes of [[the.RESOURCES], [the.BESIDE], [`${the.RESOURCES}/x`, the.BESIDE]])
      await conflicts(store, () => store.record(narrowed(...scopes)), [the.CUSTOM]);
    await store.record(narrowed(the.RESOURCES, the.BESIDE));
  },

  'INV-U1: an assignment taken away and given again under its name has a line for each of its versions':
    async (store) => {
      const life = historian(store);
      await life.happens(the.principalPut(the.person(1)), the.principalPut(the.person(2)));
      const given = (n: number, scope = the.SUBSCRIPTION) =>
        life.command(
          {
            type: 'grant',
            actor: { id: the.person(9), kind: 'system', mfa: true, contexts: [] },
            schedule: the.schedule(1),
            holding: { plane: 'azure', role: the.READER, scope, principal: the.person(n) },
            note: null,
            principalKind: null,
            condition: null,
          },
          the.at(n),
        );
      expect((await given(1)).ok).toBe(true);
      await life.command({ type: 'withdraw', schedule: the.schedule(1), actor: SYSTEM }, the.at(1));
      expect((await given(2, the.RESOURCES)).ok).toBe(true);
      expect(await store.schedule(the.schedule(1))).toMatchObject({
        principal: the.person(2),
        scope: the.RESOURCES,
        start: the.at(2),
        endedAt: null,
        maker: the.person(9),
        announced: 'begin',
        version: 5,
      });
      expect(await fold(store)).toEqual(life.world());
      expect((await store.everything()).world).toEqual(life.world());
    },
};
