import { describe, expect, test } from 'vitest';
import { memorySignInStore } from './memoryStore.ts';
import { SIGN_IN_PATHS } from './paths.ts';
import { MICROSOFT, memoryAccounts, TENANT } from './signIn.fixture.ts';
import { signIn } from './signIn.ts';

const OWN = 'https://localhost:8443';
const LOGIN = 'https://login.microsoftonline.com';
const served = signIn({
  tenant: TENANT,
  origins: [OWN, ...MICROSOFT],
  accounts: memoryAccounts(),
  store: memorySignInStore(),
  passwordGrant: true,
});
const get = async (url: string, origin = OWN, headers: Record<string, string> = {}) => {
  const answer = await served.handle({ method: 'GET', url, headers, form: {} }, origin);
  return { ...answer, body: answer.body as Record<string, unknown> };
};

const ENDPOINTS = ['authorization_endpoint', 'token_endpoint', 'device_authorization_endpoint', 'jwks_uri'];

describe('the OpenID document', () => {
  test.each([TENANT, TENANT.toUpperCase(), 'organizations', 'common'])(
    'every endpoint is on the host that was asked, and the issuer is the tenant: %s',
    async (tenant) => {
      for (const origin of [OWN, LOGIN]) {
        const { status, body } = await get(`/${tenant}/v2.0/.well-known/openid-configuration`, origin);
        expect(status).toBe(200);
        expect(body['issuer']).toBe(`${origin}/${TENANT}/v2.0`);
        for (const name of ENDPOINTS) expect(body[name]).toMatch(new RegExp(`^${origin}/${tenant}/`));
      }
    },
  );

  test('it is there under /adfs, for az before 2.54', async () => {
    const { body } = await get('/adfs/.well-known/openid-configuration');
    expect(body['issuer']).toBe(`${OWN}/${TENANT}/v2.0`);
    expect(body['token_endpoint']).toBe(`${OWN}/adfs/oauth2/token`);
    expect(body['device_authorization_endpoint']).toBe(`${OWN}/adfs/oauth2/devicecode`);
  });

  test('every endpoint it names belongs to the sign-in', async () => {
    for (const path of ['/adfs', `/${TENANT}/v2.0`]) {
      const { body } = await get(`${path}/.well-known/openid-configuration`);
      for (const name of ENDPOINTS) expect(SIGN_IN_PATHS(new URL(String(body[name])).pathname)).toBe(true);
    }
  });

  test('another tenant is not found', async () => {
    for (const tenant of ['99999999-0000-4000-8000-000000000009', 'consumers', 'contoso.example']) {
      const { status, body } = await get(`/${tenant}/v2.0/.well-known/openid-configuration`);
      expect(status).toBe(400);
      expect(body['error_codes']).toEqual([90002]);
    }
  });
});

test('the key set has the public half of an RSA key and nothing private', async () => {
  const { body } = await get(`/${TENANT}/discovery/v2.0/keys`);
  const keys = body['keys'] as Record<string, string>[];
  expect(keys).toHaveLength(1);
  expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  expect((await get('/adfs/discovery/keys')).body).toEqual(body);
});

describe('instance discovery', () => {
  const ask = (endpoint: string, origin = OWN) =>
    get(
      `/common/discovery/instance?api-version=1.1&authorization_endpoint=${encodeURIComponent(endpoint)}`,
      origin,
    );

  test('an authority of ours is answered by its own host', async () => {
    const { body } = await ask(`${OWN}/${TENANT}/oauth2/v2.0/authorize`, LOGIN);
    expect(body['tenant_discovery_endpoint']).toBe(`${OWN}/${TENANT}/v2.0/.well-known/openid-configuration`);
    expect(body['metadata']).toEqual([
      { preferred_network: 'localhost:8443', preferred_cache: 'localhost:8443', aliases: ['localhost:8443'] },
    ]);
  });

  test('an authority of any other host is answered by the host that was asked', async () => {
    const { body } = await ask(`https://evil.example/${TENANT}/oauth2/v2.0/authorize`);
    expect(JSON.stringify(body)).not.toContain('evil.example');
    expect(body['tenant_discovery_endpoint']).toBe(`${OWN}/${TENANT}/v2.0/.well-known/openid-configuration`);
  });

  test('what is no URL, or missing, is refused', async () => {
    expect((await ask('nonsense')).status).toBe(400);
    expect((await get('/common/discovery/instance?api-version=1.1')).body['error_codes']).toEqual([900144]);
  });
});

test('a person signs in by password here, whether or not there is one of that name', async () => {
  for (const upn of ['maya@postern.example', 'nobody%40postern.example'])
    expect((await get(`/common/userrealm/${upn}?api-version=1.0`)).body).toMatchObject({
      account_type: 'Managed',
      domain_name: 'postern.example',
    });
});

describe('what comes later says so', () => {
  test.each([
    ['POST', `/${TENANT}/oauth2/v2.0/devicecode`, 70003],
    ['POST', '/adfs/oauth2/devicecode', 70003],
    ['GET', `/${TENANT}/oauth2/v2.0/authorize?client_id=x`, 70005],
  ])('%s %s names the grants that are offered', async (method, url, number) => {
    const answer = await served.handle({ method, url, headers: {}, form: {} }, OWN);
    const body = answer.body as Record<string, unknown>;
    expect(answer.status).toBe(400);
    expect(body['error_codes']).toEqual([number]);
    expect(body['error_description']).toMatch(
      new RegExp(`^AADSTS${number}: .*client_credentials, password, refresh_token`),
    );
  });
});

test('an error can be traced: the id of the client comes back, and what is no id does not', async () => {
  const id = '77777777-7777-4777-8777-777777777777';
  const url = '/consumers/discovery/v2.0/keys';
  const named = await get(url, OWN, { 'client-request-id': id });
  expect(named.body['correlation_id']).toBe(id);
  expect(named.headers['client-request-id']).toBe(id);
  expect(named.body['timestamp']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
  const odd = await get(url, OWN, { 'client-request-id': 'x\r\ny' });
  expect(odd.body['correlation_id']).not.toBe('x\r\ny');
  expect(odd.headers['client-request-id']).toBeUndefined();
});
