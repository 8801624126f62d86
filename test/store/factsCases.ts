import { expect } from 'vitest';
import { roleKey, scopeKey } from '../../src/core/values.ts';
import type { World } from '../../src/core/world.ts';
import type { FactsQuestion, Store } from '../../src/engine/ports.ts';
import { historian } from './history.ts';
import type { Cases } from './openStore.ts';
import * as the from './samples.ts';

const NOTHING: FactsQuestion = {
  principals: [],
  scopes: [],
  requests: [],
  schedules: [],
  expired: [],
  policies: [],
  credentials: [],
};
const ids = (entities: ReadonlyMap<string, unknown>): readonly string[] => [...entities.keys()].sort();

const facts = async (store: Store, question: Partial<FactsQuestion>): Promise<World> =>
  store.facts({ ...NOTHING, ...question });

export const FACTS: Cases<Store> = {
  'somebody brings along every group they are in, through groups of groups and around circles': async (
    store,
  ) => {
    const { happens } = historian(store);
    await happens(
      the.principalPut(the.person(1)),
      ...[1, 2, 3, 4].map((n) => the.principalPut(the.group(n), { kind: 'group' })),
    );
    await happens(
      the.member(the.schedule(1), the.person(1), the.group(1)),
      the.member(the.schedule(2), the.group(1), the.group(2)),
      the.member(the.schedule(3), the.group(2), the.group(1)),
      the.member(the.schedule(4), the.person(1), the.group(3), { announced: 'end', end: the.START }),
      the.member(the.schedule(5), the.person(1), the.group(4), { kind: 'eligibility' }),
      the.member(the.schedule(6), the.person(1), the.group(4), { role: roleKey('owner') }),
    );
    const world = await facts(store, { principals: [the.person(1)] });
    expect(ids(world.principal)).toEqual([the.person(1), the.group(1), the.group(2)]);
    expect(ids(world.schedule)).toEqual([the.schedule(1), the.schedule(2), the.schedule(3)]);
  },

  'what they and their groups hold at the scopes and above comes along, and nothing from beside or below':
    async (store) => {
      const { happens } = historian(store);
      await happens(
        the.scopePut(the.ROOT, null),
        the.scopePut(the.SUBSCRIPTION, the.ROOT),
        the.scopePut(the.RESOURCES, the.SUBSCRIPTION),
        the.member(the.schedule(1), the.person(1), the.group(1)),
        the.made(the.schedule(2), { scope: the.RESOURCES }),
        the.made(the.schedule(3), { scope: the.ROOT, principal: the.group(1), kind: 'eligibility' }),
        the.made(the.schedule(4), { scope: the.BESIDE }),
        the.made(the.schedule(5), { scope: scopeKey(`${the.RESOURCES}/providers/x/y/z`) }),
        the.made(the.schedule(6), { scope: the.RESOURCES, principal: the.person(2) }),
        the.made(the.schedule(7), { announced: 'end', end: the.at(5) }),
      );
      const world = await facts(store, { principals: [the.person(1)], scopes: [the.RESOURCES] });
      expect(ids(world.scope)).toEqual([the.ROOT, the.SUBSCRIPTION, the.RESOURCES]);
      expect(ids(world.schedule)).toEqual([1, 2, 3].map(the.schedule));
    },

  'a scope nobody named is asked for as it is': async (store) => {
    await historian(store).happens(the.made(the.schedule(1), { scope: the.BESIDE }));
    const world = await facts(store, { principals: [the.person(1)], scopes: [the.BESIDE] });
    expect([ids(world.scope), ids(world.schedule)]).toEqual([[], [the.schedule(1)]]);
  },

  'an eligibility brings what was activated from it, and the requests that made that or wait to use it':
    async (store) => {
      const { happens } = historian(store);
      const uses = the.schedule(1);
      const from = { activatedFrom: uses, scope: the.RESOURCES };
      await happens(
        the.made(uses, { kind: 'eligibility' }),
        the.requested(the.request(2), { state: 'provisioned', uses, principal: the.person(2) }),
        the.made(the.schedule(2), { ...from, createdBy: the.request(2), principal: the.person(2) }),
        the.requested(the.request(3), { uses, principal: the.person(3) }),
        the.requested(the.request(4), { state: 'provisioned', uses, principal: the.person(4) }),
        the.made(the.schedule(4), { ...from, createdBy: the.request(4), announced: 'end', end: the.at(1) }),
        the.requested(the.request(5), { state: 'denied', uses, principal: the.person(5) }),
      );
      const world = await facts(store, { schedules: [uses] });
      expect(ids(world.schedule)).toEqual([uses, the.schedule(2)]);
      expect(ids(world.request)).toEqual([the.request(2), the.request(3)]);
    },

  'a request brings the schedule of its name, the eligibility it uses and whoever it names': async (
    store,
  ) => {
    const { happens } = historian(store);
    const [asked, uses] = [the.request(2), the.schedule(1)];
    await happens(
      ...[1, 2, 3].map((n) => the.principalPut(the.person(n))),
      the.made(uses, { kind: 'eligibility', principal: the.group(7) }),
      the.requested(asked, { uses, requestor: the.person(2), state: 'granted' }),
      the.made(the.schedule(2), { createdBy: asked, activatedFrom: uses, start: the.at(60) }),
    );
    const world = await facts(store, { requests: [asked] });
    expect(ids(world.request)).toEqual([asked]);
    expect(ids(world.schedule)).toEqual([uses, the.schedule(2)]);
    expect(ids(world.principal)).toEqual([the.person(1), the.person(2)]);
  },

  'somebody named brings the requests of theirs that wait; a schedule brings the request that made it':
    async (store) => {
      const { happens } = historian(store);
      await happens(
        the.requested(the.request(1)),
        the.requested(the.request(2), { state: 'canceled' }),
        the.requested(the.request(3), { state: 'provisioned', principal: the.person(2) }),
        the.made(the.schedule(3), { createdBy: the.request(3), principal: the.person(2) }),
      );
      expect(ids((await facts(store, { principals: [the.person(1)] })).request)).toEqual([the.request(1)]);
      expect(ids((await facts(store, { schedules: [the.schedule(3)] })).request)).toEqual([the.request(3)]);
    },

  'what has not begun brings the granted request that has to be closed with it': async (store) => {
    await historian(store).happens(
      the.requested(the.request(1), { state: 'granted', action: 'adminAssign' }),
      the.made(the.schedule(1), { createdBy: the.request(1), start: the.at(60), kind: 'eligibility' }),
    );
    const world = await facts(store, { principals: [the.person(1)], scopes: [the.SUBSCRIPTION] });
    expect(ids(world.request)).toEqual([the.request(1)]);
  },

  'what expired comes along by its holding: the latest that was assigned, not what was removed or activated':
    async (store) => {
      const { happens } = historian(store);
      const over = { kind: 'eligibility', announced: 'end', endReason: 'expired' } as const;
      await happens(
        the.made(the.schedule(1), { ...over, end: the.at(5) }),
        the.made(the.schedule(2), { ...over, end: the.at(9) }),
        the.made(the.schedule(3), { ...over, end: the.at(12), endedAt: the.at(10), endReason: 'removed' }),
        the.made(the.schedule(4), { ...over, end: the.at(12), activatedFrom: the.schedule(9) }),
        the.made(the.schedule(5), { ...over, end: the.at(12), kind: 'assignment' }),
        the.made(the.schedule(6), { ...over, end: the.at(12), scope: the.RESOURCES }),
        the.made(the.schedule(7), { ...over, end: the.at(12), principal: the.person(2) }),
      );
      const holding = {
        plane: 'azure',
        role: the.READER,
        scope: the.SUBSCRIPTION,
        principal: the.person(1),
      } as const;
      const world = await facts(store, { expired: [{ ...holding, kind: 'eligibility' }] });
      expect(ids(world.schedule)).toEqual([the.schedule(2)]);
    },

  'a schedule brings the requests that wait for its administrators, and these bring the schedule': async (
    store,
  ) => {
    const about = the.schedule(1);
    await historian(store).happens(
      the.made(about, { kind: 'eligibility' }),
      the.requested(the.request(2), { state: 'pendingAdminDecision', action: 'selfExtend', schedule: about }),
      the.requested(the.request(3), { state: 'adminDenied', action: 'selfExtend', schedule: about }),
    );
    expect(ids((await facts(store, { schedules: [about] })).request)).toEqual([the.request(2)]);
    expect(ids((await facts(store, { principals: [the.person(1)] })).request)).toEqual([the.request(2)]);
    expect(ids((await facts(store, { requests: [the.request(2)] })).schedule)).toEqual([about]);
  },

  'unknown names are absent from the answer': async (store) => {
    const world = await facts(store, {
      principals: [the.person(1)],
      scopes: [the.ROOT],
      requests: [the.request(1)],
      schedules: [the.schedule(1)],
      policies: [{ plane: 'azure', role: the.READER, scope: the.ROOT }],
      credentials: ['none'],
    });
    for (const entities of Object.values(world)) expect(ids(entities)).toEqual([]);
  },
};
