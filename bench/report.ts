import { appendFileSync, mkdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { type Measured, median } from './rounds.ts';

type Unit = 'ns' | 'ms' | '/s';

/** What one comparison came to. */
export interface Result {
  readonly figure: string;
  /** What was the same for all contenders: sizes, callers. */
  readonly setting: Readonly<Record<string, string | number>>;
  readonly unit: Unit;
  /** How many answers were compared before anything was timed; all were right, or there is no result. */
  readonly compared: number;
  readonly measured: readonly Measured[];
  /** Figures of one run divided by each other: what a reader should look at. */
  readonly ratios: Readonly<Record<string, number>>;
  /** Other figures, with their unit in the name. */
  readonly more?: Readonly<Record<string, number>>;
}

const FOLDER = new URL('./results/', import.meta.url);
const STARTED = new Date().toISOString().replaceAll(':', '');

/** The machine's load over the last minute. */
const load1 = (): number => Number((loadavg()[0] ?? 0).toFixed(2));

/** Prints a table, and appends one line of JSON to this run's file. */
export function report(result: Result): void {
  const { figure, setting, unit, compared, measured, ratios, more = {} } = result;
  const now = load1();
  const where = Object.entries(setting).map(([name, value]) => `${value.toLocaleString('en')} ${name}`);
  line(
    `${[figure, ...where].join(' · ')}   (${compared.toLocaleString('en')} answers compared, load1 ${now})`,
  );
  for (const m of measured) line(rowOf(m, unit));
  for (const [name, ratio] of Object.entries(ratios))
    line(`  ${name.padEnd(NAME)} ${rounded(ratio).padStart(10)} ×`);
  for (const [name, value] of Object.entries(more))
    line(`  ${name.padEnd(NAME)} ${rounded(value).padStart(10)}`);
  line('');
  mkdirSync(FOLDER, { recursive: true });
  const record = { at: new Date().toISOString(), load1: now, node: process.version, ...result };
  appendFileSync(new URL(`${STARTED}.jsonl`, FOLDER), `${JSON.stringify(record)}\n`);
}

const NAME = 58;
const line = (text: string): void => void process.stdout.write(`${text}\n`);

function rowOf({ name, rounds }: Measured, unit: Unit): string {
  const spread = `${shown(Math.min(...rounds), unit)} to ${shown(Math.max(...rounds), unit)}`;
  return `  ${name.padEnd(NAME)} ${shown(median(rounds), unit).padStart(12)}   ${spread}`;
}

function shown(value: number, unit: Unit): string {
  if (unit !== 'ns') return `${rounded(value)} ${unit}`;
  if (value < 1_000) return `${rounded(value)} ns`;
  return value < 1_000_000 ? `${rounded(value / 1_000)} µs` : `${rounded(value / 1_000_000)} ms`;
}

const rounded = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
