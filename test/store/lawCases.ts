import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Instant, roleKey } from '../../src/core/values.ts';
import type { FactsQuestion, Store } from '../../src/engine/ports.ts';
import { modelStore } from '../sim/modelStore.ts';
import { fold, type Historian, historian } from './history.ts';
import { type MakeStore, withStore } from './openStore.ts';
import { aimed, beginning, type Step, steps } from './randomCommands.ts';
import * as the from './samples.ts';

const RUNS = 12;

/** Lives through the steps; the tick says what is due. Returns the last instant. */
export async function live(life: Historian, store: Store, todo: readonly Step[]): Promise<Instant> {
  let now = the.START;
  for (const command of beginning) await life.command(command, now);
  for (const step of todo) {
    now = (now + step.wait * 60_000) as Instant;
    const command = aimed(step, life.world());
    const given = command.type === 'tick' ? { ...command, ...(await store.due(now, 100)) } : command;
    await life.command(given, now);
  }
  return now;
}

const SCOPES = [the.ROOT, the.SUBSCRIPTION, the.RESOURCES];
const someOf = <T>(...of: readonly T[]) => fc.subarray([...of]);
const EXPIRED = [1, 2, 3].map((n) => ({
  plane: 'azure' as const,
  role: the.READER,
  scope: the.SUBSCRIPTION,
  principal: the.person(n),
  kind: 'eligibility' as const,
}));
const factsQuestion: fc.Arbitrary<FactsQuestion> = fc.record({
  principals: someOf(...[1, 2, 3].map(the.person), the.group(1)),
  scopes: someOf(...SCOPES, the.BESIDE),
  requests: fc.array(fc.integer({ min: 590, max: 625 }).map(the.request), { maxLength: 5 }),
  schedules: fc.array(fc.integer({ min: 590, max: 625 }).map(the.schedule), { maxLength: 5 }),
  expired: someOf(...EXPIRED),
  policies: fc.constant(SCOPES.map((scope) => ({ plane: 'azure' as const, role: the.READER, scope }))),
  credentials: fc.constant([]),
  below: someOf(the.ROOT, the.SUBSCRIPTION),
  emptied: someOf(the.RESOURCES, the.BESIDE, the.SUBSCRIPTION),
  roles: someOf(the.CUSTOM, the.READER),
  roleNames: someOf('crew', 'other', 'nobody'),
  roleUses: someOf(the.CUSTOM, the.READER),
  holdersOf: someOf(roleKey('owner'), the.CUSTOM),
  denyAssignments: someOf(the.denial(1, the.ROOT).id),
});

export function lawCases(makeStore: MakeStore): void {
  test('INV-U1: after any history folding the log gives the tables, and both are what was decided', async () => {
    await fc.assert(
      fc.asyncProperty(steps, (todo) =>
        withStore(makeStore, async (store) => {
          const life = historian(store);
          await live(life, store, todo);
          const { world, seq } = await store.everything();
          expect(world).toEqual(life.world());
          expect(await fold(store)).toEqual(world);
          expect((await store.linesAfter(seq - 1, 9)).map((line) => line.seq)).toEqual([seq]);
        }),
      ),
      { numRuns: RUNS },
    );
  });

  test('after any history every question has the answer that the model gives', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.array(factsQuestion, { minLength: 8, maxLength: 8 }), (todo, questions) =>
        withStore(makeStore, async (store) => {
          const model = modelStore();
          const end = await live(historian(model, store), model, todo);
          for (const question of questions)
            expect(await store.facts(question)).toEqual(await model.facts(question));
          for (const now of [the.START, end, the.at(1e6)])
            expect(await store.due(now, 3)).toEqual(await model.due(now, 3));
          expect(await store.nextDue()).toBe(await model.nextDue());
          expect(await store.highWater()).toBe(await model.highWater());
          expect(await store.accessState()).toEqual(await model.accessState());
          for (const kind of ['eligibility', 'assignment'] as const) {
            const asked = {
              plane: 'azure',
              kind,
              limit: 100,
              liveAt: end,
              scope: { below: [the.SUBSCRIPTION] },
            } as const;
            expect(await store.schedules(asked)).toEqual(await model.schedules(asked));
            const standing = { plane: 'groups', kind, limit: 100, standingAt: end } as const;
            expect(await store.schedules(standing)).toEqual(await model.schedules(standing));
          }
          const waiting = { plane: 'azure', limit: 100, approvers: [the.person(1), the.group(1)] } as const;
          expect(await store.requests(waiting)).toEqual(await model.requests(waiting));
        }),
      ),
      { numRuns: RUNS },
    );
  });
}
