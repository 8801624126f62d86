import { report } from '../report.ts';
import { quantile, seen } from './seen.ts';

const PEOPLE = 500;

/** How soon the other replica sees what one has answered. */
export async function replicas(): Promise<void> {
  for (const atATime of [1, 32]) {
    const waits = await seen(PEOPLE, atATime);
    const [p50, p99] = [quantile(waits, 0.5), quantile(waits, 0.99)];
    report({
      figure: 'seen by the other replica',
      setting: { callers: atATime },
      unit: 'ms',
      compared: waits.length,
      measured: [{ name: 'from the answer to the other check saying yes', rounds: waits }],
      ratios: {},
      more: { 'p50, ms': p50, 'p99, ms (goal 50)': p99 },
    });
  }
}
