import { realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type pg from 'pg';
import { PORT, socketFolderFor } from '../../src/store/embedded/socketFolder.ts';
import { eligibles } from '../activation/eligible.ts';
import { plain } from '../activation/plain.ts';
import { drive } from '../callers.ts';
import { mustBeDurable, temporaryFolder, withOwner } from '../postgres.ts';
import { report } from '../report.ts';
import { type Contender, interleaved, medianOf, quantile } from '../rounds.ts';
import { WrongAnswer } from '../wrongAnswer.ts';
import { demoServer } from './demoServer.ts';
import { groupPath, type Tenant, tenant } from './tenant.ts';

const OURS = 'Postern: whole activations over HTTPS';
const FLOOR = 'floor: GET /healthz over the same connections';
const SIX = 'six round trips: the plain transaction, without HTTP';
const CALLERS = 32;
const JOBS = 256;
const ROUNDS = 5;
const COMPARED = 64;

/** An activation as a client sees it: TLS, token, policy, log; beside the same database used without a server. */
export async function https(): Promise<void> {
  await using folder = await temporaryFolder();
  await using server = await demoServer(folder.path);
  await using open = new AsyncDisposableStack();
  open.defer(() => server.client.close());
  const groups = Array.from({ length: JOBS }, (_, n) => groupPath(n));
  const person = await tenant(server, groups);
  await compareActivations(person, groups.slice(0, COMPARED));
  const people = eligibles(JOBS);
  const peer = open.use(await plain(await besideTheDemo(folder.path), people, CALLERS));
  const waits: number[] = [];
  const contenders: readonly Contender[] = [
    { name: OURS, round: () => activateAll(person, groups, waits) },
    { name: SIX, round: async () => (await drive(CALLERS, people, peer.sixRoundTrips)).perSecond },
    {
      name: FLOOR,
      round: async () => (await drive(CALLERS, groups, () => healthy(server.client))).perSecond,
    },
  ];
  const measured = await interleaved(contenders, ROUNDS);
  const ours = medianOf(measured, OURS);
  report({
    figure: 'activation over HTTPS',
    setting: { connections: CALLERS },
    unit: '/s',
    compared: COMPARED,
    measured,
    ratios: {
      'of the plain transaction': ours / medianOf(measured, SIX),
      'of the floor': ours / medianOf(measured, FLOOR),
    },
    more: { 'median wait, ms': quantile(waits, 0.5), 'p99 wait, ms': quantile(waits, 0.99) },
  });
}

async function activateAll(person: Tenant, groups: readonly string[], waits: number[]): Promise<number> {
  const driven = await drive(CALLERS, groups, person.activate);
  await drive(CALLERS, groups, person.deactivate);
  waits.push(...driven.waits);
  return driven.perSecond;
}

async function compareActivations(person: Tenant, groups: readonly string[]): Promise<void> {
  const mustBe = (right: boolean) =>
    drive(CALLERS, groups, async (group) => {
      const allowed = await person.mayRead(group);
      if (allowed !== right)
        throw new WrongAnswer(`the check at ${group} says ${allowed}, and it should be ${right}`);
    });
  await mustBe(false);
  await drive(CALLERS, groups, person.activate);
  await mustBe(true);
  await drive(CALLERS, groups, person.deactivate);
  await mustBe(false);
}

async function healthy(client: {
  call(method: string, path: string): Promise<{ status: number }>;
}): Promise<void> {
  const { status } = await client.call('GET', '/healthz');
  if (status !== 200) throw new WrongAnswer(`/healthz answers ${status}`);
}

/** A database of our own on the server's PostgreSQL. */
async function besideTheDemo(folder: string): Promise<pg.ClientConfig> {
  const host = socketFolderFor(await realpath(folder), tmpdir());
  const connection = { host, port: PORT, user: 'postern', database: 'postern', ssl: false };
  await mustBeDurable(connection);
  await withOwner(connection, (owner) => owner.query('create database bench'));
  return { ...connection, database: 'bench' };
}
