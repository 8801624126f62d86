import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOVES } from '../../src/core/request.ts';
import { PLANES } from '../../src/core/target.ts';
import { ofSeed, ofTape } from './chance.ts';
import { history, ONCE, PURE } from './history.ts';
import { LAWS } from './laws.ts';
import { SAID } from './timeLaws.ts';

const STEPS = 40;

describe('any interleaving of commands and waits, on all planes at once, keeps', () => {
  test.each(LAWS)('INV-$id: $says', (law) => {
    for (let seed = 0; seed < 20; seed++)
      history(ofSeed(LAWS.indexOf(law) * 1_000 + seed), STEPS, { laws: [law] });
  });

  test(`INV-${SAID.id}: ${SAID.says}; ${ONCE.says}; ${PURE.says}`, () => {
    for (let seed = 0; seed < 60; seed++) history(ofSeed(seed), STEPS, { laws: [] });
  });

  test('them all, and a failing history is shrunk to a short one', { timeout: 60_000 }, () => {
    const tape = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 100, maxLength: 400 });
    fc.assert(
      fc.property(tape, (choices) => void history(ofTape(choices), STEPS)),
      { numRuns: 60 },
    );
  });
});

test('the histories reach every state of a request, every reason of an end, and all planes', () => {
  const seen = new Set<string | null>();
  for (let seed = 0; seed < 150; seed++) {
    const { world, stories } = history(ofSeed(seed), STEPS, { laws: [] });
    for (const { states } of stories.values()) for (const state of states) seen.add(state);
    for (const s of world.schedule.values()) seen.add(s.endReason);
    for (const s of world.schedule.values()) if (s.activatedFrom !== null) seen.add(s.plane);
  }
  for (const what of [...Object.keys(MOVES), ...REASONS, ...PLANES]) expect([...seen]).toContain(what);
});
const REASONS = ['expired', 'removed', 'deactivated', 'canceled', 'eligibilityEnded'];
