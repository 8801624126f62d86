import { beforeAll, describe, expect, test } from 'vitest';
import { modelStore } from '../../test/sim/modelStore.ts';
import type { Actor } from '../core/actor.ts';
import { role } from '../engine/roles.ts';
import type { Route } from '../http/route.ts';
import {
  ANIKA,
  APP_ID,
  askOf,
  DEPLOYER,
  filter,
  graphOver,
  guid,
  INNER,
  ids,
  ORIGIN,
  RAVI,
  type Sent,
  TEAM,
  TENANT,
  values,
} from './graph.fixture.ts';

let routes: readonly Route[];
const ask = (method: 'GET' | 'POST', target: string, sent: Sent = {}) => askOf(routes, method, target, sent);

beforeAll(async () => {
  routes = await graphOver(modelStore(), role);
});

describe('who is meant', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['users', "userPrincipalName eq 'ravi.patel@DEMO.example'", [RAVI]],
    ['users', "startswith(userPrincipalName,'ravi')", [RAVI]],
    ['users', "startswith(displayName,'Anika')", [ANIKA]],
    ['users', "displayName eq 'Anika O''Hara'", [ANIKA]],
    ['users', "mail eq 'anika@demo.example'", [ANIKA]],
    ['users', `id eq '${RAVI}'`, [RAVI]],
    ['users', `id in ('${ANIKA}','${RAVI.toUpperCase()}','${TEAM}')`, [RAVI, ANIKA]],
    ['users', "USERPRINCIPALNAME in ('anika@demo.example')", [ANIKA]],
    [
      'users',
      "startswith(displayName,'Crowd') and userPrincipalName eq 'crowd3@demo.example'",
      [guid(0x103)],
    ],
    ['users', "userPrincipalName eq 'nobody@demo.example'", []],
    ['groups', "displayName eq 'Payments Engineering'", [TEAM]],
    ['groups', "startswith(displayName,'Payments')", [TEAM, INNER]],
    ['servicePrincipals', `servicePrincipalNames/any(c:c eq '${APP_ID.toUpperCase()}')`, [DEPLOYER]],
    ['servicePrincipals', "servicePrincipalNames/any(c:c eq 'ravi@demo.example')", []],
    ['servicePrincipals', `servicePrincipalNames/any(c:c eq '${RAVI}')`, []],
    ['servicePrincipals', `appId eq '${APP_ID}'`, [DEPLOYER]],
    ['servicePrincipals', "displayName eq 'payments-deployer'", [DEPLOYER]],
  ];
  test.each(cases)('/%s by %s', async (set, text, expected) => {
    const answer = await ask('GET', filter(set, text));
    expect(answer).toMatchObject({ status: 200 });
    expect(ids(answer)).toEqual(expected);
  });

  const bad: readonly (readonly [string, string, RegExp])[] = [
    ['users', 'userPrincipalName eq', /at position 20/],
    ['users', '', /empty/],
    ['users', "userPrincipalName ne 'x'", /'ne'.*Supported are eq/],
    ['users', "department eq 'x'", /'department'.*userPrincipalName, mail, displayName/],
    ['users', "displayName eq 'a' or displayName eq 'b'", /'or'/],
    ['users', "not (displayName eq 'a')", /'not'/],
    ['users', "displayName eq 'a' and mail eq 'b'", /one equality/],
    ['users', "mail in ('a','b')", /several values/],
    ['users', "endswith(mail,'x')", /'endswith'/],
    ['users', 'displayName eq null', /quotes/],
    ['users', "id eq 'ravi'", /GUID/],
    ['groups', "userPrincipalName eq 'x'", /Unsupported filter on groups/],
    ['servicePrincipals', "appId eq 'x'", /GUID/],
    ['users', "servicePrincipalNames/any(c:c eq 'x')", /servicePrincipalNames\/any/],
  ];
  test.each(bad)('/%s refuses the filter %s and says why', async (set, text, message) => {
    const answer = await ask('GET', filter(set, text));
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'Request_BadRequest' } } });
    expect((answer.body['error'] as { message: string }).message).toMatch(message);
  });
});

