import { describe, expect, test } from 'vitest';
import { decide } from '../../src/core/decide/index.ts';
import { accept } from '../../src/core/decision.ts';
import type { Request, RequestState } from '../../src/core/request.ts';
import { emptyWorld } from '../../src/core/world.ts';
import { ofSeed } from './chance.ts';
import { CORE_FAULTS, type CoreFault } from './coreFaults.ts';
import { ENGINE_FAULTS, type EngineFault } from './engineFaults.ts';
import { T0 } from './estate.ts';
import { history, type Parts } from './history.ts';
import { Breach, type Step } from './law.ts';
import { LAWS, mustHold } from './laws.ts';
import { simulate } from './simulate.ts';

const SEEDS = 2_000;
const STEPS = 40;
// Races are rarer than mistakes, so the engine's histories are longer.
const ENGINE_STEPS = 90;

/** The first breach of the law that is asked; where something else stopped a history before, the next one is tried. */
async function seenBy(
  run: (seed: number) => unknown,
  wanted: (error: unknown) => boolean = (error) => error instanceof Breach,
): Promise<unknown> {
  for (let seed = 0; seed < SEEDS; seed++) {
    try {
      await run(seed);
    } catch (error) {
      if (wanted(error)) return error;
    }
  }
  return undefined;
}

describe('a fault in what is decided is seen by its law', () => {
  test.each(CORE_FAULTS)('$law.id: $fault', { timeout: 60_000 }, async ({ law, parts }: CoreFault) => {
    const seen = await seenBy((seed) => history(ofSeed(seed), STEPS, { ...parts, laws: [law] }));
    expect(seen).toBeInstanceOf(Breach);
    expect(seen).toMatchObject({ law: law.id });
  });

  test.each([
    ['L1: a closed request that is opened again', 'denied'],
    ['L2: a yes that counts twice', 'provisioned'],
  ])('%s is stopped where state changes, whoever decided it', async (_name, state) => {
    const reopens: Parts['decide'] = (facts, cmd, now) => {
      const closed = cmd.type === 'review' ? facts.world.request.get(cmd.request) : undefined;
      if (closed?.state !== state) return decide(facts, cmd, now);
      return accept({ type: 'requestMoved', request: closed.id, to: 'granted', schedule: null, at: now });
    };
    const seen = await seenBy(
      (seed) => history(ofSeed(seed), STEPS, { decide: reopens, laws: [] }),
      () => true,
    );
    expect(String(seen)).toMatch(`cannot move from ${state} to granted`);
  });
});

describe('a fault in the engine or its store is seen by its law', () => {
  test.each(ENGINE_FAULTS)('$law: $fault', { timeout: 60_000 }, async ({ law, parts }: EngineFault) => {
    const laws = LAWS.filter((l) => l.id === law);
    const seen = await seenBy((seed) => simulate(seed, ENGINE_STEPS, { ...parts, laws }));
    expect(seen).toBeInstanceOf(Breach);
    expect(seen).toMatchObject({ law });
  });
});

// The product throws before these could happen in a history, so they are shown the breach itself.
describe('a log that tells the impossible is seen by', () => {
  const world = { ...emptyWorld() };
  const story = (...states: RequestState[]) =>
    new Map([['r', { states, maximum: 0, grants: 0, strangers: 0 }]]);
  const step = (given: Partial<Step>): Step => ({
    before: world,
    after: world,
    fresh: [],
    told: { world, stories: new Map(), gaps: 0 },
    now: T0,
    answerers: [],
    ...given,
  });
  const request = { id: 'r', state: 'denied', version: 3 } as unknown as Request;
  const holding = (r: Request) => ({ ...emptyWorld(), request: new Map([['r', r]]) });
  test.each<[string, Step]>([
    ['L1', step({ told: { world, stories: story('denied', 'granted'), gaps: 0 } })],
    ['L1', step({ before: holding(request), after: holding({ ...request, version: 4 }) })],
    [
      'L2',
      step({
        told: { world, stories: story('pendingApproval', 'canceled', 'pendingApproval', 'denied'), gaps: 0 },
      }),
    ],
  ])('INV-%s', (id, broken) => {
    expect(() =>
      mustHold(
        broken,
        LAWS.filter((l) => l.id === id),
      ),
    ).toThrow(`INV-${id}`);
    expect(() =>
      mustHold(
        step({}),
        LAWS.filter((l) => l.id === id),
      ),
    ).not.toThrow();
  });
});

test('every law has been seen to fail', () => {
  const seen = new Set([
    ...CORE_FAULTS.map(({ law }) => law.id),
    ...ENGINE_FAULTS.map(({ law }) => law),
    'L1',
    'L2',
  ]);
  for (const { id } of LAWS) expect([...seen]).toContain(id);
});
