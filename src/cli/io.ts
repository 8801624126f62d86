import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';

/** Everything of the process that the CLI touches; tests give their own. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly color: boolean;
  readonly fetch: typeof fetch;
  out(line: string): void;
  err(line: string): void;
  /** Runs a program; a program that is not there ends with code 127. */
  run(command: string, args: readonly string[]): Promise<{ readonly code: number; readonly stdout: string }>;
  /** The text of a file, or undefined when there is none. */
  readFile(path: string): Promise<string | undefined>;
  /** Trusts the certificates of a PEM text besides the usual ones, for every later fetch. */
  trust(pem: string): void;
  /** Absent when nobody sits at a terminal. */
  readonly confirm?: (question: string) => Promise<boolean>;
  sleep(ms: number): Promise<void>;
  /** Fires on Ctrl-C. */
  interrupted(): AbortSignal;
  newId(): string;
  now(): Date;
  exit(code: number): void;
}

export function realIo(): Io {
  const interrupt = new AbortController();
  // Whoever reads us may stop reading, as head does: that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  let listening = false;
  // Only the verbs that ask for it catch Ctrl-C, and only the first: the second ends the process as usual.
  const interrupted = () => {
    if (!listening) process.once('SIGINT', () => interrupt.abort());
    listening = true;
    return interrupt.signal;
  };
  return {
    env: process.env,
    color: process.stdout.isTTY === true && process.stdout.hasColors(),
    fetch,
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    run,
    readFile: (path) => readFile(path, 'utf8').catch(absent),
    trust: (pem) => tls.setDefaultCACertificates([...tls.getCACertificates('default'), pem]),
    ...(process.stdin.isTTY && process.stderr.isTTY
      ? { confirm: (question) => confirm(question, interrupt) }
      : {}),
    sleep: (ms) => sleep(ms, undefined, { signal: interrupted() }),
    interrupted,
    newId: randomUUID,
    now: () => new Date(),
    exit: (code) => {
      process.exitCode = code;
    },
  };
}

// az is a batch file on Windows, which only a shell starts; the arguments are our own words.
function run(command: string, args: readonly string[]): Promise<{ code: number; stdout: string }> {
  return new Promise((resolve) => {
    execFile(command, [...args], { shell: process.platform === 'win32' }, (error, stdout) => {
      const code = error
        ? typeof error.code === 'number'
          ? error.code
          : error.code === 'ENOENT'
            ? 127
            : 1
        : 0;
      resolve({ code, stdout });
    });
  });
}

// On stderr: stdout may be somebody's JSON. The terminal hands Ctrl-C to the question; the end of the input means no.
async function confirm(question: string, interrupt: AbortController): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  lines.once('SIGINT', () => interrupt.abort());
  const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('no')));
  try {
    const answer = await Promise.race([
      lines.question(`${question} [y/N] `, { signal: interrupt.signal }),
      closed,
    ]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}
