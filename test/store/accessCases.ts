import fc from 'fast-check';
import { expect, test } from 'vitest';
import { identities, viewOf } from '../../src/core/access.ts';
import { live as isLive } from '../../src/core/schedule.ts';
import { earlier, type Instant, type PrincipalId, type ScopeKey } from '../../src/core/values.ts';
import type { World } from '../../src/core/world.ts';
import { accessByQuery, type Held } from '../../src/store/closure.ts';
import { postgresStore } from '../../src/store/postgres.ts';
import { factsIn, historian } from './history.ts';
import { live } from './lawCases.ts';
import { steps } from './randomCommands.ts';
import * as the from './samples.ts';
import type { TestDatabase } from './testPostgres.ts';

const SCOPES = [the.ROOT, the.SUBSCRIPTION];

/** What the core says, by looking at everything. */
function heldBy(
  world: World,
  principal: PrincipalId,
  scopes: readonly ScopeKey[],
  t: Instant,
): readonly Held[] {
  const view = viewOf(factsIn(world));
  return identities(view, principal, t)
    .flatMap(({ principal: id, until }) =>
      [...view.assignmentsOf(id)]
        .filter((s) => s.plane === 'azure' && scopes.includes(s.scope) && isLive(s, t))
        .map((schedule) => ({ schedule, until: earlier(until, schedule.end) })),
    )
    .sort((a, b) => (a.schedule.id < b.schedule.id ? -1 : 1));
}

export function accessCases(
  withDatabase: (use: (database: TestDatabase) => Promise<void>) => Promise<void>,
): void {
  test('INV-T1: a group’s access lasts as long as the longest way into the group, and each way as long as its shortest step', () =>
    withDatabase(async ({ pool }) => {
      const [ravi, outer, inner] = [the.person(1), the.group(1), the.group(2)];
      await historian(postgresStore(pool)).happens(
        the.principalPut(ravi),
        the.member(the.schedule(1), ravi, inner, { end: the.at(60) }),
        the.member(the.schedule(2), inner, outer, { end: the.at(90) }),
        the.member(the.schedule(3), outer, inner),
        the.member(the.schedule(4), ravi, outer, { end: the.at(30) }),
        the.made(the.schedule(5), { principal: outer, end: the.at(600) }),
        the.made(the.schedule(6), { principal: ravi }),
      );
      const untils = async (t: Instant) =>
        (await accessByQuery(pool, { principal: ravi, plane: 'azure', scopes: SCOPES, at: t })).map(
          ({ until }) => until,
        );
      expect(await untils(the.at(10))).toEqual([the.at(60), null]);
      expect(await untils((the.at(60) - 1) as Instant)).toEqual([the.at(60), null]);
      expect(await untils(the.at(60))).toEqual([null]);
    }));

  test('INV-L8: whoever is disabled or unknown has nothing', () =>
    withDatabase(async ({ pool }) => {
      await historian(postgresStore(pool)).happens(
        the.principalPut(the.person(1), { enabled: false }),
        the.made(the.schedule(1)),
        the.made(the.schedule(2), { principal: the.person(2) }),
      );
      for (const principal of [the.person(1), the.person(2)]) {
        expect(
          await accessByQuery(pool, { principal, plane: 'azure', scopes: SCOPES, at: the.at(1) }),
        ).toEqual([]);
      }
    }));

  test('after any history the tables give the same access as the core', async () => {
    await fc.assert(
      fc.asyncProperty(steps, (todo) =>
        withDatabase(async ({ pool }) => {
          const store = postgresStore(pool);
          const life = historian(store);
          const end = await live(life, store, todo);
          for (const principal of [1, 2, 3].map(the.person)) {
            for (const t of [end, (end - 300 * 60_000) as Instant, (end + 300 * 60_000) as Instant]) {
              const found = await accessByQuery(pool, { principal, plane: 'azure', scopes: SCOPES, at: t });
              expect(found).toEqual(heldBy(life.world(), principal, SCOPES, t));
            }
          }
        }),
      ),
      { numRuns: 8 },
    );
  });
}
