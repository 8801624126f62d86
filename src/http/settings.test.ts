import { describe, expect, test } from 'vitest';
import { publicUrlsAt, readSettings, type Settings, SettingsRefused, type Sources } from './settings.ts';

const read = (sources: Partial<Sources>) => readSettings({ flags: {}, env: {}, demo: false, ...sources });
const ofEnv = (env: Record<string, string>, demo = false) => read({ env, demo });

function refusal(sources: Partial<Sources>): string {
  try {
    read(sources);
  } catch (error) {
    if (error instanceof SettingsRefused) return error.message;
    throw error;
  }
  return 'accepted';
}

test('without a word the server listens on loopback, keeps ./data and has no proxy', () => {
  expect(read({})).toEqual({
    warnings: [],
    settings: {
      port: 8443,
      hosts: ['127.0.0.1', '::1'],
      publicUrls: [],
      trustedProxies: [],
      outboundAllow: [],
      proxyPort: null,
      data: './data',
      databaseUrl: null,
      migrateUrl: null,
      pgBin: null,
      activationFloorMs: 300_000,
      removalFloorMs: 0,
      groupCeilingMs: 86_400_000,
      profile: 'friendly',
      rateLimit: 600_000,
      clock: 'system',
      drainMs: 0,
      tls: null,
    } satisfies Settings,
  });
});

const meanings: [string, Partial<Sources>, Partial<Settings>][] = [
  ['the demo has a proxy', { demo: true }, { proxyPort: 8888 }],
  ['the demo without a proxy', { demo: true, env: { POSTERN_PROXY_PORT: 'off' } }, { proxyPort: null }],
  ['a proxy outside the demo', { env: { POSTERN_PROXY_PORT: '0' } }, { proxyPort: 0 }],
  ['a free port', { env: { POSTERN_PORT: '0' } }, { port: 0 }],
  ['two proxies on free ports', { env: { POSTERN_PORT: '0', POSTERN_PROXY_PORT: '0' } }, { proxyPort: 0 }],
  [
    'strict keeps access for five minutes',
    { env: { POSTERN_PROFILE: 'strict' } },
    { removalFloorMs: 300_000 },
  ],
  [
    'unless told otherwise',
    { env: { POSTERN_PROFILE: 'strict', POSTERN_REMOVAL_FLOOR: 'PT0S' } },
    { removalFloorMs: 0 },
  ],
  ['no floor', { env: { POSTERN_ACTIVATION_FLOOR: 'PT0S' } }, { activationFloorMs: 0 }],
  ['all units', { env: { POSTERN_GROUP_CEILING: 'P0DT1H2M3S' } }, { groupCeilingMs: 3_723_000 }],
  ['an IPv6 address in brackets', { env: { POSTERN_HOST: '[::1], 0.0.0.0' } }, { hosts: ['::1', '0.0.0.0'] }],
  [
    'public URLs become origins',
    { env: { POSTERN_PUBLIC_URL: 'https://PIM.example:443/, https://b:9' } },
    { publicUrls: ['https://pim.example', 'https://b:9'] },
  ],
  [
    'trusted proxies',
    { env: { POSTERN_TRUSTED_PROXIES: '10.0.0.0/8,::1' } },
    { trustedProxies: ['10.0.0.0/8', '::1'] },
  ],
  [
    'a database of one’s own',
    { env: { POSTERN_DATABASE_URL: 'postgres://a:b@c/d' } },
    { databaseUrl: 'postgres://a:b@c/d' },
  ],
  [
    'an own certificate',
    { env: { POSTERN_TLS_CERT: 'c.pem', POSTERN_TLS_KEY: 'k.pem' } },
    { tls: { certPath: 'c.pem', keyPath: 'k.pem' } },
  ],
  ['the manual clock of the demo', { demo: true, env: { POSTERN_CLOCK: 'manual' } }, { clock: 'manual' }],
  ['no limit of calls', { env: { POSTERN_RATE_LIMIT: 'off' } }, { rateLimit: null }],
  ['an empty variable is none', { env: { POSTERN_PORT: '' } }, { port: 8443 }],
  [
    'a flag outweighs the environment',
    { flags: { port: '1' }, env: { POSTERN_PORT: '2' }, yaml: 'port: 3' },
    { port: 1 },
  ],
  ['the environment outweighs the file', { env: { POSTERN_PORT: '2' }, yaml: 'port: 3' }, { port: 2 }],
  [
    'the file',
    { yaml: 'port: 3\npublicUrl:\n  - https://a\n  - https://b\n' },
    { port: 3, publicUrls: ['https://a', 'https://b'] },
  ],
  [
    'the file, other spellings',
    { yaml: 'public-url: https://a\nproxy_port: off\n' },
    { publicUrls: ['https://a'], proxyPort: null },
  ],
  [
    'a flag as the command line spells it',
    { flags: { 'activation-floor': 'PT1M' } },
    { activationFloorMs: 60_000 },
  ],
  ['a flag as a parser spells it', { flags: { activationFloor: 'PT1M' } }, { activationFloorMs: 60_000 }],
];

