import type { Refusal } from '../refusal.ts';

/** Asks the checks in their order and returns what the first one that refuses has to say: the wire fixes the order. */
export function firstOf(...checks: readonly (() => readonly Refusal[])[]): readonly Refusal[] {
  for (const check of checks) {
    const refusals = check();
    if (refusals.length > 0) return refusals;
  }
  return [];
}
