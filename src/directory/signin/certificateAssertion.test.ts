import { generateKeyPairSync } from 'node:crypto';
import { ClientCertificateCredential } from '@azure/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ASSERTION_TYPE } from './assertion.ts';
import { assertionOf, type KeyPair, keyPair } from './certificate.fixture.ts';
import {
  APP_FORM,
  ARM,
  DEPLOY,
  type Form,
  inside,
  RETIRED,
  type Running,
  running,
  TENANT,
} from './signIn.fixture.ts';

let server: Running;
let deploy: KeyPair;
let second: KeyPair;
let stranger: KeyPair;
const CLIENT = DEPLOY.appId ?? '';
const GRAPH = 'https://graph.microsoft.com';

beforeAll(async () => {
  server = await running();
  deploy = keyPair('deploy');
  second = keyPair('deploy 2');
  stranger = keyPair('stranger');
  for (const { certificate } of [deploy, second]) server.accounts.register(DEPLOY, { certificate });
  server.accounts.register(RETIRED, { certificate: stranger.certificate });
});
afterAll(() => server.close());

const endpoint = (tenant = TENANT) => `${server.origin}/${tenant}/oauth2/v2.0/token`;
const formOf = (assertion: string, more: Form = {}): Form => ({
  grant_type: 'client_credentials',
  client_id: CLIENT,
  client_assertion_type: ASSERTION_TYPE,
  client_assertion: assertion,
  scope: `${ARM}/.default`,
  ...more,
});
type Otherwise = Parameters<typeof assertionOf>[3];
const signed = (otherwise: Otherwise = {}, pair = deploy, audience = endpoint()) =>
  assertionOf(pair, CLIENT, audience, otherwise);
const s256 = ({ certificate }: KeyPair) => ({
  x5t: undefined,
  'x5t#S256': Buffer.from(certificate.thumbprint256, 'hex').toString('base64url'),
});

describe('an application that signs with the key of its certificate', () => {
  test('gets a token as by its secret, with one certificate or the other', async () => {
    for (const pair of [deploy, second]) {
      const { status, body } = await server.post(formOf(await signed({}, pair)));
      expect(status).toBe(200);
      expect(inside(body['access_token'] ?? '')).toMatchObject({
        oid: DEPLOY.id,
        appid: CLIENT,
        idtyp: 'app',
      });
    }
  });

  const spellings: [string, () => Promise<string>, string?][] = [
    ['by SHA-1, padded, as older MSALs write it', () => signed({ header: { x5t: `${x5t(deploy)}=` } })],
    ['by SHA-256, signed PS256', () => signed({ header: { alg: 'PS256', ...s256(deploy) } })],
    ['by both', () => signed({ header: { ...s256(deploy), x5t: x5t(deploy) } })],
    ['for the endpoint of organizations', () => signed({}, deploy, endpoint('organizations'))],
    [
      'for the endpoint as AD FS',
      () => signed({}, deploy, `${server.origin}/adfs/oauth2/token`),
      '/adfs/oauth2/token',
    ],
    [
      'with ids in capitals',
      () => signed({ claims: { iss: CLIENT.toUpperCase(), sub: CLIENT.toUpperCase() } }),
    ],
    ['with several audiences', () => signed({ claims: { aud: ['other', endpoint()] } })],
    ['by a clock four minutes ahead', () => signed({ claims: { nbf: seconds(240), exp: seconds(840) } })],
  ];
  test.each(spellings)('may name it %s', async (_name, assertion, path) => {
    expect((await server.post(formOf(await assertion()), path)).body).toHaveProperty('access_token');
  });

  test('may open each resource once with one assertion, as MSAL does, and none twice', async () => {
    const assertion = await signed();
    const graph = { scope: `${GRAPH}/.default` };
    const answers = [];
    for (const more of [{}, graph, {}, graph]) answers.push(await server.post(formOf(assertion, more)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 401, 401]);
    expect(answers[3]?.body['error_codes']).toEqual([50013]);
    const races = await Promise.all([1, 2, 3, 4].map(async () => server.post(formOf(race, {}))));
    expect(races.filter(({ status }) => status === 200)).toHaveLength(1);
  });
  let race: string;
  beforeAll(async () => {
    race = await signed();
  });

  test('keeps its assertion when it was refused for what it asked', async () => {
    const assertion = await signed();
    expect((await server.post(formOf(assertion, { scope: 'https://nowhere.example/.default' }))).status).toBe(
      400,
    );
    expect((await server.post(formOf(assertion))).status).toBe(200);
  });
});

const x5t = ({ certificate }: KeyPair) => Buffer.from(certificate.thumbprint, 'hex').toString('base64url');
const seconds = (from: number) => Math.floor(Date.now() / 1000) + from;

