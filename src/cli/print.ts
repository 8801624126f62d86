import { styleText } from 'node:util';

// Control characters and the marks that turn the direction of writing: text of other people must not steer the terminal.
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** One line of text that shows what is there and does nothing else. */
export const plain = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ').replace(UNSAFE, '\ufffd');

/** Rows as aligned lines; the last column is never padded. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((row) => row.map(plain));
  const width = (column: number) => Math.max(...cells.map((row) => row[column]?.length ?? 0));
  const widths = cells[0]?.map((_, column) => width(column)) ?? [];
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  color: boolean,
): string[] {
  const [first = '', ...rest] = columns([head, ...rows]);
  return [color ? styleText('bold', first, { validateStream: false }) : first, ...rest];
}

export const json = (value: unknown): string => JSON.stringify(value, null, 2);
