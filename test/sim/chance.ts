/** Where choices come from: a seed, or a tape that a property test can shrink. */
export interface Chance {
  /** A whole number from 0 to n - 1. */
  below(n: number): number;
}

/** The same choices for the same seed, on every machine. (mulberry32) */
export function ofSeed(seed: number): Chance {
  let state = seed >>> 0;
  return {
    below(n) {
      state = (state + 0x6d2b79f5) >>> 0;
      let t = Math.imul(state ^ (state >>> 15), state | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * n);
    },
  };
}

/** Choices as written down; after the last it is always the first choice. */
export function ofTape(tape: readonly number[]): Chance {
  let at = 0;
  return { below: (n) => (tape[at++] ?? 0) % n };
}

export function pick<T>(chance: Chance, list: readonly T[]): T {
  const found = list[chance.below(list.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

export const percent = (chance: Chance, n: number): boolean => chance.below(100) < n;