describe('INV-Z7: an assertion that proves nothing is refused', () => {
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const cases: [string, () => Promise<string>, number][] = [
    ['by a certificate that is not registered', () => signed({}, stranger), 700027],
    [
      'by another key under a registered name',
      () => signed({ header: { x5t: x5t(deploy) } }, stranger),
      700027,
    ],
    ['that names no certificate', () => signed({ header: { x5t: undefined } }), 700027],
    [
      'that names two certificates',
      () => signed({ header: { 'x5t#S256': s256(second)['x5t#S256'] } }),
      700027,
    ],
    [
      'that brings its key along',
      () => signed({ header: { x5t: undefined, jwk: jwkOf(foreign.publicKey) } }),
      700027,
    ],
    ['with its signature cut off', async () => (await signed()).replace(/[^.]+$/, ''), 700027],
    ['without an algorithm', async () => unsigned(await signed()), 700027],
    [
      'for another server',
      () => signed({}, deploy, `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/token`),
      700023,
    ],
    [
      'for another tenant',
      () => signed({}, deploy, endpoint('99999999-0000-4000-8000-000000000001')),
      700023,
    ],
    ['for nobody', () => signed({ claims: { aud: undefined } }), 700023],
    ['about another application', () => signed({ claims: { sub: RETIRED.appId ?? '' } }), 700021],
    ['of another application', () => signed({ claims: { iss: RETIRED.appId ?? '' } }), 700021],
    ['that has expired', () => signed({ claims: { nbf: seconds(-1000), exp: seconds(-301) } }), 700024],
    ['that is not valid yet', () => signed({ claims: { nbf: seconds(400), exp: seconds(900) } }), 700024],
    ['that is valid for more than a day', () => signed({ claims: { exp: seconds(90_000) } }), 700024],
    ['without an end', () => signed({ claims: { exp: undefined } }), 50027],
    ['without an id', () => signed({ claims: { jti: undefined } }), 50027],
    ['without an issuer', () => signed({ claims: { iss: undefined } }), 50027],
    ['that is no JWT', async () => 'not.a.jwt', 50027],
    ['that is too long', () => signed({ claims: { pad: 'x'.repeat(20_000) } }), 50027],
  ];
  test.each(cases)('%s', async (_name, assertion, number) => {
    const { status, body } = await server.post(formOf(await assertion()));
    expect([status, body['error'], body['error_codes']]).toEqual([401, 'invalid_client', [number]]);
    expect(body['error_description']).toMatch(new RegExp(`^AADSTS${number}: [A-Z]`));
  });

  test('of a certificate whose time is over', async () => {
    const old = {
      ...stranger.certificate,
      notAfter: (Date.now() - 1) as typeof stranger.certificate.notAfter,
    };
    const other = await running();
    other.accounts.register(DEPLOY, { certificate: old });
    const audience = `${other.origin}/${TENANT}/oauth2/v2.0/token`;
    const { body } = await other.post(formOf(await signed({}, stranger, audience)));
    await other.close();
    expect(body['error_codes']).toEqual([700027]);
    expect(body['error_description']).toContain('has expired');
  });

  test('without its type, with another one, or of a public client or a disabled one', async () => {
    const assertion = await signed();
    const number = async (more: Form) => (await server.post(formOf(assertion, more))).body['error_codes'];
    expect(await number({ client_assertion_type: '' })).toEqual([900144]);
    expect(await number({ client_assertion_type: 'urn:ietf:params:oauth:grant-type:saml2' })).toEqual([
      9002313,
    ]);
    expect(await number({ client_id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46' })).toEqual([700025]);
    expect(await number({ client_id: RETIRED.appId ?? '' })).toEqual([7000112]);
  });

  test('and what the sign-in tells its provider cannot be told from outside', async () => {
    const form = { ...APP_FORM, client_secret: 'postern-proven' };
    const headers = { 'postern-proven': 'yes' };
    const answer = await fetch(endpoint(), { method: 'POST', body: new URLSearchParams(form), headers });
    expect(answer.status).toBe(401);
  });
});

test('@azure/identity signs in by certificate and opens ARM and Graph', async () => {
  const credential = new ClientCertificateCredential(
    TENANT,
    CLIENT,
    { certificate: `${deploy.pem}${deploy.keyPem}` },
    { authorityHost: server.origin, disableInstanceDiscovery: true },
  );
  for (const scope of [`${ARM}/.default`, `${GRAPH}/.default`]) {
    const token = await credential.getToken(scope);
    expect(inside(token.token)).toMatchObject({ oid: DEPLOY.id });
  }
});

const jwkOf = (key: ReturnType<typeof generateKeyPairSync>['publicKey']) => key.export({ format: 'jwk' });

function unsigned(token: string): string {
  const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT', x5t: x5t(deploy) })).toString(
    'base64url',
  );
  return `${header}.${token.split('.')[1]}.`;
}
