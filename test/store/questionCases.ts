import { expect } from 'vitest';
import { SYSTEM } from '../../src/core/actor.ts';
import { type Instant, scopeKey } from '../../src/core/values.ts';
import {
  Conflict,
  type Page,
  type Paging,
  type RequestQuestion,
  type ScheduleQuestion,
  type Store,
} from '../../src/engine/ports.ts';
import { CORRELATION, historian } from './history.ts';
import type { Cases } from './openStore.ts';
import * as the from './samples.ts';

const ids = (page: Page<{ readonly id: string }>): readonly string[] => page.rows.map(({ id }) => id);

async function pages<T>(ask: (paging: Paging) => Promise<Page<T>>): Promise<readonly T[]> {
  const found: T[] = [];
  let after: string | null = null;
  do {
    const { rows, next }: Page<T> = await ask({ limit: 2, after });
    expect(rows.length).toBeLessThanOrEqual(2);
    found.push(...rows);
    after = next;
  } while (after !== null);
  return found;
}

export const QUESTIONS: Cases<Store> = {
  'schedules are found by every part of a question, those below a scope by whole segments': async (store) => {
    const { happens } = historian(store);
    const azure = { plane: 'azure', kind: 'assignment', limit: 10 } as const;
    await happens(
      the.made(the.schedule(1)),
      the.made(the.schedule(2), { scope: the.RESOURCES, end: the.at(60) }),
      the.made(the.schedule(3), {
        scope: the.BESIDE,
        endedAt: the.at(30),
        end: the.at(90),
        announced: 'end',
      }),
      the.made(the.schedule(4), { scope: the.ROOT, start: the.at(60), principal: the.person(2) }),
      the.made(the.schedule(5), { kind: 'eligibility' }),
      the.made(the.schedule(6), { plane: 'entra', scope: the.ROOT }),
      the.made(the.schedule(7), { scope: scopeKey(`${the.RESOURCES}/x`), role: 'owner' as never }),
    );
    const cases: readonly [Partial<ScheduleQuestion>, readonly number[]][] = [
      [{}, [1, 2, 3, 4, 7]],
      [{ scope: { at: [the.RESOURCES] } }, [2]],
      [{ scope: { below: [the.RESOURCES] } }, [2, 7]],
      [{ scope: { below: [the.SUBSCRIPTION] } }, [1, 2, 3, 7]],
      [{ scope: { below: [the.ROOT] } }, [1, 2, 3, 4, 7]],
      [{ scope: { at: [the.ROOT], below: [the.BESIDE] } }, [3, 4]],
      [{ scope: {} }, []],
      [{ principals: [the.person(2), the.person(3)] }, [4]],
      [{ principals: [] }, []],
      [{ roles: ['owner' as never] }, [7]],
      [{ ids: [the.schedule(1), the.schedule(5), the.schedule(9)] }, [1]],
      [{ liveAt: the.at(29) }, [1, 2, 3, 7]],
      [{ liveAt: the.at(30) }, [1, 2, 7]],
      [{ liveAt: the.at(60) }, [1, 4, 7]],
      [{ liveAt: (the.at(60) - 1) as Instant }, [1, 2, 7]],
      [{ standingAt: the.at(0) }, [1, 2, 4, 7]],
      [{ standingAt: the.at(60) }, [1, 4, 7]],
    ];
    for (const [question, expected] of cases) {
      const found = await store.schedules({ ...azure, ...question });
      expect(ids(found), JSON.stringify(question)).toEqual(expected.map(the.schedule));
    }
    expect((await pages((p) => store.schedules({ ...azure, ...p }))).map((s) => s.id)).toEqual(
      [1, 2, 3, 4, 7].map(the.schedule),
    );
  },

  'requests are found by every part of a question': async (store) => {
    const { happens } = historian(store);
    await happens(
      the.requested(the.request(1)),
      the.requested(the.request(2), { principal: the.person(2), state: 'denied', scope: the.RESOURCES }),
      the.requested(the.request(3), {
        requestor: the.person(3),
        stages: [the.stage(the.person(8)), the.stage(the.person(9), the.group(1))],
      }),
      the.requested(the.request(4), {
        kind: 'eligibility',
        stages: [],
        state: 'granted',
        role: 'owner' as never,
      }),
      the.requested(the.request(5), { plane: 'groups' }),
    );
    const cases: readonly [Partial<RequestQuestion>, readonly number[]][] = [
      [{}, [1, 2, 3, 4]],
      [{ kind: 'assignment' }, [1, 2, 3]],
      [{ principals: [the.person(2)] }, [2]],
      [{ requestors: [the.person(3)] }, [3]],
      [{ roles: ['owner' as never] }, [4]],
      [{ states: ['denied', 'granted'] }, [2, 4]],
      [{ scope: { below: [the.RESOURCES] } }, [2]],
      [{ approvers: [the.person(9)] }, [1, 2, 3]],
      [{ approvers: [the.group(1), the.group(2)] }, [3]],
      [{ approvers: [the.person(9)], states: ['pendingApproval'] }, [1, 3]],
      [{ approvers: [] }, []],
    ];
    for (const [question, expected] of cases) {
      const found = await store.requests({ plane: 'azure', limit: 10, ...question });
      expect(ids(found), JSON.stringify(question)).toEqual(expected.map(the.request));
    }
    expect(await pages((p) => store.requests({ plane: 'azure', ...p }))).toHaveLength(4);
  },

  'principals are found by kind, by the start of a name, and by one field: upn and mail in any case': async (
    store,
  ) => {
    const { happens } = historian(store);
    const [ravi, öz, app] = [the.person(1), the.person(2), the.person(3)];
    await happens(
      the.principalPut(ravi, {
        displayName: 'Ravi',
        upn: 'Ravi@Contoso.example',
        mail: 'R@contoso.example',
      }),
      the.principalPut(öz, { displayName: 'Öz_%', upn: 'ÖZ@contoso.example' }),
      the.principalPut(app, { kind: 'workload', displayName: 'Ravine', appId: 'app-1' }),
      the.principalPut(the.group(1), { kind: 'group', displayName: 'Everybody' }),
    );
    const found = async (q: Omit<Parameters<typeof store.principals>[0], 'limit'>) =>
      ids(await store.principals({ ...q, limit: 9 }));
    expect(await found({})).toEqual([ravi, öz, app, the.group(1)]);
    expect(await found({ kinds: ['group', 'workload'] })).toEqual([app, the.group(1)]);
    expect(await found({ is: { field: 'upn', value: 'rAVI@contoso.example' } })).toEqual([ravi]);
    expect(await found({ is: { field: 'upn', value: 'öz@CONTOSO.example' } })).toEqual([öz]);
    expect(await found({ is: { field: 'mail', value: 'r@contoso.example' } })).toEqual([ravi]);
    expect(await found({ is: { field: 'displayName', value: 'ravi' } })).toEqual([]);
    expect(await found({ is: { field: 'displayName', value: 'Ravi' } })).toEqual([ravi]);
    expect(await found({ is: { field: 'appId', value: 'app-1' } })).toEqual([app]);
    expect(await found({ is: { field: 'id', value: öz } })).toEqual([öz]);
    expect(await found({ startsWith: { field: 'displayName', value: 'rav' } })).toEqual([ravi, app]);
    expect(await found({ startsWith: { field: 'displayName', value: 'öz_%' } })).toEqual([öz]);
    expect(await found({ startsWith: { field: 'displayName', value: '%' } })).toEqual([]);
    expect(await found({ startsWith: { field: 'upn', value: 'öz@' }, kinds: ['person'] })).toEqual([öz]);
    expect(await found({ ids: [app, the.person(9)] })).toEqual([app]);
    expect(await pages((p) => store.principals(p))).toHaveLength(4);
  },

  'scopes come by key, policies by the keys that were changed': async (store) => {
    const { happens } = historian(store);
    const key = { plane: 'azure', role: the.READER, scope: the.ROOT } as const;
    const policy = { ...key, rules: [], changedBy: the.person(1), changedAt: the.at(1), version: 1 };
    await happens(the.scopePut(the.BESIDE, null), the.scopePut(the.RESOURCES, null), {
      type: 'policyChanged',
      policy,
      at: the.at(1),
    });
    expect((await store.scopes()).map((s) => s.key)).toEqual([the.RESOURCES, the.BESIDE]);
    expect(await store.policies([key, { ...key, plane: 'entra' }])).toEqual([policy]);
    expect([
      ...(
        await store.facts({
          principals: [],
          scopes: [],
          requests: [],
          schedules: [],
          expired: [],
          credentials: [],
          policies: [key],
        })
      ).policy.values(),
    ]).toEqual([policy]);
  },

  'absent things are null': async (store) => {
    expect(await store.request(the.request(1))).toBeNull();
    expect(await store.schedule(the.schedule(1))).toBeNull();
    expect(await store.nextDue()).toBeNull();
    expect(await store.highWater()).toBeNull();
    expect(await store.due(the.at(0), 10)).toEqual({ schedules: [], requests: [] });
    expect(await store.linesAfter(0, 10)).toEqual([]);
  },

  'what is due is what the tick has something to say of, the earliest first, and no more than was asked for':
    async (store) => {
      const { happens } = historian(store);
      const pending = { stages: [the.stage(the.person(9))] };
      await happens(
        the.made(the.schedule(1), { start: the.at(30) }),
        the.made(the.schedule(2), { scope: the.BESIDE, end: the.at(10), announced: 'begin' }),
        the.made(the.schedule(3), { scope: the.ROOT, announced: 'begin' }),
        the.made(the.schedule(4), { end: the.at(5), announced: 'end' }),
        the.requested(the.request(5), { ...pending, stageSince: (the.at(20) - 86_400_000) as Instant }),
        the.requested(the.request(6), { ...pending, state: 'denied' }),
      );
      expect(await store.nextDue()).toBe(the.at(10));
      expect(await store.due((the.at(10) - 1) as Instant, 10)).toEqual({ schedules: [], requests: [] });
      expect(await store.due(the.at(10), 10)).toEqual({ schedules: [the.schedule(2)], requests: [] });
      expect(await store.due(the.at(99), 10)).toEqual({
        schedules: [the.schedule(2), the.schedule(1)],
        requests: [the.request(5)],
      });
      expect(await store.due(the.at(99), 2)).toEqual({
        schedules: [the.schedule(2)],
        requests: [the.request(5)],
      });
    },

  'INV-T2: the latest instant the log has seen counts where a manual clock was moved to': async (store) => {
    const { happens } = historian(store);
    await happens({ type: 'clockAdvanced', to: the.at(500), at: the.at(3) });
    expect(await store.highWater()).toBe(the.at(500));
    await happens({ type: 'refused', operation: 'review', reasons: [], at: the.at(501) });
    expect(await store.highWater()).toBe(the.at(501));
  },

  'INV-T2: what was decided more than a second behind what the log has seen is a conflict, and a second is not':
    async (store) => {
      const { happens } = historian(store);
      const refused = (at: number) =>
        happens({ type: 'refused', operation: 'review', reasons: [], at: at as Instant });
      await refused(the.at(10));
      await refused(the.at(10) - 1_000);
      expect(await store.highWater()).toBe(the.at(10));
      await expect(refused(the.at(10) - 1_001)).rejects.toBeInstanceOf(Conflict);
      expect((await store.linesAfter(0, 9)).length).toBe(2);
    },

  'log lines come in order after a change number; a line may be about nothing that changes': async (
    store,
  ) => {
    const { happens } = historian(store);
    const refused = {
      type: 'refused',
      operation: 'review',
      reasons: [{ code: 'selfApproval' }],
      at: the.START,
    } as const;
    await happens(the.scopePut(the.ROOT, null), refused);
    await happens(the.scopePut(the.ROOT, null, 2));
    expect((await store.linesAfter(0, 2)).map(({ seq }) => seq)).toEqual([1, 2]);
    expect(await store.linesAfter(1, 1)).toEqual([
      { seq: 2, event: refused, actor: SYSTEM.id, correlation: CORRELATION, entity: null },
    ]);
    expect((await store.linesAfter(1, 9)).map(({ seq }) => seq)).toEqual([2, 3]);
    expect(await store.linesAfter(3, 9)).toEqual([]);
  },

  'the access index starts from scopes, principals and what is not announced as ended': async (store) => {
    const { happens } = historian(store);
    await happens(
      the.scopePut(the.ROOT, null),
      the.principalPut(the.person(1)),
      the.made(the.schedule(1)),
      the.made(the.schedule(2), { announced: 'end', end: the.at(1) }),
      the.requested(the.request(3)),
    );
    const { world, seq } = await store.accessState();
    expect(seq).toBe(5);
    expect([world.scope.size, world.principal.size, [...world.schedule.keys()], world.request.size]).toEqual([
      1,
      1,
      [the.schedule(1)],
      0,
    ]);
  },

  'instants of any year are kept to the millisecond': async (store) => {
    const { happens, world } = historian(store);
    const far = Date.UTC(9999, 11, 31, 23, 59, 59, 999) as Instant;
    const further = Date.UTC(12_345, 0, 1, 0, 0, 0, 1) as Instant;
    await happens(
      the.made(the.schedule(1), { end: far, start: (the.START + 1) as Instant }),
      the.made(the.schedule(2), { end: further, scope: the.BESIDE }),
    );
    expect((await store.everything()).world).toEqual(world());
    expect(
      (await store.schedules({ plane: 'azure', kind: 'assignment', limit: 9, liveAt: far })).rows,
    ).toEqual([world().schedule.get(the.schedule(2))]);
  },
};
