import { stopIfAsked } from './stopping.ts';

/** One of those that are compared: a round of its work gives one number. */
export interface Contender {
  readonly name: string;
  round(number: number): Promise<number> | number;
}

export interface Measured {
  readonly name: string;
  /** One figure a round, in the order of the rounds. */
  readonly rounds: readonly number[];
}

/** All contenders take turns, so that whatever else the machine does falls on all of them. */
export async function interleaved(
  contenders: readonly Contender[],
  rounds: number,
): Promise<readonly Measured[]> {
  const figures = contenders.map((): number[] => []);
  for (let number = 0; number < rounds; number++) {
    for (const [i, contender] of contenders.entries()) {
      stopIfAsked();
      globalThis.gc?.();
      figures[i]?.push(await contender.round(number));
    }
  }
  return contenders.map(({ name }, i) => ({ name, rounds: figures[i] ?? [] }));
}

export const median = (all: readonly number[]): number => quantile(all, 0.5);

export function quantile(all: readonly number[], share: number): number {
  const sorted = Float64Array.from(all).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const medianOf = (all: readonly Measured[], name: string): number => {
  const found = all.find((m) => m.name === name);
  if (!found) throw new Error(`bug: nothing was measured as '${name}'`);
  return median(found.rounds);
};
