import { hours } from '../../src/core/values.ts';
import { Simulation, type SimulationParts } from './simulation.ts';
import { SAID } from './timeLaws.ts';

export interface Trace {
  /** Equal for equal runs: a digest of the log and of every answer. */
  readonly hash: string;
  readonly lines: number;
  readonly outcomes: Readonly<Record<string, number>>;
}

/**
 * One whole life from one seed: replicas, a bad store, a clock that likes boundaries, and every law asked after every step.
 * In the end all is calm, and the tick must find words for everything that has become true.
 */
export async function simulate(
  seed: number,
  steps: number,
  given: Partial<SimulationParts> = {},
): Promise<Trace> {
  const simulation = new Simulation(seed, given);
  await simulation.begin();
  for (let step = 1; step <= steps; step++) await simulation.step(step);
  await simulation.calmDown();
  for (const ahead of [0, hours(1), hours(500)]) await simulation.later(ahead, [SAID]);
  return { hash: simulation.hash(), lines: simulation.seq, outcomes: simulation.outcomes };
}
