import type { Command } from '../core/command.ts';
import type { Instant } from '../core/values.ts';
import type { Engine } from '../engine/engine.ts';
import type { Step } from './step.ts';

export interface TurnedClock {
  set(at: Instant): void;
}

/** Lets the steps happen, each at its instant, and time go on until now; what becomes true meanwhile is announced. */
export async function live(
  engine: Engine,
  clock: TurnedClock,
  steps: readonly Step[],
  now: Instant,
): Promise<void> {
  for (const step of steps) {
    if (await step.done(engine.store)) continue;
    await announceUntil(engine, clock, step.at);
    clock.set(step.at);
    await obey(engine, step.command);
  }
  await announceUntil(engine, clock, now);
}

/** Gives orders that do not wait for each other: the engine decides them in batches. */
export async function together(engine: Engine, commands: readonly Command[]): Promise<void> {
  await Promise.all(commands.map((command) => obey(engine, command)));
}

async function obey(engine: Engine, command: Command): Promise<void> {
  const outcome = await engine.submit(command, engine.ids.guid());
  if (outcome.ok) return;
  const why = outcome.refusals.map((r) => JSON.stringify(r)).join(', ');
  throw new Error(`bug: the demo was refused ${JSON.stringify(command)}: ${why}`);
}

// What ends between two steps is said when it ends, as on a server that has been running all the time.
async function announceUntil(engine: Engine, clock: TurnedClock, end: Instant): Promise<void> {
  for (;;) {
    const due = await engine.store.nextDue();
    if (due === null || due > end) return;
    clock.set(due);
    if ((await engine.tick()) === 0) return;
  }
}
