import type { Source } from './source.ts';

export interface Finding {
  /** Counted from 1. */
  readonly line: number;
  readonly problem: string;
}

/** Something every source file must keep to, that a machine can read. */
export interface HouseRule {
  /** As a sentence about the product. */
  readonly name: string;
  /** What to do about a finding. */
  readonly fix: string;
  covers(path: string): boolean;
  findings(source: Source): readonly Finding[];
}

/** One line a finding: where, what, and how to fix it. */
export const violations = (rule: HouseRule, sources: readonly Source[]): readonly string[] =>
  sources
    .filter((source) => rule.covers(source.path))
    .flatMap((source) =>
      rule.findings(source).map(({ line, problem }) => `${source.path}:${line} ${problem}. ${rule.fix}`),
    );