describe('pages', () => {
  test('a list is read page by page on the origin that was asked, and counts everything', async () => {
    const origin = 'https://graph.microsoft.com';
    const seen: unknown[] = [];
    let target: string | null =
      `/beta/users?$top=3&$count=true&$filter=${encodeURIComponent("startswith(displayName,'Crowd')")}`;
    for (let pages = 0; target !== null; pages++) {
      expect(pages).toBeLessThan(3);
      const answer = await ask('GET', target, { origin });
      expect(answer.body['@odata.count']).toBe(5);
      expect(answer.body['@odata.context']).toBe(`${origin}/beta/$metadata#users`);
      seen.push(...ids(answer));
      const next = answer.body['@odata.nextLink'] as string | undefined;
      if (next !== undefined) expect(next.startsWith(`${origin}/beta/users?`)).toBe(true);
      target = next === undefined ? null : next.slice(origin.length);
    }
    expect(seen).toEqual([0, 1, 2, 3, 4].map((i) => guid(0x100 + i)));
  });

  test.each([
    '$top=0',
    '$top=1000',
    '$top=x',
    '$count=maybe',
    '$skiptoken=%00',
    '$orderby=displayName',
    '$expand=memberOf',
    '$search=x',
    '$select=nothing',
  ])('%s is refused', async (query) => {
    expect(await ask('GET', `/v1.0/users?${query}`)).toMatchObject({
      status: 400,
      body: { error: { code: 'Request_BadRequest' } },
    });
  });

  test('the dollar sign may be left out, and names may be chosen in any case', async () => {
    const answer = await ask('GET', '/v1.0/users?top=1&select=DisplayName,id,accountEnabled');
    expect(answer.body['@odata.context']).toBe(
      `${ORIGIN}/v1.0/$metadata#users(displayName,id,accountEnabled)`,
    );
    expect(values(answer)).toEqual([{ displayName: 'Ravi Patel', id: RAVI, accountEnabled: true }]);
  });
});

describe('one object', () => {
  test.each([RAVI, RAVI.toUpperCase(), 'ravi.patel@demo.example'])('a user is found by %s', async (key) => {
    const answer = await ask('GET', `/v1.0/users/${key}`);
    expect(answer.body).toEqual({
      '@odata.context': `${ORIGIN}/v1.0/$metadata#users/$entity`,
      businessPhones: [],
      displayName: 'Ravi Patel',
      givenName: null,
      id: RAVI,
      jobTitle: 'Engineer',
      mail: 'Ravi.Patel@demo.example',
      mobilePhone: null,
      officeLocation: null,
      preferredLanguage: null,
      surname: null,
      userPrincipalName: 'Ravi.Patel@demo.example',
    });
    expect(answer.headers?.['content-type']).toContain('odata.metadata=minimal');
  });

  test.each([
    [
      '/v1.0/groups',
      TEAM,
      {
        displayName: 'Payments Engineering',
        securityEnabled: true,
        mailEnabled: false,
        isAssignableToRole: true,
        groupTypes: [],
      },
    ],
    [
      '/beta/servicePrincipals',
      DEPLOYER,
      {
        appId: APP_ID,
        servicePrincipalNames: [APP_ID],
        servicePrincipalType: 'Application',
        accountEnabled: true,
      },
    ],
    [
      '/v1.0/directoryObjects',
      TEAM,
      { '@odata.type': '#microsoft.graph.group', displayName: 'Payments Engineering' },
    ],
    ['/v1.0/organization', TENANT.id, { displayName: 'Meridian Health' }],
  ])('%s/%s', async (path, id, expected) => {
    expect(await ask('GET', `${path}/${id}`)).toMatchObject({ status: 200, body: { id, ...expected } });
  });

  test.each([
    ['/v1.0/users/nobody@demo.example', 404, 'Request_ResourceNotFound'],
    [`/v1.0/users/${TEAM}`, 404, 'Request_ResourceNotFound'],
    [`/v1.0/groups/${RAVI}`, 404, 'Request_ResourceNotFound'],
    ['/v1.0/groups/payments', 400, 'Request_BadRequest'],
    ['/v1.0/directoryObjects/x', 400, 'Request_BadRequest'],
    [`/v1.0/organization/${RAVI}`, 404, 'Request_ResourceNotFound'],
  ])('%s is answered %i %s', async (target, status, code) => {
    expect(await ask('GET', target)).toMatchObject({ status, body: { error: { code } } });
  });

  test('/me is the person who is signed in; an application has none', async () => {
    expect((await ask('GET', '/v1.0/me?$select=id')).body).toEqual({
      '@odata.context': `${ORIGIN}/v1.0/$metadata#users(id)/$entity`,
      id: RAVI,
    });
    const actor: Actor = { id: DEPLOYER, kind: 'workload', mfa: false, contexts: [] };
    expect(await ask('GET', '/v1.0/me', { actor })).toMatchObject({
      status: 400,
      body: { error: { code: 'BadRequest' } },
    });
  });

  test('/organization is a list of the one tenant', async () => {
    expect(values(await ask('GET', '/v1.0/organization'))).toMatchObject([
      { id: TENANT.id, verifiedDomains: [{ name: 'demo.example', isDefault: true }] },
    ]);
  });
});

