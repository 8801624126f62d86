import { describe, expect, test } from 'vitest';
import { memorySignInStore } from './memoryStore.ts';
import type { Audience } from './ports.ts';
import { AZ, DEPLOY, MAYA, MICROSOFT, memoryAccounts, PASSWORD, SECRET, TENANT } from './signIn.fixture.ts';
import { signIn } from './signIn.ts';

const OWN = 'https://localhost:8443';
const LOGIN = 'https://login.microsoftonline.com';
const ARM = 'https://management.azure.com';
const GRAPH = 'https://graph.microsoft.com';

const store = memorySignInStore();
const accounts = memoryAccounts();
const options = { tenant: TENANT, origins: [OWN, ...MICROSOFT], accounts, store, passwordGrant: true };
const served = signIn(options);

async function tokens(
  resource: string,
  grant: 'app' | 'person',
  origin = OWN,
  server = served,
): Promise<Record<string, string>> {
  const who =
    grant === 'app'
      ? { grant_type: 'client_credentials', client_id: DEPLOY.appId, client_secret: SECRET }
      : { grant_type: 'password', client_id: AZ, username: MAYA.upn, password: PASSWORD };
  const form = { ...who, scope: `${resource}/.default` };
  const url = `/${TENANT}/oauth2/v2.0/token`;
  const { status, body } = await server.handle({ method: 'POST', url, headers: {}, form }, origin);
  expect(status).toBe(200);
  return body as Record<string, string>;
}
const access = async (...asked: Parameters<typeof tokens>) => (await tokens(...asked))['access_token'] ?? '';
const ask = (token: string, audience: Audience = 'arm', origin = OWN) =>
  served.authenticate(`Bearer ${token}`, origin, audience);

describe('a token this server made', () => {
  test('says who calls: an application', async () => {
    expect(await ask(await access(ARM, 'app'))).toEqual({
      ok: true,
      caller: {
        id: DEPLOY.id,
        appId: DEPLOY.appId,
        kind: 'workload',
        name: 'deploy',
        tokenId: expect.any(String),
        amr: [],
        acrs: [],
      },
    });
  });

  test('says who calls: a person', async () => {
    const caller = { id: MAYA.id, appId: AZ, kind: 'person', name: 'Maya Chen', amr: ['pwd'] };
    expect(await ask(await access(ARM, 'person'))).toMatchObject({ ok: true, caller });
  });

  test('works on every origin of the list, and after a restart', async () => {
    const token = await access(ARM, 'app', LOGIN);
    const restarted = signIn(options);
    for (const origin of [OWN, ...MICROSOFT])
      expect(await restarted.authenticate(`Bearer ${token}`, origin, 'arm')).toMatchObject({ ok: true });
  });

  test('works on every server of one store, though all have started at once', async () => {
    const shared = memorySignInStore();
    const servers = [0, 1, 2].map(() => signIn({ ...options, store: shared }));
    const made = await Promise.all(servers.map((server) => access(ARM, 'app', OWN, server)));
    for (const server of servers)
      for (const token of made)
        expect(await server.authenticate(`Bearer ${token}`, OWN, 'arm')).toMatchObject({ ok: true });
  });

  test('INV-Z7: it works for the face it was made for and for no other', async () => {
    const opens: [string, boolean, boolean][] = [
      [ARM, true, false],
      [`${ARM}/`, true, false],
      ['https://management.core.windows.net/', true, false],
      ['https://management.core.windows.net', true, false],
      [GRAPH, false, true],
      [`${GRAPH}/`, false, true],
      ['00000003-0000-0000-c000-000000000000', false, true],
      [OWN, true, true],
      [`${OWN}/`, true, true],
    ];
    for (const [resource, arm, graph] of opens) {
      const token = await access(resource, 'app');
      expect([resource, (await ask(token, 'arm')).ok, (await ask(token, 'graph')).ok]).toEqual([
        resource,
        arm,
        graph,
      ]);
    }
  });

  test('is refused once its principal is disabled, warm or not', async () => {
    const token = await access(ARM, 'person');
    expect((await ask(token)).ok).toBe(true);
    accounts.set({ ...MAYA, enabled: false });
    expect(await ask(token)).toMatchObject({ ok: false, code: 'InvalidAuthenticationToken' });
    accounts.set(MAYA);
    expect((await ask(token)).ok).toBe(true);
  });

  test('an identity token and a refresh token open nothing', async () => {
    const made = await tokens(ARM, 'person');
    for (const name of ['id_token', 'refresh_token'])
      for (const audience of ['arm', 'graph'] as const)
        expect((await ask(made[name] ?? '', audience)).ok).toBe(false);
  });
});

describe('who sends no good token is told where to get one', () => {
  const missing = [
    undefined,
    '',
    'Basic eDp5',
    'Bearer',
    'Bearer ',
    'Bearer x',
    'Bearer a.b',
    'bearer a.b.c.d',
    `Bearer ${'a'.repeat(9000)}.b.c`,
  ];
  test.each(missing)('%s', async (authorization) => {
    const answer = await served.authenticate(authorization, OWN, 'arm');
    expect(answer).toMatchObject({
      ok: false,
      code: 'AuthenticationFailed',
      wwwAuthenticate: `Bearer authorization_uri="${OWN}/${TENANT}"`,
    });
  });

  test('as Graph says it, and by the login host when a Microsoft name was called', async () => {
    const answer = await served.authenticate('Bearer a.b.c', GRAPH, 'graph');
    expect(answer).toMatchObject({ ok: false, code: 'InvalidAuthenticationToken' });
    if (!answer.ok)
      expect(answer.wwwAuthenticate).toBe(
        `Bearer realm="", authorization_uri="${LOGIN}/${TENANT}/oauth2/v2.0/authorize", client_id="00000003-0000-0000-c000-000000000000", error="invalid_token", error_description="${answer.reason}"`,
      );
  });
});
