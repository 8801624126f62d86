import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WorkloadIdentityCredential } from '@azure/identity';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EXCHANGE_AUDIENCE, federationOf } from '../federation.ts';
import { ASSERTION_TYPE } from './assertion.ts';
import { ARM, DEPLOY, inside, type Running, running, TENANT } from './signIn.fixture.ts';

const ISSUER = 'https://token.ci.example/tenant/';
const SUBJECT = 'repo:contoso/payments:environment:prod';
const CLIENT = DEPLOY.appId ?? '';

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const [first, stranger] = [pair(), pair()];
const jwk = (key: KeyObject, kid: string) => ({ ...key.export({ format: 'jwk' }), kid, use: 'sig' });

// The outside world: what stands at an address, and which addresses were asked.
const world = new Map<string, string>();
const asked: string[] = [];
const failures: string[] = [];
const DISCOVERY = 'https://token.ci.example/tenant/.well-known/openid-configuration';
const KEYS = 'https://keys.ci.example/jwks';

let server: Running;
beforeAll(async () => {
  const ask = async ({ href }: URL) => {
    asked.push(href);
    const text = world.get(href);
    if (text === undefined) throw new Error(`nothing at ${href}`);
    return text;
  };
  server = await running({ outside: { ask, failed: (_issuer, error) => failures.push(error.message) } });
  for (const [issuer, audiences] of [
    [ISSUER, undefined],
    ['https://away.example', ['api://own']],
    ['https://liar.example', undefined],
  ] as const) {
    const federation = federationOf(issuer, SUBJECT, audiences);
    if (federation) server.accounts.register(DEPLOY, { federation });
  }
});
afterAll(() => server.close());
beforeEach(() => {
  world.set(DISCOVERY, JSON.stringify({ issuer: ISSUER, jwks_uri: KEYS }));
  world.set(KEYS, JSON.stringify({ keys: [jwk(first.publicKey, 'k1')] }));
  world.set('https://liar.example/.well-known/openid-configuration', world.get(DISCOVERY) ?? '');
});

interface Otherwise {
  readonly claims?: Record<string, unknown>;
  readonly key?: KeyObject;
  readonly kid?: string;
}
function tokenOf({ claims = {}, key = first.privateKey, kid = 'k1' }: Otherwise = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const usual = {
    iss: ISSUER,
    sub: SUBJECT,
    aud: EXCHANGE_AUDIENCE,
    iat: now,
    exp: now + 300,
    jti: randomUUID(),
  };
  return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg: 'RS256', kid }).sign(key);
}
const post = (token: string, scope = `${ARM}/.default`) =>
  server.post({
    grant_type: 'client_credentials',
    client_id: CLIENT,
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: token,
    scope,
  });

describe('an application for which an outside issuer vouches', () => {
  test('gets a token, and its issuer is asked for keys once', async () => {
    const { status, body } = await post(await tokenOf());
    expect(status).toBe(200);
    expect(inside(body['access_token'] ?? '')).toMatchObject({ oid: DEPLOY.id, idtyp: 'app' });
    for (const aud of [[EXCHANGE_AUDIENCE], ['other', EXCHANGE_AUDIENCE]])
      expect((await post(await tokenOf({ claims: { aud } }))).status).toBe(200);
    expect(asked.filter((href) => href === DISCOVERY)).toHaveLength(1);
  });

  test('may show the same word again: it is the issuer that signs it, and it ends soon', async () => {
    const token = await tokenOf();
    expect([(await post(token)).status, (await post(token)).status]).toEqual([200, 200]);
  });

  test('signs in with @azure/identity, by the token in a file', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'postern-'));
    const tokenFilePath = path.join(folder, 'token');
    writeFileSync(tokenFilePath, await tokenOf());
    const more = { authorityHost: server.origin, disableInstanceDiscovery: true };
    const credential = new WorkloadIdentityCredential({
      tenantId: TENANT,
      clientId: CLIENT,
      tokenFilePath,
      ...more,
    });
    const { token } = await credential.getToken('https://graph.microsoft.com/.default');
    rmSync(folder, { recursive: true });
    expect(inside(token)).toMatchObject({ oid: DEPLOY.id });
  });
});

