import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';

const root = path.dirname(import.meta.dirname);

/** A demo server in a process of its own, on a folder of its own; what a person gets from `npm start`. */
export interface ServerProcess {
  readonly folder: string;
  /** The lines of demo.env. */
  env(): Readonly<Record<string, string>>;
  readonly url: string;
  kill(): void;
  output(): string;
  /** Kills the embedded PostgreSQL's process, as soon as there is one. */
  killPostmaster(): Promise<void>;
  start(): Promise<void>;
  /** Waits for the end of a process that was told to stop, or was killed. */
  ended(): Promise<number | null>;
  stop(): Promise<number | null>;
  remove(): Promise<void>;
}

export const newFolder = (): string => mkdtempSync(path.join(os.tmpdir(), 'postern-test-'));

export async function serverProcess(
  settings: Readonly<Record<string, string>> = {},
  folder = newFolder(),
  verb: 'demo' | 'serve' = 'demo',
): Promise<ServerProcess> {
  const port = Number(settings['POSTERN_PORT'] ?? (await freePort()));
  const url = `https://localhost:${port}`;
  let child: ChildProcess | null = null;
  let output = '';
  const env = () => exports(path.join(folder, 'demo.env'));
  async function start(): Promise<void> {
    const own = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !name.startsWith('POSTERN_')),
    );
    const given = {
      POSTERN_DATA: folder,
      POSTERN_PORT: String(port),
      POSTERN_PROXY_PORT: 'off',
      ...settings,
    };
    child = spawn(process.execPath, ['bin/postern.ts', verb], { cwd: root, env: { ...own, ...given } });
    const collect = (text: Buffer) => {
      output += text;
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    await ready(url, path.join(folder, 'tls', 'ca.pem'), child, () => output);
  }
  const ended = async () => {
    if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return child?.exitCode ?? null;
  };
  const stop = async () => {
    child?.kill('SIGTERM');
    return ended();
  };
  const server: ServerProcess = {
    folder,
    env,
    url,
    kill: () => void child?.kill('SIGKILL'),
    output: () => output,
    killPostmaster: () => killWhenThere(path.join(folder, 'postgres', 'postmaster.pid')),
    start,
    ended,
    stop,
    remove: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await start();
  return server;
}

// One that was killed a moment ago may have no successor yet.
async function killWhenThere(pidFile: string): Promise<void> {
  for (const deadline = Date.now() + DEADLINE_MS; Date.now() < deadline; ) {
    const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').split('\n')[0]) : 0;
    if (pid > 0 && killed(pid)) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('there was no postmaster to kill');
}

function killed(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function exports(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8').matchAll(/^export (\w+)='(.*)'$/gm);
  return Object.fromEntries(
    [...lines].map(([, name = '', value = '']) => [name, value.replaceAll(`'\\''`, "'")]),
  );
}

const DEADLINE_MS = 90_000;
const trusted = new Set<string>();

// Waits on what the server itself says of being ready, never a fixed time.
async function ready(url: string, ca: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null)
      throw new Error(`the server ended with code ${child.exitCode}:\n${output()}`);
    if (existsSync(ca)) trust(readFileSync(ca, 'utf8'));
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.status === 200 && /ready at/.test(output())) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the server was not ready in time:\n${output()}`);
}

/** Trusts a server's own authority for every later fetch of this process. */
function trust(pem: string): void {
  if (trusted.has(pem)) return;
  trusted.add(pem);
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), pem]);
}
