import { ClientSecretCredential, UsernamePasswordCredential } from '@azure/identity';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  APP_FORM,
  ARM,
  AZ,
  DEPLOY,
  inside,
  MAYA,
  MAYA_FORM,
  PASSWORD,
  type Running,
  running,
  SECRET,
  TENANT,
} from './signIn.fixture.ts';

let server: Running;
const printed = [vi.spyOn(console, 'info'), vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')];
beforeAll(async () => {
  server = await running();
});
afterAll(() => server.close());

describe('an application with a secret', () => {
  test('gets a token with the claims clients read, and nothing about roles', async () => {
    const { status, headers, body } = await server.post(APP_FORM);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('cache-control')).toContain('no-store');
    expect(Object.keys(body).sort()).toEqual(['access_token', 'expires_in', 'ext_expires_in', 'token_type']);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, ext_expires_in: 3600 });
    const claims = inside(body['access_token'] ?? '');
    expect(claims).toEqual({
      aud: ARM,
      iss: `${server.origin}/${TENANT}/v2.0`,
      iat: expect.any(Number),
      nbf: claims['iat'],
      exp: Number(claims['iat']) + 3600,
      tid: TENANT,
      oid: DEPLOY.id,
      sub: DEPLOY.id,
      appid: DEPLOY.appId,
      ver: '2.0',
      idtyp: 'app',
      roles: [],
      uti: expect.any(String),
    });
    expect(body['access_token']).not.toContain('=');
  });

  test('gets it under /adfs, common and organizations as well, from the one issuer', async () => {
    for (const path of [
      '/adfs/oauth2/token',
      '/common/oauth2/v2.0/token',
      '/organizations/oauth2/v2.0/token',
    ]) {
      const { status, body } = await server.post(APP_FORM, path);
      expect([path, status]).toEqual([path, 200]);
      expect(inside(body['access_token'] ?? '')['iss']).toBe(`${server.origin}/${TENANT}/v2.0`);
    }
  });

  test.each([
    'https://management.core.windows.net',
    'https://management.azure.com',
    'https://management.azure.com/',
    'https://graph.microsoft.com',
    'https://graph.microsoft.com/',
    '00000003-0000-0000-c000-000000000000',
  ])('the audience is the resource as it was asked: %s', async (resource) => {
    const { body } = await server.post({ ...APP_FORM, scope: `${resource}/.default` });
    expect(inside(body['access_token'] ?? '')['aud']).toBe(resource);
  });

  test('says that its client understands claims challenges', async () => {
    const claims = JSON.stringify({ access_token: { xms_cc: { values: ['cp1'] } } });
    const { body } = await server.post({ ...APP_FORM, claims });
    expect(inside(body['access_token'] ?? '')['xms_cc']).toEqual(['cp1']);
  });
});

describe('a person with a password', () => {
  test('gets access, identity and refresh tokens', async () => {
    const { status, body } = await server.post({ ...MAYA_FORM, client_info: '1' });
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(
      [
        'access_token',
        'client_info',
        'expires_in',
        'ext_expires_in',
        'id_token',
        'refresh_token',
        'scope',
        'token_type',
      ].sort(),
    );
    expect(inside(body['access_token'] ?? '')).toMatchObject({
      aud: ARM,
      oid: MAYA.id,
      sub: MAYA.id,
      appid: AZ,
      idtyp: 'user',
      scp: 'openid profile user_impersonation',
      name: MAYA.displayName,
      upn: MAYA.upn,
      amr: ['pwd'],
    });
    const who = {
      oid: MAYA.id,
      sub: MAYA.id,
      tid: TENANT,
      name: MAYA.displayName,
      preferred_username: MAYA.upn,
    };
    const issuer = `${server.origin}/${TENANT}/v2.0`;
    expect(inside(body['id_token'] ?? '')).toMatchObject({ ...who, aud: AZ, iss: issuer, ver: '2.0' });
    expect(JSON.parse(Buffer.from(body['client_info'] ?? '', 'base64url').toString())).toEqual({
      uid: MAYA.id,
      utid: TENANT,
    });
    expect(body['scope']?.split(' ')).toContain(`${ARM}/.default`);
    expect((await server.post(MAYA_FORM)).body['client_info']).toBeUndefined();
  });

  test('signs in through an application with a secret too', async () => {
    const { status } = await server.post({
      ...MAYA_FORM,
      client_id: DEPLOY.appId ?? '',
      client_secret: SECRET,
    });
    expect(status).toBe(200);
  });

  test('is not offered one where the switch is off', async () => {
    const plain = await running({ passwordGrant: false });
    const { status, body } = await plain.post(MAYA_FORM);
    expect([status, body['error'], body['error_codes']]).toEqual([400, 'unsupported_grant_type', [70003]]);
    await plain.close();
  });
});

describe('the Azure SDK', () => {
  const options = () => ({ authorityHost: server.origin, disableInstanceDiscovery: true });

  test('signs in with a client secret, and names the number of a wrong one', async () => {
    const credential = new ClientSecretCredential(TENANT, DEPLOY.appId ?? '', SECRET, options());
    const token = await credential.getToken(`${server.origin}/.default`);
    expect(inside(token.token)).toMatchObject({ aud: server.origin, oid: DEPLOY.id });
    const wrong = new ClientSecretCredential(TENANT, DEPLOY.appId ?? '', 'wrong', options());
    await expect(wrong.getToken(`${server.origin}/.default`)).rejects.toThrow(/invalid_client.*7000215/s);
  });

  test('signs in with user name and password, and finds its token again', async () => {
    const credential = new UsernamePasswordCredential(TENANT, AZ, MAYA.upn ?? '', PASSWORD, options());
    const token = await credential.getToken(`${ARM}/.default`);
    expect(inside(token.token)).toMatchObject({ aud: ARM, oid: MAYA.id, upn: MAYA.upn });
    expect((await credential.getToken(`${ARM}/.default`)).token).toBe(token.token);
  });
});

test('a failing store is a failure, never a token and never an OAuth answer', async () => {
  const broken = { ...server.store, put: async () => Promise.reject(new Error('no database')) };
  const { signIn } = await import('./signIn.ts');
  const served = signIn({
    ...server,
    tenant: TENANT,
    origins: [server.origin],
    store: broken,
    passwordGrant: true,
  });
  const url = `/${TENANT}/oauth2/v2.0/token`;
  const asked = served.handle({ method: 'POST', url, headers: {}, form: MAYA_FORM }, server.origin);
  await expect(asked).rejects.toThrow('no database');
});

test('nothing of all this was printed', () => {
  for (const spy of printed) expect(spy).not.toHaveBeenCalled();
});
