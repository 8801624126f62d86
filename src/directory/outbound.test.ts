import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askOutside, DEFAULT_REACH } from './outbound.ts';
import { loopbackCertificate } from './signin/signIn.fixture.ts';

const LOOPBACK = ['127.0.0.0/8', '::1'];
let server: Server;
let origin: string;
let hits = 0;

beforeAll(async () => {
  const { key, cert } = loopbackCertificate();
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), cert]);
  server = createServer({ key, cert }, (request, response) => {
    hits += 1;
    if (request.url === '/moved') return response.writeHead(302, { location: `${origin}/fine` }).end();
    if (request.url === '/gone') return response.writeHead(404).end();
    if (request.url === '/never') return;
    if (request.url === '/drip') return void response.write('x');
    return response.end(request.url === '/large' ? 'x'.repeat(2_000) : 'fine');
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  origin = `https://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections()));

const ask = (path: string, reach = {}) =>
  askOutside({ ...DEFAULT_REACH, allowed: LOOPBACK, ...reach })(new URL(path, origin));

describe('INV-Q4: the server reaches out', () => {
  test('to an allowed address, and reads what is there', async () => {
    expect(await ask('/fine')).toBe('fine');
  });

  test.each([
    ['follows no redirect', '/moved', {}, '302'],
    ['takes nothing but 200', '/gone', {}, '404'],
    ['reads no more than it is allowed', '/large', { bytesMax: 1_999 }, 'more than 1999'],
    ['waits no longer than it is allowed', '/never', { timeoutMs: 100 }, 'aborted'],
    ['waits no longer for the rest either', '/drip', { timeoutMs: 100 }, 'aborted'],
  ])('and %s', async (_name, path, reach, words) => {
    await expect(ask(path, reach)).rejects.toThrow(words);
  });

  test('to no private address under a public name: the address is judged when it connects', async () => {
    const before = hits;
    await expect(ask('/fine', { allowed: [] })).rejects.toThrow('private address');
    await expect(ask('/fine', { allowed: ['10.0.0.0/8'] })).rejects.toThrow('POSTERN_OUTBOUND_ALLOW');
    expect(hits).toBe(before);
  });

  test.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://10.1.2.3/',
    'https://100.64.0.1/',
    'https://0.0.0.0/',
  ])('to no private address however it is written: %s', async (url) => {
    await expect(askOutside(DEFAULT_REACH)(new URL(url))).rejects.toThrow('private address');
  });

  test.each(['http://localhost/', 'file:///etc/passwd', 'data:,x'])(
    'by https only, not to %s',
    async (url) => {
      await expect(askOutside({ ...DEFAULT_REACH, allowed: LOOPBACK })(new URL(url))).rejects.toThrow(
        'not an https',
      );
    },
  );
});
