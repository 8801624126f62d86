import { spawn } from 'node:child_process';
import { temporaryFolder } from '../postgres.ts';
import { report } from '../report.ts';
import { interleaved, medianOf } from '../rounds.ts';
import { demoServer } from './demoServer.ts';

const OURS = 'Postern: start of the process to /readyz, existing demo';
const FLOOR = 'floor: a bare Node process until it listens';
const ROUNDS = 5;

/** How long a restart takes, beside a Node process that does nothing else. */
export async function start(): Promise<void> {
  await using folder = await temporaryFolder();
  const firstMs = await startOnce(folder.path);
  const measured = await interleaved(
    [
      { name: OURS, round: () => startOnce(folder.path) },
      { name: FLOOR, round: bareNode },
    ],
    ROUNDS,
  );
  report({
    figure: 'start',
    setting: {},
    unit: 'ms',
    compared: ROUNDS + 1,
    measured,
    ratios: { 'times a bare process': medianOf(measured, OURS) / medianOf(measured, FLOOR) },
    more: { 'first start, with the demo written, ms': firstMs },
  });
}

async function startOnce(folder: string): Promise<number> {
  await using server = await demoServer(folder);
  server.client.close();
  return server.readyMs;
}

const BARE = `require('node:http').createServer().listen(0, '127.0.0.1', () => process.stdout.write('listening'))`;

async function bareNode(): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, ['-e', BARE], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const took = performance.now() - started;
  child.kill();
  await gone;
  return took;
}