describe('what a setting means', () => {
  test.each(meanings)('%s', (_, sources, expected) => {
    expect(read(sources).settings).toMatchObject(expected);
  });
});

const bad: [string, string][] = [
  ...['65536', '-1', '0x1F', '1e3', '08', '8443a', ' '].map((v): [string, string] => ['POSTERN_PORT', v]),
  ...['0.0.0.0.0', 'a b', '127.0.0.1,', 'https://a'].map((v): [string, string] => ['POSTERN_HOST', v]),
  ...[
    'http://a',
    'a',
    'https://a/b',
    'https://u@a',
    'https://a?',
    'https://a#',
    'https://*.a',
    'https://a.',
    'https://a,',
  ].map((v): [string, string] => ['POSTERN_PUBLIC_URL', v]),
  ...['10.0.0.0/33', 'loopback', '::1/129', '1.2.3.4/5/6', '10.0.0.0/'].map((v): [string, string] => [
    'POSTERN_TRUSTED_PROXIES',
    v,
  ]),
  ...['yes', '70000'].map((v): [string, string] => ['POSTERN_PROXY_PORT', v]),
  ...['5', 'PT', 'P', 'P1Y', 'PT2.5H', 'P2D', 'P1DT', '-PT5M', 'pt5m', 'P1W'].map((v): [string, string] => [
    'POSTERN_ACTIVATION_FLOOR',
    v,
  ]),
  ...['PT0S', 'PT4M59S', 'P1DT1S'].map((v): [string, string] => ['POSTERN_GROUP_CEILING', v]),
  ['POSTERN_REMOVAL_FLOOR', 'soon'],
  ['POSTERN_PROFILE', 'Strict'],
  ['POSTERN_CLOCK', 'stopped'],
  ['POSTERN_RATE_LIMIT', '0'],
  ['POSTERN_RATE_LIMIT', 'fast'],
  ['POSTERN_DATA', 'a\0b'],
];

describe('a bad value names the setting, what was given and what is allowed', () => {
  test.each(bad)('%s=%j', (name, value) => {
    const message = refusal({ env: { [name]: value }, demo: true });
    expect(message.startsWith(`${name} is ${JSON.stringify(value)}; allowed is `)).toBe(true);
  });

  test('a password is not repeated', () => {
    const message = refusal({ env: { POSTERN_DATABASE_URL: 'mysql://me:geheim@db/x' } });
    expect(message).toMatch(/^POSTERN_DATABASE_URL is not shown .*; allowed is postgres:/);
    expect(message).not.toContain('geheim');
  });

  test('all of them at once, with the place where each was given', () => {
    expect(refusal({ flags: { port: 'x' }, yaml: 'profile: [lax]\nclock: {a: 1}' }).split('\n')).toEqual([
      'POSTERN_PORT (--port) is "x"; allowed is a port from 0 to 65535, where 0 picks a free one.',
      'POSTERN_PROFILE (profile in postern.yaml) is ["lax"]; allowed is friendly or strict.',
      'POSTERN_CLOCK (clock in postern.yaml) is {"a":1}; allowed is system or manual.',
    ]);
  });
});

