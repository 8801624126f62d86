import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { type DemoServer, environmentFile, secretsIn } from './environmentFile.ts';
import { FACES } from './people.ts';
import { secretsOf } from './secrets.ts';
import { welcome } from './welcome.ts';

const TENANT = { id: '9a4c1e52-0d5b-4f0e-8d77-5f3d0c1b2a90', displayName: 'Demo', domain: 'demo.example' };
const SERVER: DemoServer = {
  url: 'https://localhost:8443',
  ca: "/srv/it's here/tls/ca.pem",
  proxy: 'http://127.0.0.1:8888',
  tenantId: TENANT.id,
};
const SECRETS = secretsOf(TENANT, 'a\'b$c`d"e\\f', 'pass $(word)');
const NAMES = FACES.map((f) => f.name);

/** What a shell makes of the file. */
const sourced = (file: string, name: string): string =>
  execFileSync('sh', ['-c', `${file}\nprintf %s "$${name}"`], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin' },
  });

describe('demo.env', () => {
  const file = environmentFile(SERVER, SECRETS);

  test.each([
    ['POSTERN_URL', SERVER.url],
    ['POSTERN_CA', SERVER.ca],
    ['NODE_EXTRA_CA_CERTS', SERVER.ca],
    ['POSTERN_PROXY', 'http://127.0.0.1:8888'],
    ['POSTERN_TENANT_ID', TENANT.id],
    ['POSTERN_WORKSPACE_ID', TENANT.id],
    ['POSTERN_CLIENT_ID', SECRETS.clientId],
    ['POSTERN_CLIENT_SECRET', SECRETS.clientSecret],
    ['POSTERN_USER_UPN', 'payments.operator@demo.example'],
    ['POSTERN_USER_PASSWORD', 'pass $(word)'],
    ['POSTERN_APPROVER_UPN', 'payments.oncall@demo.example'],
    ['POSTERN_APPROVER_PASSWORD', 'pass $(word)'],
    ['POSTERN_RAVI_UPN', 'ravi.patel@demo.example'],
    ['POSTERN_AZ_EXTENSION', ''],
  ])('gives a shell %s exactly', (name, value) => expect(sourced(file, name)).toBe(value));

  test('names the az extension and leaves out the proxy when that is how it is', () => {
    const other = environmentFile({ ...SERVER, proxy: null, azExtension: '/srv/postern.whl' }, SECRETS);
    expect(sourced(other, 'POSTERN_AZ_EXTENSION')).toBe('/srv/postern.whl');
    expect(other).not.toContain('POSTERN_PROXY');
  });

  test('gives the next start its secrets back', () => expect(secretsIn(file, NAMES)).toEqual(SECRETS));

  test.each([
    ['is empty', ''],
    ['was cut in the middle', file.slice(0, file.indexOf('POSTERN_ANIKA_PASSWORD'))],
    ['has no secret', file.replace(/.*CLIENT_SECRET.*\n/, '')],
  ])('gives nothing back when it %s', (_, text) => expect(secretsIn(text, NAMES)).toBeNull());
});

test('the console says what to do first, with commands to paste', () => {
  const said = welcome({
    url: SERVER.url,
    environment: './data/demo.env',
    command: 'npx postern',
    proxy: true,
  });
  expect(said.length).toBeLessThanOrEqual(8);
  expect(said.join('\n')).toContain(SERVER.url);
  expect(said).toContain('  npx postern mine --as ravi');
});
