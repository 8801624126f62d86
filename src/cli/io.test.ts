import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import * as x509 from '@peculiar/x509';
import { afterEach, expect, test } from 'vitest';
import { CONTRIBUTOR, type Pim, row, SUB, startPim, tokenOf } from './commands.fixture.ts';
import { realIo } from './io.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function selfSigned(): Promise<{ key: string; cert: string }> {
  x509.cryptoProvider.set(crypto);
  const signingAlgorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(signingAlgorithm, true, ['sign', 'verify']);
  const names = new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }]);
  const extensions = [new x509.BasicConstraintsExtension(true), names];
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=own',
    keys,
    signingAlgorithm,
    extensions,
  });
  const key = x509.PemConverter.encode(
    await crypto.subtle.exportKey('pkcs8', keys.privateKey),
    'PRIVATE KEY',
  );
  return { key, cert: certificate.toString('pem') };
}

test('a CA that is trusted after the process began counts for fetch, and only then', async () => {
  const own = await selfSigned();
  const server = createServer(own, (_, response) => response.end('hello')).listen(0, '127.0.0.1');
  closing.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  await once(server, 'listening');
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const io = realIo();
  await expect(io.fetch(url)).rejects.toThrow('fetch failed');
  io.trust(own.cert);
  expect(await (await io.fetch(url)).text()).toBe('hello');
});

test('a program that is not there is told from one that fails', async () => {
  const io = realIo();
  expect(await io.run('there-is-no-such-program', [])).toEqual({ code: 127, stdout: '' });
  expect(await io.run('node', ['-e', 'console.log(1);process.exit(5)'])).toEqual({ code: 5, stdout: '1\n' });
});

test('a file that is not there has no text', async () => {
  expect(await realIo().readFile('/nowhere/demo.env')).toBeUndefined();
});

const SCRIPT = `
  import { run } from '${new URL('./commands.ts', import.meta.url)}';
  import { realIo } from '${new URL('./io.ts', import.meta.url)}';
  process.exitCode = await run(process.argv.slice(1), realIo());
`;

function postern(pim: Pim, ...argv: string[]) {
  const env = { ...process.env, POSTERN_URL: pim.url, POSTERN_TOKEN: tokenOf('x'), POSTERN_DATA: '/nowhere' };
  const child = spawn('node', ['--input-type=module', '-e', SCRIPT, '--', ...argv], { env });
  const seen = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (seen.out += chunk));
  child.stderr.on('data', (chunk) => (seen.err += chunk));
  return { child, seen };
}

test('as a process of its own: stdout is the JSON, Ctrl-C while waiting ends with 130', async () => {
  const pim = await startPim();
  closing.push(pim.close);
  pim.approved.add(CONTRIBUTOR);
  pim.eligible = [row(CONTRIBUTOR, SUB, 'Payments')];
  const { child, seen } = postern(pim, 'activate', 'contributor', '-r', 'x', '--wait');
  await expect.poll(() => seen.err, { timeout: 4000 }).toContain('Ctrl-C stops waiting');
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
  const other = postern(pim, 'mine', '--json');
  expect(await once(other.child, 'close')).toEqual([0, null]);
  expect(JSON.parse(other.seen.out)).toMatchObject({ eligible: pim.eligible, pending: pim.requests });
});
