import { describe, expect, test } from 'vitest';
import type { Schedule } from '../../src/core/schedule.ts';
import { hours, instant, scheduleId } from '../../src/core/values.ts';
import type { Change } from '../../src/engine/ports.ts';
import { apply } from './apply.ts';
import {
  ANIKA,
  consent,
  eligible,
  estate,
  factsOf,
  named,
  RAVI,
  schedule,
  T0,
  TARGETS,
  withPolicy,
} from './estate.ts';
import { leftOpen } from './leftOpen.ts';
import { activate, lasting } from './orders.ts';

const target = TARGETS.azure;
const recording = (...changes: Change[]) => ({ changes, relies: [], lines: [], verifiers: [] });
const E = scheduleId('e');
const over = eligible(target, RAVI, { id: E, endedAt: T0, announced: 'end' });
const ended = recording({ kind: 'schedule', id: E, base: 1, entity: over });
const from = (given: Partial<Schedule>) =>
  schedule({ ...target, principal: RAVI, activatedFrom: E, ...given });

describe('a batch that closes an eligibility', () => {
  test.each([
    ['INV-T6: may not leave open what was activated from it', estate(over, from({})), [E]],
    ['leaves what somebody ended', estate(over, from({ endedAt: T0, announced: 'end' })), []],
    ['leaves what is over though nobody has said so yet', estate(over, from({ end: T0 })), []],
    [
      'leaves what came from another',
      estate(over, schedule({ ...target, principal: RAVI, activatedFrom: scheduleId('x') })),
      [],
    ],
  ])('%s', (_name, world, open) => {
    expect(leftOpen(ended, world)).toEqual(open);
  });
  test('of which the end has only passed may', () => {
    const passed = { ...over, endedAt: null, end: instant(T0) };
    expect(
      leftOpen(recording({ kind: 'schedule', id: E, base: 1, entity: passed }), estate(passed, from({}))),
    ).toEqual([]);
  });
});

test('INV-L8: a batch that disables somebody may not leave their requests waiting', () => {
  const world = withPolicy(estate(eligible(target, RAVI, { id: E })), target, consent(named(ANIKA)));
  apply(factsOf(world), activate(RAVI, target, lasting(hours(1))), T0);
  const off = { ...world.principal.get(RAVI)!, enabled: false };
  const disabling = recording({ kind: 'principal', id: RAVI, base: 1, entity: off });
  expect(leftOpen(disabling, world)).toEqual([]);
  world.principal.set(RAVI, off);
  expect(leftOpen(disabling, world)).toEqual([RAVI]);
  world.schedule.set(E, over);
  expect(leftOpen(ended, world)).toEqual([E]);
});
