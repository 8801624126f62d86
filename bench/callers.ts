import { stopIfAsked } from './stopping.ts';

/** What so many callers got done together, each asking again as soon as it is answered. */
export interface Driven {
  readonly perSecond: number;
  /** How long each job took, in milliseconds. */
  readonly waits: readonly number[];
}

/** Has all jobs done by so many callers at once. The first that fails fails all. */
export async function drive<Job>(
  callers: number,
  jobs: readonly Job[],
  work: (job: Job) => Promise<void>,
): Promise<Driven> {
  const waits: number[] = [];
  const rest = jobs.values();
  const start = performance.now();
  const caller = async () => {
    for (const job of rest) {
      stopIfAsked();
      const asked = performance.now();
      await work(job);
      waits.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return { perSecond: (jobs.length * 1_000) / (performance.now() - start), waits };
}