const conflicting: [string, Partial<Sources>, RegExp][] = [
  [
    'the manual clock outside the demo',
    { env: { POSTERN_CLOCK: 'manual' } },
    /^POSTERN_CLOCK is "manual"; allowed is system/,
  ],
  ['a certificate without its key', { env: { POSTERN_TLS_CERT: 'c' } }, /POSTERN_TLS_KEY.* both or neither/],
  ['a key without its certificate', { env: { POSTERN_TLS_KEY: 'c' } }, /POSTERN_TLS_CERT.* both or neither/],
  [
    'an owner of no database',
    { env: { POSTERN_MIGRATE_URL: 'postgres://a/b' } },
    /without POSTERN_DATABASE_URL/,
  ],
  [
    'a floor above the ceiling',
    { env: { POSTERN_ACTIVATION_FLOOR: 'PT9H', POSTERN_GROUP_CEILING: 'PT8H' } },
    /at most POSTERN_GROUP_CEILING, PT8H/,
  ],
  ['one port for two', { env: { POSTERN_PORT: '9', POSTERN_PROXY_PORT: '9' } }, /which is POSTERN_PORT/],
  [
    'the default proxy port taken by the server',
    { env: { POSTERN_PORT: '8888' }, demo: true },
    /POSTERN_PROXY_PORT is 8888/,
  ],
  ['an unknown flag', { flags: { prot: '1' } }, /^--prot is not a setting.*POSTERN_PORT\.$/],
  ['a broken file', { yaml: 'port: [' }, /^postern\.yaml cannot be read: /],
  ['a file that is a list', { yaml: '- port' }, /map of settings/],
  ['a key twice', { yaml: 'port: 1\nport: 2' }, /unique/],
  ['a tag of one’s own', { yaml: 'port: !run 1' }, /^postern\.yaml cannot be read: /],
  [
    'a bomb of aliases',
    { yaml: `a: &a [x]\nb: [${'*a,'.repeat(99)}]\nc: &c [*a,*a]\nport: [${'*c,'.repeat(99)}]` },
    /alias/,
  ],
  ['a file of more than 1 MiB', { yaml: `#${'x'.repeat(1024 * 1024)}` }, /1 MiB/],
];

describe('settings that do not go together, and files that cannot be read, are refused', () => {
  test.each(conflicting)('%s', (_, sources, expected) => {
    expect(refusal(sources)).toMatch(expected);
  });
});

describe('names', () => {
  test('an unknown POSTERN_ name is a warning with the nearest known one', () => {
    expect(ofEnv({ POSTERN_PUBLIC_URI: 'x', POSTERN_PROT: '1', PATH: '/bin' }).warnings).toEqual([
      'POSTERN_PUBLIC_URI is not a setting of this server; the nearest one is POSTERN_PUBLIC_URL. It is ignored.',
      'POSTERN_PROT is not a setting of this server; the nearest one is POSTERN_PORT. It is ignored.',
    ]);
  });

  test('so is one in the file, however strange', () => {
    expect(read({ yaml: '__proto__: {port: 1}\ngroup-cieling: P1D' }).warnings).toEqual([
      expect.stringMatching(/^__proto__ in postern\.yaml is not a setting/),
      expect.stringMatching(/nearest one is POSTERN_GROUP_CEILING/),
    ]);
  });

  test('the names of demo.env and of the client programs are passed over in silence', () => {
    const names = [
      'URL CA PROXY TENANT_ID CLIENT_ID CLIENT_SECRET USER_UPN USER_PASSWORD APPROVER_UPN APPROVER_PASSWORD',
      'AZ_EXTENSION WORKSPACE_ID MODE PARTS TOKEN TOKEN_CMD MODULES_FROM USER_TOKEN APPROVER_TOKEN',
    ].flatMap((line) => line.split(' '));
    expect(ofEnv(Object.fromEntries(names.map((n) => [`POSTERN_${n}`, 'x']))).warnings).toEqual([]);
  });

  test('the public URL follows the port that was picked', () => {
    expect(publicUrlsAt(read({}).settings, 40_123)).toEqual(['https://localhost:40123']);
    expect(publicUrlsAt(read({}).settings, 443)).toEqual(['https://localhost']);
    const named = ofEnv({ POSTERN_PUBLIC_URL: 'https://pim.example' }).settings;
    expect(publicUrlsAt(named, 40_123)).toEqual(['https://pim.example']);
  });
});
