import { describe, expect, test } from 'vitest';
import { simulate } from './simulate.ts';

const SEEDS = Number(process.env['SIM_SEEDS'] ?? 2_000);
const FIRST = Number(process.env['SIM_FIRST'] ?? 0);
const STEPS = 40;
const PARTS = 10;

/** Runs a seed; a failure says how to see it again. */
async function run(seed: number) {
  try {
    return await simulate(seed, STEPS);
  } catch (error) {
    throw new Error(
      `seed ${seed}: ${(error as Error).message}\nReplay: SIM_FIRST=${seed} SIM_SEEDS=1 npx vitest run test/sim/simulator.test.ts`,
      { cause: error },
    );
  }
}

describe('replicas on one store that fails, with a clock that likes boundaries', () => {
  test.each(Array.from({ length: PARTS }, (_, part) => part))(
    `keep INV-T1, INV-T5, INV-T6, INV-T8, INV-L1, INV-L2, INV-L3, INV-L4, INV-L5, INV-L6, INV-L7, INV-L8, INV-L9, INV-A1, INV-A2, INV-U1: part %d of the seeds`,
    { timeout: 3_600_000 },
    async (part) => {
      for (let seed = FIRST + part; seed < FIRST + SEEDS; seed += PARTS) await run(seed);
    },
  );

  test('do the same again for the same seed', { timeout: 60_000 }, async () => {
    for (const seed of [1, 2, 3, 4, 5].map((n) => n * 7_919))
      expect(await run(seed)).toEqual(await run(seed));
    expect((await run(1)).hash).not.toBe((await run(2)).hash);
  });

  test('meet conflicts, failures, repetitions and refusals', { timeout: 60_000 }, async () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 150; seed++)
      for (const what of Object.keys((await run(seed)).outcomes)) seen.add(what);
    for (const what of [
      'selfActivate done',
      'selfActivate again',
      'selfActivate StoreUnavailable',
      'selfActivate alreadyAssigned',
      'selfActivate requestExists',
      'review done',
      'adminRemove done',
      'tick',
      'tick StoreUnavailable',
    ])
      expect([...seen]).toContain(what);
    expect([...seen].filter((what) => what.endsWith('Busy'))).toEqual([]);
  });
});
