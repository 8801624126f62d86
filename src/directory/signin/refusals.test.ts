import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  APP_FORM,
  ARM,
  AZ,
  type Form,
  GONE,
  MAYA,
  MAYA_FORM,
  PASSWORD,
  RETIRED,
  type Running,
  running,
  SECRET,
  TENANT,
} from './signIn.fixture.ts';

let server: Running;
beforeAll(async () => {
  server = await running();
});
afterAll(() => server.close());

describe('a refusal carries the number clients look for', () => {
  const cases: [string, Form, number, string, number][] = [
    ['a wrong secret', { ...APP_FORM, client_secret: 'wrong' }, 401, 'invalid_client', 7000215],
    ['no secret', { ...APP_FORM, client_secret: '' }, 401, 'invalid_client', 7000218],
    [
      'an assertion without its type',
      { ...APP_FORM, client_secret: '', client_assertion: 'x.y.z' },
      400,
      'invalid_request',
      900144,
    ],
    ['a secret from a public client', { ...APP_FORM, client_id: AZ }, 401, 'invalid_client', 700025],
    ['an unknown client', { ...APP_FORM, client_id: MAYA.id }, 400, 'unauthorized_client', 700016],
    [
      'a disabled client',
      { ...APP_FORM, client_id: RETIRED.appId ?? '' },
      400,
      'unauthorized_client',
      7000112,
    ],
    [
      'an unknown resource',
      { ...APP_FORM, scope: 'https://vault.azure.net/.default' },
      400,
      'invalid_resource',
      500011,
    ],
    [
      'a scope that is not .default',
      { ...APP_FORM, scope: `${ARM}/user_impersonation` },
      400,
      'invalid_scope',
      1002012,
    ],
    [
      'two resources',
      { ...APP_FORM, scope: 'https://a.example/.default https://b.example/.default' },
      400,
      'invalid_scope',
      28000,
    ],
    ['no scope', { ...APP_FORM, scope: '' }, 400, 'invalid_request', 900144],
    ['no grant', { ...APP_FORM, grant_type: '' }, 400, 'invalid_request', 900144],
    ['no client', { ...APP_FORM, client_id: '' }, 400, 'invalid_request', 900144],
    ['no user name', { ...MAYA_FORM, username: '' }, 400, 'invalid_request', 900144],
    ['no refresh token', { ...MAYA_FORM, grant_type: 'refresh_token' }, 400, 'invalid_request', 900144],
    [
      'a grant that is not offered',
      { ...APP_FORM, grant_type: 'authorization_code' },
      400,
      'unsupported_grant_type',
      70003,
    ],
    ['a wrong password', { ...MAYA_FORM, password: 'wrong' }, 400, 'invalid_grant', 50126],
    ['an unknown person', { ...MAYA_FORM, username: 'nobody@postern.example' }, 400, 'invalid_grant', 50034],
    ['a disabled person', { ...MAYA_FORM, username: GONE.upn ?? '' }, 400, 'invalid_grant', 50057],
    [
      'an unknown resource for a person',
      { ...MAYA_FORM, scope: 'https://vault.azure.net/.default' },
      400,
      'invalid_resource',
      500011,
    ],
  ];
  test.each(cases)('%s', async (_name, form, status, error, number) => {
    const { status: got, body } = await server.post(form);
    expect([got, body['error'], body['error_codes']]).toEqual([status, error, [number]]);
    expect(body['error_description']).toMatch(new RegExp(`^AADSTS${number}: `));
    for (const name of ['timestamp', 'trace_id', 'correlation_id'])
      expect(body[name]).toEqual(expect.any(String));
    expect(body['access_token']).toBeUndefined();
    for (const secret of ['wrong', PASSWORD, SECRET])
      expect(JSON.stringify(body)).not.toContain(`"${secret}"`);
  });

  test('another tenant', async () => {
    const { status, body } = await server.post(
      APP_FORM,
      '/99999999-0000-4000-8000-000000000009/oauth2/v2.0/token',
    );
    expect([status, body['error_codes']]).toEqual([400, [90002]]);
  });

  test('a parameter given twice, and a GET', async () => {
    const url = `/${TENANT}/oauth2/v2.0/token`;
    const twice = { ...APP_FORM, scope: [APP_FORM['scope'], APP_FORM['scope']] };
    const answer = await server.signIn.handle(
      { method: 'POST', url, headers: {}, form: twice },
      server.origin,
    );
    expect(answer.body).toMatchObject({ error_codes: [90100] });
    const read = await fetch(`${server.origin}${url}`);
    expect([read.status, read.headers.get('allow')]).toEqual([405, 'POST']);
  });
});
