import { type Identity, tokenFor } from './credentials.ts';
import type { Io } from './io.ts';
import { json, plain, table } from './print.ts';
import { readSettings, trustCa } from './settings.ts';
import { connect, type Wire } from './wire.ts';

/** What every verb can be told. */
export interface Common extends Identity {
  readonly json?: boolean | undefined;
}

/** One call of the CLI: who asks which server, and how the answer is shown. */
export interface Session {
  readonly io: Io;
  readonly wire: Wire;
  /** Prints an answer: as it came with --json, otherwise as sentences. */
  tell(answer: unknown, sentences: readonly string[]): void;
  /** The same for a list; `empty` is what there is to say about an empty one. */
  tabulate(
    answer: unknown,
    head: readonly string[],
    rows: readonly (readonly string[])[],
    empty: string,
  ): void;
}

export async function open(io: Io, options: Common): Promise<Session> {
  const settings = await readSettings(io);
  await trustCa(io, settings);
  const wire = await connect(io, settings.url, () => tokenFor(io, settings, options));
  const print = (answer: unknown, lines: readonly string[]) => {
    for (const line of options.json ? [json(answer)] : lines) io.out(line);
  };
  return {
    io,
    wire,
    tell: (answer, sentences) => print(answer, sentences.map(plain)),
    tabulate: (answer, head, rows, empty) =>
      print(answer, rows.length > 0 ? table(head, rows, io.color) : [empty]),
  };
}
