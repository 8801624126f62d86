import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:https';
import { type AddressInfo, isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { certificates, type Given } from './tls.ts';

const NOW = new Date();
const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const FILES = ['ca.pem', 'leaf.pem', 'leaf.key'];

let folder = '';
let said: string[] = [];
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'tls-')), 'data', 'tls');
  said = [];
});
afterEach(() => rmSync(join(folder, '../..'), { recursive: true }));

const start = (names = ['pim.example'], now = NOW, given: Given | null = null, into = folder) =>
  certificates(into, names, given, now, (sentence) => said.push(sentence));
const files = (from = folder) => FILES.map((name) => readFileSync(join(from, name), 'utf8'));

/** The answer of an https server with this certificate to a client that asks for `servername` and trusts only `ca`. */
async function reach(made: { cert: string; key: string }, ca: string, servername: string): Promise<string> {
  const server = createServer({ cert: made.cert, key: made.key }, (_, response) => response.end('reached'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  try {
    return await new Promise((done, failed) => {
      const options = {
        host: '127.0.0.1',
        port,
        ca,
        servername: isIP(servername) === 0 ? servername : '',
        headers: { host: servername },
        agent: false,
      };
      get(options, (response) => response.setEncoding('utf8').on('data', done)).on('error', failed);
    });
  } finally {
    server.close();
  }
}

describe('the first start', () => {
  test('makes an authority and a certificate, says so, and keeps the key to itself', async () => {
    const made = await start();
    expect(made.caPath).toBe(join(folder, 'ca.pem'));
    expect([made.cert, made.key]).toEqual(files().slice(1));
    expect(said).toEqual([expect.stringContaining('there was no complete set')]);
    expect(readdirSync(folder).sort()).toEqual([...FILES].sort());
    expect(statSync(folder).mode & 0o777).toBe(0o755);
    expect(FILES.map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o644, 0o644, 0o600]);
  });

  test('is not bent by a narrow umask', async () => {
    const umask = process.umask(0o077);
    await start().finally(() => process.umask(umask));
    expect([folder, join(folder, 'ca.pem')].map((path) => statSync(path).mode & 0o777)).toEqual([
      0o755, 0o644,
    ]);
  });

  test('both are valid for 397 days', async () => {
    await start();
    for (const pem of files().slice(0, 2)) {
      const { validFromDate, validToDate } = new X509Certificate(pem);
      expect(validToDate.getTime() - validFromDate.getTime()).toBe(397 * 86_400_000);
      expect(NOW.getTime() - validFromDate.getTime()).toBeGreaterThan(0);
    }
  });

  test('a client that trusts the authority reaches every name, and no other', async () => {
    const made = await start(['pim.example', '[2001:DB8::1]']);
    const [ca = ''] = files();
    const names = ['pim.example', 'localhost', '127.0.0.1', 'management.azure.com', 'graph.microsoft.com'];
    for (const name of [...names, 'login.microsoftonline.com', 'api.loganalytics.io']) {
      expect(await reach(made, ca, name), name).toBe('reached');
    }
    const leaf = new X509Certificate(made.cert);
    expect([leaf.checkIP('::1'), leaf.checkIP('2001:db8::1')]).not.toContain(undefined);
    await expect(reach(made, ca, 'portal.azure.com')).rejects.toThrow('does not match');
  });
});

describe('a later start', () => {
  test('keeps what is there, with the names in any order and case, and says nothing', async () => {
    const first = await start(['a.example', 'b.example', '2001:db8::1']);
    said = [];
    expect(await start(['B.example', '[2001:DB8:0::1]', 'a.example', 'localhost'])).toEqual(first);
    expect(said).toEqual([]);
  });

  test('loads no certificate maker when it needs none', async () => {
    await start();
    const loaded = (into: string) =>
      execFileSync(process.execPath, [
        '--input-type=module',
        '-e',
        `import { certificates } from ${JSON.stringify(new URL('./tls.ts', import.meta.url).href)};
        await certificates(${JSON.stringify(into)}, ['pim.example'], null, new Date(), () => {});
        console.log('getMetadata' in Reflect);`,
      ]).toString();
    expect([loaded(folder), loaded(`${folder}2`)]).toEqual(['false\n', 'true\n']);
  });

  const remade: [string, () => void, Parameters<typeof start>, string][] = [
    ['a name is new', () => {}, [['pim.example', 'new.example']], 'the names have changed'],
    ['a name is gone', () => {}, [[]], 'the names have changed'],
    ['less than 30 days are left', () => {}, [['pim.example'], later(368)], 'fewer than 30 days'],
    ['the clock was set back', () => {}, [['pim.example'], later(-2)], 'not valid yet'],
    ['a file is gone', () => rmSync(join(folder, 'leaf.key')), [], 'no complete set'],
    ['a file is damaged', () => writeFileSync(join(folder, 'ca.pem'), 'x'), [], 'could not be read'],
  ];
  test.each(remade)('makes all of it anew and says so when %s', async (_, spoil, again, why) => {
    await start();
    const before = files();
    spoil();
    said = [];
    const made = await start(...again);
    expect(said).toEqual([expect.stringContaining(why)]);
    expect(files().filter((file) => before.includes(file))).toEqual([]);
    expect([made.cert, made.key]).toEqual(files().slice(1));
  });

  test('30 days are enough', async () => {
    const first = await start();
    expect(await start(['pim.example'], later(366))).toEqual(first);
  });

  test.each([1, 2])(
    'after a kill that left %i new files of three, all belong together again',
    async (replaced) => {
      const old = join(folder, '../old');
      await start(['pim.example'], NOW, null, old);
      await start();
      for (const name of FILES.slice(replaced)) {
        chmodSync(join(folder, name), 0o600);
        writeFileSync(join(folder, name), readFileSync(join(old, name)));
      }
      writeFileSync(join(folder, 'leaf.key.new'), 'half a k', { mode: 0o644 });
      said = [];
      const made = await start();
      expect(said).toEqual([expect.stringContaining('did not belong together')]);
      expect(await reach(made, files()[0] ?? '', 'pim.example')).toBe('reached');
      expect(readdirSync(folder).sort()).toEqual([...FILES].sort());
      expect(statSync(join(folder, 'leaf.key')).mode & 0o777).toBe(0o600);
    },
  );
});

describe('a certificate that was given', () => {
  const at = (certPath: string, keyPath: string): Given => ({
    certPath: join(folder, certPath),
    keyPath: join(folder, keyPath),
  });

  test('is used as it is, and nothing is made', async () => {
    const made = await start();
    said = [];
    const other = `${folder}2`;
    const shown = await start(['pim.example'], NOW, at('leaf.pem', 'leaf.key'), other);
    expect(shown).toEqual({ cert: made.cert, key: made.key, caPath: null });
    expect(said).toEqual([]);
    expect(() => statSync(other)).toThrow('ENOENT');
  });

  test('that is for other names, or over, is used and spoken about', async () => {
    await start();
    said = [];
    await start(['pim.example', 'two.example', '[2001:db8::9]'], later(400), at('leaf.pem', 'leaf.key'));
    expect(said).toEqual([
      expect.stringContaining('ended on'),
      expect.stringContaining('is not for two.example, 2001:db8::9.'),
    ]);
  });

  const refused: [string, string, string, RegExp][] = [
    ['is not there', 'none.pem', 'leaf.key', /^POSTERN_TLS_CERT names .*none\.pem, which cannot be read/],
    ['has no key', 'leaf.pem', 'none.key', /^POSTERN_TLS_KEY names .*none\.key, which cannot be read/],
    ['is none', 'leaf.key', 'leaf.key', /which is no certificate in PEM form/],
    ['has a key that is none', 'leaf.pem', 'leaf.pem', /which is no private key in PEM form/],
    ['has the key of another', 'ca.pem', 'leaf.key', /is not the key of the certificate/],
  ];
  test.each(refused)('that %s is refused', async (_, cert, key, message) => {
    await start();
    await expect(start(['pim.example'], NOW, at(cert, key))).rejects.toThrow(message);
  });
});
