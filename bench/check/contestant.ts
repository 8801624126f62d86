import type { Contender } from '../rounds.ts';
import { stopIfAsked } from '../stopping.ts';
import { WrongAnswer } from '../wrongAnswer.ts';

/** Something that answers the questions of an estate, by their number. */
export interface Contestant extends Partial<AsyncDisposable> {
  readonly name: string;
  /** How many questions are asked between two looks at the clock. */
  readonly chunk: number;
  /** Whether the answer is the right one can be compared; a floor answers another question. */
  readonly answers: boolean;
  ask(question: number): boolean | Promise<boolean>;
  /** Asks so many questions from one on: a loop of its own, so that no contestant pays for another's. */
  run(first: number, count: number): number | Promise<number>;
}

const COMPARE_MS = 1_000;

/** Asks each question of one contestant until its time is over, and throws at the first answer that is not right. */
export async function compare(
  contestant: Contestant,
  right: readonly boolean[],
  leastCount: number,
): Promise<number> {
  const until = performance.now() + COMPARE_MS;
  let asked = 0;
  for (; asked < right.length && (asked < leastCount || performance.now() < until); asked++) {
    stopIfAsked();
    const answer = await contestant.ask(asked);
    if (answer !== right[asked])
      throw new WrongAnswer(
        `${contestant.name} answers ${answer} to question ${asked}; it is ${right[asked]}`,
      );
  }
  return asked;
}

/** A round asks for so long, from the same question on for all, and gives the nanoseconds of one. */
export const timed = (contestant: Contestant, questionCount: number, roundMs: number): Contender => ({
  name: contestant.name,
  round: async (number) => {
    const first = (number * 997) % questionCount;
    let asked = 0;
    let yes = 0;
    const start = performance.now();
    do {
      yes += await contestant.run((first + asked) % questionCount, contestant.chunk);
      asked += contestant.chunk;
    } while (performance.now() - start < roundMs);
    const nanoseconds = ((performance.now() - start) * 1e6) / asked;
    if (Number.isNaN(yes)) throw new Error('bug: an answer that is neither yes nor no');
    return nanoseconds;
  },
});
