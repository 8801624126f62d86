import type { AccessAnswer, AccessQuestion } from '../../src/core/access.ts';
import type { Instant } from '../../src/core/values.ts';
import type { World } from '../../src/core/world.ts';
import type { LogLine } from '../../src/engine/ports.ts';
import type { Retelling } from './retelling.ts';

/** One who answers access checks: the index of a replica, or the facts themselves. */
export interface Answerer {
  check(question: AccessQuestion, t: Instant): AccessAnswer;
  /** Whether it has seen all that was written; if not, it may lag, but must still let nothing outlive its end. */
  readonly current: boolean;
}

/** What a law looks at: the state before and after something happened, what the log says, and who answers. */
export interface Step {
  readonly before: World;
  readonly after: World;
  readonly fresh: readonly LogLine[];
  readonly told: Retelling;
  readonly now: Instant;
  readonly answerers: readonly Answerer[];
}

export interface Law {
  readonly id: string;
  readonly says: string;
  /** What breaks it, if anything does. */
  readonly broken: (step: Step) => string | undefined;
}

export const first = <T>(
  all: Iterable<T>,
  broken: (one: T) => boolean,
  text: (one: T) => string,
): string | undefined => {
  for (const one of all) if (broken(one)) return text(one);
  return undefined;
};

export const schedules = (s: Step) => [...s.after.schedule.values()];

export const activations = (s: Step) => schedules(s).filter((a) => a.activatedFrom !== null);

export const idOf = ({ id }: { readonly id: string }) => id;

export class Breach extends Error {
  readonly law: string;
  constructor(law: Law, what: string) {
    super(`INV-${law.id}: ${law.says}. Broken: ${what}`);
    this.law = law.id;
  }
}