describe('INV-Z7: the word of an outside issuer counts for nothing', () => {
  const past = () => Math.floor(Date.now() / 1000) - 301;
  const cases: [string, () => Promise<string>, number][] = [
    [
      'when the application names another issuer',
      () => tokenOf({ claims: { iss: 'https://other.example' } }),
      700211,
    ],
    ['when its name differs by a slash', () => tokenOf({ claims: { iss: ISSUER.slice(0, -1) } }), 700211],
    ['when it is no address at all', () => tokenOf({ claims: { iss: 'somebody' } }), 700021],
    ['when it says it to somebody else', () => tokenOf({ claims: { aud: 'api://other' } }), 700212],
    [
      'when the application wants another audience of another issuer',
      () => tokenOf({ claims: { aud: 'api://own' } }),
      700212,
    ],
    ['when it is about another subject', () => tokenOf({ claims: { sub: `${SUBJECT}2` } }), 700213],
    ['when the subject differs in case', () => tokenOf({ claims: { sub: SUBJECT.toUpperCase() } }), 700213],
    ['when it has ended', () => tokenOf({ claims: { exp: past() } }), 700024],
    ['when it never ends', () => tokenOf({ claims: { exp: undefined } }), 50027],
    ['when another key signed it', () => tokenOf({ key: stranger.privateKey }), 700027],
    [
      'when it names a key the issuer does not have',
      () => tokenOf({ kid: 'k9', key: stranger.privateKey }),
      700027,
    ],
    [
      'when its document names another issuer',
      () => tokenOf({ claims: { iss: 'https://liar.example' } }),
      50166,
    ],
    ['when its keys cannot be had', () => tokenOf({ claims: { iss: 'https://away.example' } }), 50166],
  ];
  test.each(cases)('%s', async (_name, token, number) => {
    const { body } = await post(await token());
    expect(body['error_codes']).toEqual([number]);
  });

  test('and nobody is asked whom no application names; why keys are missing is for the log', async () => {
    const before = asked.length;
    await post(await tokenOf({ claims: { iss: 'https://169.254.169.254' } }));
    expect(asked).toHaveLength(before);
    const { body } = await post(await tokenOf({ claims: { iss: 'https://away.example' } }));
    expect(failures.at(-1)).toContain('nothing at https://away.example');
    expect(body['error_description']).not.toContain('nothing at');
  });

  test('and a server that was given no way out believes none', async () => {
    const closed = await running();
    const federation = federationOf(ISSUER, SUBJECT);
    if (federation) closed.accounts.register(DEPLOY, { federation });
    const form = {
      grant_type: 'client_credentials',
      client_id: CLIENT,
      client_assertion_type: ASSERTION_TYPE,
    };
    const answer = await closed.post({
      ...form,
      client_assertion: await tokenOf(),
      scope: `${ARM}/.default`,
    });
    await closed.close();
    expect(answer.body['error_codes']).toEqual([50166]);
  });
});

test('an issuer is named by a plain https address, and a subject is never empty', () => {
  expect(federationOf(ISSUER, SUBJECT)?.audiences).toEqual([EXCHANGE_AUDIENCE]);
  for (const issuer of ['http://ci.example', 'https://a:b@ci.example', 'https://ci.example?x', 'ci', ''])
    expect(federationOf(issuer, SUBJECT), issuer).toBeNull();
  expect(federationOf(ISSUER, '')).toBeNull();
  expect(federationOf(ISSUER, SUBJECT, [])).toBeNull();
  expect(federationOf(ISSUER, 'x'.repeat(601))).toBeNull();
});
