import { expect, test } from 'vitest';
import { modelStore } from '../../test/sim/modelStore.ts';
import { factsIn, historian } from '../../test/store/history.ts';
import * as the from '../../test/store/samples.ts';
import { SYSTEM } from '../core/actor.ts';
import type { Command } from '../core/command.ts';
import { scopeKey } from '../core/values.ts';
import { decideOne, recordingOf, versionsOf } from './deciding.ts';
import { Conflict } from './ports.ts';

const VM = scopeKey(`${the.RESOURCES}/providers/x/vm/one`);
const give: Command = {
  type: 'grant',
  actor: SYSTEM,
  schedule: the.schedule(1),
  holding: { plane: 'azure', role: the.READER, scope: VM, principal: the.person(1) },
  principalKind: null,
  note: null,
  condition: null,
};
const TREE = [
  the.principalPut(the.person(1)),
  the.scopePut(the.ROOT, null),
  the.scopePut(the.SUBSCRIPTION, the.ROOT),
  the.scopePut(the.RESOURCES, the.SUBSCRIPTION),
  the.scopePut(the.BESIDE, the.SUBSCRIPTION),
];

/** The command decided on what was read before something else happened, and written after it. */
async function late(cmd: Command, meanwhile: Command): Promise<unknown> {
  const store = modelStore();
  const life = historian(store);
  await life.happens(...TREE);
  const { world } = await store.everything();
  const read = versionsOf(world);
  const submission = { command: cmd, correlation: the.guid(1) };
  const decided = decideOne(factsIn(world), submission, the.at(2));
  expect(decided.outcome.ok).toBe(true);
  await life.command(meanwhile, the.at(1));
  return store.record(recordingOf(world, read, [submission], [decided])).catch((error) => error);
}

const remove = (scope: typeof VM): Command => ({ type: 'deleteScope', plane: 'azure', actor: SYSTEM, scope });
const tag = (scope: typeof VM): Command => ({
  type: 'tagScope',
  plane: 'azure',
  actor: SYSTEM,
  scope,
  operation: 'merge',
  tags: { a: 'b' },
});

test('INV-L1: nothing is given in a scope that was deleted since it was read', async () => {
  expect(await late(give, remove(the.RESOURCES))).toBeInstanceOf(Conflict);
  expect(await late(give, remove(the.BESIDE))).toBeGreaterThan(0);
});

test('INV-Z2: nothing is given under a scope that changed since its authority was asked', async () => {
  for (const above of [the.SUBSCRIPTION, the.RESOURCES])
    expect(await late(give, tag(above)), above).toBeInstanceOf(Conflict);
  expect(await late(give, tag(the.BESIDE))).toBeGreaterThan(0);
});
