import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignInStore } from '../../engine/ports.ts';
import { memorySignInStore } from './memoryStore.ts';
import {
  ARM,
  AZ,
  type Form,
  inside,
  MAYA,
  MAYA_FORM,
  type Running,
  running,
  TENANT,
} from './signIn.fixture.ts';
import { signIn } from './signIn.ts';

let server: Running;
beforeAll(async () => {
  server = await running();
});
afterAll(() => server.close());

const refresh = (token: string, more: Form = {}): Form => ({
  ...{ grant_type: 'refresh_token', client_id: AZ, refresh_token: token, scope: `${ARM}/.default` },
  ...more,
});

async function tokenFrom(store: SignInStore, form: Form): Promise<Record<string, string>> {
  const options = {
    tenant: TENANT,
    origins: [server.origin],
    accounts: server.accounts,
    passwordGrant: true,
  };
  const url = `/${TENANT}/oauth2/v2.0/token`;
  const request = { method: 'POST', url, headers: {}, form };
  return (await signIn({ ...options, store }).handle(request, server.origin)).body as Record<string, string>;
}

/** Lets nobody pass before so many have come. */
function meeting(size: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let come = 0;
  return () => {
    come += 1;
    if (come === size) resolve();
    return promise;
  };
}

describe('a refresh token', () => {
  test('is exchanged for another resource, and gives a new refresh token', async () => {
    const first = (await server.post(MAYA_FORM)).body;
    const { status, body } = await server.post(
      refresh(first['refresh_token'] ?? '', {
        scope: 'https://graph.microsoft.com/.default',
        client_info: '1',
      }),
    );
    expect(status).toBe(200);
    expect(inside(body['access_token'] ?? '')).toMatchObject({
      aud: 'https://graph.microsoft.com',
      oid: MAYA.id,
      amr: ['pwd'],
    });
    expect(inside(body['id_token'] ?? '')).toMatchObject({
      oid: MAYA.id,
      tid: TENANT,
      preferred_username: MAYA.upn,
    });
    expect(body['refresh_token']).not.toBe(first['refresh_token']);
    expect(body['client_info']).toBeDefined();
  });

  test('used twice ends the sign-in: neither the old nor the new one works', async () => {
    const first = (await server.post(MAYA_FORM)).body['refresh_token'] ?? '';
    const second = (await server.post(refresh(first))).body['refresh_token'] ?? '';
    const again = await server.post(refresh(first));
    expect([again.status, again.body['error'], again.body['error_codes']]).toEqual([
      400,
      'invalid_grant',
      [50173],
    ]);
    expect((await server.post(refresh(second))).body['error']).toBe('invalid_grant');
  });

  test('used twice at the same moment serves at most one, and ends the sign-in', async () => {
    const store = memorySignInStore();
    const first = (await tokenFrom(store, MAYA_FORM))['refresh_token'] ?? '';
    const together = meeting(2);
    const both: SignInStore = {
      ...store,
      async get(model, id) {
        const row = await store.get(model, id);
        // Both have read the token as unused before either goes on.
        if (model === 'RefreshToken' && row && row['consumed'] === undefined) await together();
        return row;
      },
    };
    const answers = await Promise.all([0, 1].map(() => tokenFrom(both, refresh(first))));
    const served = answers.filter((body) => body['access_token']);
    expect(served).toHaveLength(1);
    expect(answers.find((body) => body['error'])).toMatchObject({ error_codes: [50173] });
    const later = await tokenFrom(store, refresh(served[0]?.['refresh_token'] ?? ''));
    expect(later).toMatchObject({ error: 'invalid_grant' });
  });

  test('of another client, or of nobody, is refused', async () => {
    const { body } = await server.post(MAYA_FORM);
    const other = { client_id: '1950a258-227b-4e31-a9cf-717495945fc2' };
    expect((await server.post(refresh(body['refresh_token'] ?? '', other))).body['error_codes']).toEqual([
      70000,
    ]);
    expect((await server.post(refresh('nonsense'))).body['error_codes']).toEqual([70000]);
  });

  test('stops working when its person is disabled', async () => {
    const token = (await server.post(MAYA_FORM)).body['refresh_token'] ?? '';
    server.accounts.set({ ...MAYA, enabled: false });
    const { body } = await server.post(refresh(token));
    server.accounts.set(MAYA);
    expect(body['error_codes']).toEqual([50057]);
  });

  test('is in the store as a digest only', async () => {
    const token = (await server.post(MAYA_FORM)).body['refresh_token'] ?? '';
    expect(await server.store.get('RefreshToken', token)).toBeNull();
    expect((await server.post(refresh(token))).status).toBe(200);
  });
});
