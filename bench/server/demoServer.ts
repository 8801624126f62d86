import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stopIfAsked } from '../stopping.ts';
import { type HttpsClient, httpsClient } from './httpsClient.ts';

/** The real server as a child of its own, with the demo tenant in a folder of ours. */
export interface DemoServer extends AsyncDisposable {
  readonly client: HttpsClient;
  /** From the start of the process to the first 200 of /readyz. */
  readonly readyMs: number;
  /** What demo.env says, by name; the server writes it at about the time it is ready. */
  environment(): Promise<ReadonlyMap<string, string>>;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY_MAX_MS = 120_000;
const LOOK_AGAIN_MS = 5;
const STOP_MAX_MS = 30_000;

export async function demoServer(folder: string): Promise<DemoServer> {
  const port = await freePort();
  const started = performance.now();
  const child = spawnDemo(folder, port);
  const stop = () => ended(child);
  try {
    const client = await ready(folder, port, child);
    const readyMs = performance.now() - started;
    return { client, readyMs, environment: () => exported(folder, child), [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function spawnDemo(folder: string, port: number): ChildProcess {
  const outer = Object.entries(process.env).filter(([name]) => !name.startsWith('POSTERN_'));
  const settings = {
    POSTERN_DATA: folder,
    POSTERN_PORT: String(port),
    POSTERN_HOST: '127.0.0.1',
    POSTERN_PROXY_PORT: 'off',
    POSTERN_ACTIVATION_FLOOR: 'PT0S',
  };
  const env = { ...Object.fromEntries(outer), ...settings };
  const stdio = ['ignore', 'ignore', process.env['BENCH_SERVER_LOG'] ? 'inherit' : 'ignore'] as const;
  return spawn(process.execPath, ['bin/postern.ts', 'demo'], { cwd: ROOT, env, stdio: [...stdio] });
}

// Another process may take the port in between; then the server says so and ends, and so does the run.
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function ready(folder: string, port: number, child: ChildProcess): Promise<HttpsClient> {
  return eventually(child, async () => {
    const client = httpsClient(port, await readFile(join(folder, 'tls', 'ca.pem'), 'utf8'));
    const answer = await client.call('GET', '/readyz').catch(() => null);
    if (answer?.status === 200) return client;
    client.close();
    throw new Error(`/readyz answers ${answer?.status ?? 'nothing'}`);
  });
}

async function exported(folder: string, child: ChildProcess): Promise<ReadonlyMap<string, string>> {
  const text = await eventually(child, () => readFile(join(folder, 'demo.env'), 'utf8'));
  const lines = text.matchAll(/^export (\w+)='(.*)'$/gm);
  return new Map([...lines].map(([, name = '', value = '']) => [name, value]));
}

/** Tries again until it succeeds, the server ends, or the time is over. */
async function eventually<T>(child: ChildProcess, attempt: () => Promise<T>): Promise<T> {
  const until = performance.now() + READY_MAX_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      stopIfAsked();
      if (child.exitCode !== null)
        throw new Error(`the server ended with ${child.exitCode}; BENCH_SERVER_LOG=1 shows why`);
      if (performance.now() > until) throw error;
      await sleep(LOOK_AGAIN_MS);
    }
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MAX_MS);
  await gone;
  clearTimeout(late);
}
