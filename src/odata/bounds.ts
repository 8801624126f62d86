import type { Node } from './filter.ts';
import { refuse } from './refusal.ts';

/** INVARIANT(Q2): a filter is bounded before anybody works on it. */
export const BOUNDS = { bytes: 8_192, nodes: 200, depth: 16 } as const;

const TOO_DEEP = `the filter is nested more than ${BOUNDS.depth} deep`;

export function refuseLongText(text: string): void {
  // A character is at least one byte, so a text far too long is not encoded to be counted.
  if (text.length > BOUNDS.bytes || new TextEncoder().encode(text).length > BOUNDS.bytes)
    refuse(BOUNDS.bytes, `the filter is longer than ${BOUNDS.bytes} bytes`);
}

/** Counts what the parser makes and how deep it stands, and refuses the first too much. */
export interface Budget {
  /** Runs `inner` one bracket (or `not`) further in. */
  within<T>(at: number, inner: () => T): T;
  /** Registers a node made of `parts`. */
  made<N extends Node>(at: number, node: N, parts?: readonly Node[]): N;
}

export function newBudget(): Budget {
  const depths = new Map<Node, number>();
  let brackets = 0;
  return {
    // The brackets bound the parser's own recursion, also where they add nothing to the tree: ((((a eq 1)))).
    within(at, inner) {
      if (brackets === BOUNDS.depth) refuse(at, TOO_DEEP);
      brackets += 1;
      const result = inner();
      brackets -= 1;
      return result;
    },
    made(at, node, parts = []) {
      const depth = 1 + Math.max(0, ...parts.map((part) => depths.get(part) ?? 0));
      if (depth > BOUNDS.depth) refuse(at, TOO_DEEP);
      if (depths.size === BOUNDS.nodes) refuse(at, `the filter has more than ${BOUNDS.nodes} parts`);
      depths.set(node, depth);
      return node;
    },
  };
}