describe('getByIds', () => {
  const types = ['user', 'group', 'servicePrincipal', 'directoryObjectPartnerReference'];
  const names = async (body: unknown) => ask('POST', '/v1.0/directoryObjects/getByIds', { body });

  test('tells az the type and the name behind every id, and says nothing of ids that nobody has', async () => {
    const answer = await names({ ids: [DEPLOYER, RAVI, guid(0xdead), TEAM, RAVI], types });
    expect(values(answer).map((v) => [v['@odata.type'], v['id']])).toEqual([
      ['#microsoft.graph.servicePrincipal', DEPLOYER],
      ['#microsoft.graph.user', RAVI],
      ['#microsoft.graph.group', TEAM],
    ]);
    expect(values(answer)[0]?.['servicePrincipalNames']).toEqual([APP_ID]);
    expect(values(answer)[1]?.['userPrincipalName']).toBe('Ravi.Patel@demo.example');
    expect(values(answer)[2]).not.toHaveProperty('userPrincipalName');
  });

  test('answers with the types that were asked for only, or all', async () => {
    expect(ids(await names({ ids: [RAVI, TEAM], types: ['Group'] }))).toEqual([TEAM]);
    expect(ids(await names({ IDs: [RAVI, TEAM] }))).toEqual([RAVI, TEAM]);
    expect(ids(await names({ ids: [RAVI], types: ['device'] }))).toEqual([]);
  });

  test.each([
    [undefined],
    [[]],
    [{}],
    [{ ids: [] }],
    [{ ids: 'x' }],
    [{ ids: [1] }],
    [{ ids: ['x'] }],
    [{ ids: Array(1_001).fill(RAVI) }],
    [{ ids: [RAVI], types: 'user' }],
  ])('refuses %j', async (body) =>
    expect(await names(body)).toMatchObject({ status: 400, body: { error: { code: 'Request_BadRequest' } } }),
  );
});

describe('memberships', () => {
  test.each([
    `/v1.0/users/${RAVI}`,
    '/v1.0/users/ravi.patel@demo.example',
    '/beta/me',
    `/v1.0/directoryObjects/${RAVI}`,
  ])('POST %s/getMemberGroups counts groups inside groups', async (path) => {
    const answer = await ask('POST', `${path}/getMemberGroups`, { body: { securityEnabledOnly: true } });
    expect(answer.body).toEqual({
      '@odata.context': `${ORIGIN}/${path.split('/')[1]}/$metadata#Collection(Edm.String)`,
      value: [TEAM, INNER],
    });
  });

  test('checkMemberGroups gives back those of the groups it is in', async () => {
    const answer = await ask('POST', `/v1.0/directoryObjects/${INNER}/checkMemberGroups`, {
      body: { groupIds: [INNER, TEAM] },
    });
    expect(answer.body['value']).toEqual([TEAM]);
    const none = await ask('POST', `/v1.0/users/${ANIKA}/checkMemberGroups`, { body: { groupIds: [TEAM] } });
    expect(none.body['value']).toEqual([]);
  });

  test.each([[{}], [{ groupIds: [] }], [{ groupIds: Array(21).fill(TEAM) }], [{ groupIds: ['x'] }]])(
    'checkMemberGroups refuses %j',
    async (body) => {
      expect(await ask('POST', '/v1.0/me/checkMemberGroups', { body })).toMatchObject({ status: 400 });
    },
  );
});

describe('the routes', () => {
  test('are served under both versions alike, for everybody who is signed in', () => {
    const below = (version: string) =>
      routes
        .filter((r) => r.path.startsWith(`/${version}/`))
        .map((r) => `${r.method} ${r.path.slice(version.length + 1)}`);
    expect(below('v1.0')).toEqual(below('beta'));
    expect(below('v1.0').length * 2).toBe(routes.length);
    expect(new Set(routes.map((r) => r.operation)).size).toBe(routes.length);
    expect(new Set(routes.map((r) => r.authorization))).toEqual(new Set(['signedIn']));
  });
});
