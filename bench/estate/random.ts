/** Numbers that are the same in every run of the same seed. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number below n. */
  below(n: number): number;
  pick<T>(from: readonly T[]): T;
  /** A whole number below n, where small ones are popular; the skew is from 0 (all the same) towards 1. */
  skewed(n: number, skew: number): number;
  logNormal(median: number, sigma: number): number;
  /** Has the shape of a GUID and is unique enough for an estate. */
  guid(): string;
}

/** A generator that knows nothing but its seed (xorshift, 32 bits). */
export function random(seed: number): Random {
  let state = seed >>> 0 || 1;
  const word = (): number => {
    state = (state ^ (state << 13)) >>> 0;
    state ^= state >>> 17;
    state = (state ^ (state << 5)) >>> 0;
    return state;
  };
  const next = () => word() / 2 ** 32;
  const below = (n: number) => Math.floor(next() * n);
  return {
    next,
    below,
    pick: <T>(from: readonly T[]): T => from[below(from.length)] as T,
    skewed: (n, skew) => Math.min(n - 1, Math.floor(n * next() ** (1 / (1 - skew)))),
    logNormal: (median, sigma) => median * Math.exp(sigma * normal(next(), next())),
    guid: () => guidOf([word(), word(), word(), word()]),
  };
}

const normal = (a: number, b: number): number => Math.sqrt(-2 * Math.log(1 - a)) * Math.cos(2 * Math.PI * b);

function guidOf(words: readonly number[]): string {
  const hex = words.map((word) => word.toString(16).padStart(8, '0')).join('');
  const cut = (from: number, to: number) => hex.slice(from, to);
  return `${cut(0, 8)}-${cut(8, 12)}-4${cut(13, 16)}-a${cut(17, 20)}-${cut(20, 32)}`;
}
