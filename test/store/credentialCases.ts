import { expect } from 'vitest';
import { SYSTEM } from '../../src/core/actor.ts';
import type { Certificate, Federation } from '../../src/core/credential.ts';
import type { PrincipalId } from '../../src/core/values.ts';
import { accounts } from '../../src/directory/accounts.ts';
import { federationOf } from '../../src/directory/federation.ts';
import type { Store } from '../../src/engine/ports.ts';
import { fold, historian } from './history.ts';
import type { Cases } from './openStore.ts';
import * as the from './samples.ts';

const APP = the.person(7);
const APP_ID = 'aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa';
const certificate = (thumbprint: string): Certificate => ({
  thumbprint,
  thumbprint256: `${thumbprint}256`,
  subject: 'CN=deploy',
  notBefore: the.START,
  notAfter: the.at(1_000_000),
  der: 'TUlJ',
});
const give = (id: string, recognizedBy: Certificate, principal: PrincipalId = APP) =>
  ({ type: 'addCredential', actor: SYSTEM, id, principal, kind: 'certificate', recognizedBy }) as const;
const trust = (id: string, recognizedBy: Federation) =>
  ({ type: 'addCredential', actor: SYSTEM, id, principal: APP, kind: 'federated', recognizedBy }) as const;

async function withApplication(store: Store) {
  const history = historian(store);
  await history.happens(
    the.principalPut(the.person(1)),
    the.principalPut(APP, { kind: 'workload', appId: APP_ID }),
  );
  return history;
}

const federation = federationOf('https://ci.example', 'repo:contoso/payments:ref:refs/heads/main');
if (!federation) throw new Error('the samples are wrong');

export const CREDENTIALS: Cases<Store> = {
  'an application signs in by its certificates and outside issuers, each found by its kind': async (
    store,
  ) => {
    const { command, world } = await withApplication(store);
    await command(give('c2', certificate('bb')), the.at(1));
    await command(give('c1', certificate('aa')), the.at(2));
    await command(trust('f1', federation), the.at(3));
    const known = accounts(store, (id) => world().principal.get(id));
    const account = await known.byAppId(APP_ID);
    if (!account) throw new Error('nobody has that client id');
    expect((await known.certificates(account)).map((c) => c.thumbprint)).toEqual(['aa', 'bb']);
    expect(await known.federations(account)).toEqual([federation]);
    expect(await store.credentials(APP, 'secret')).toEqual([]);
    expect(await store.verifiers(APP, 'secret')).toEqual([]);
  },

  'INV-U1: a certificate that is put in the place of another is the one in the tables and in the log': async (
    store,
  ) => {
    const { command } = await withApplication(store);
    await command(give('c1', certificate('aa')), the.at(1));
    expect(await command(give('c1', certificate('aa')), the.at(2))).toEqual({ ok: true, events: [] });
    await command(give('c1', certificate('bb')), the.at(3));
    await command(trust('c1', federation), the.at(4));
    const [stored] = await store.credentials(APP, 'federated');
    expect(stored).toMatchObject({ id: 'c1', recognizedBy: federation, version: 3, createdAt: the.at(4) });
    expect(await store.credentials(APP, 'certificate')).toEqual([]);
    expect((await store.everything()).world.credential).toEqual((await fold(store)).credential);
  },

  'a line from before there were certificates means a credential that nothing public recognizes': async (
    store,
  ) => {
    const { happens } = await withApplication(store);
    const old = { id: 'c', principal: APP, kind: 'secret', createdAt: the.START, version: 1 } as const;
    await happens({ type: 'credentialAdded', credential: old as never, at: the.START });
    const expected = new Map([['c', { ...old, recognizedBy: null }]]);
    expect((await fold(store)).credential).toEqual(expected);
    expect((await store.everything()).world.credential).toEqual(expected);
  },

  'only an application has certificates, and only the server gives them': async (store) => {
    const { command } = await withApplication(store);
    const refused = async (...asked: Parameters<typeof give>) => {
      const decision = await command(give(...asked), the.at(1));
      return decision.ok ? [] : decision.refusals.map(({ code }) => code);
    };
    expect(await refused('c', certificate('aa'), the.person(1))).toEqual(['principalKindDiffers']);
    expect(await refused('c', certificate('aa'), the.person(2))).toEqual(['principalNotFound']);
    const person = { ...SYSTEM, id: APP, kind: 'workload' } as const;
    const own = await command({ ...give('c', certificate('aa')), actor: person }, the.at(1));
    expect(own.ok ? [] : own.refusals.map(({ code }) => code)).toEqual(['notAuthorized']);
  },
};
