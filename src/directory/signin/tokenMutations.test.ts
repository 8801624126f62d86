import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSign,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import fc from 'fast-check';
import type { JWK } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { memorySignInStore } from './memoryStore.ts';
import { APP_FORM, inside, MAYA, MAYA_FORM, MICROSOFT, memoryAccounts, TENANT } from './signIn.fixture.ts';
import { signIn } from './signIn.ts';

const OWN = 'https://localhost:8443';
const LOGIN = 'https://login.microsoftonline.com';
const ARM = 'https://management.azure.com';
const GRAPH = 'https://graph.microsoft.com';
const OTHER_TENANT = '99999999-0000-4000-8000-000000000009';

type Json = Record<string, unknown>;
const store = memorySignInStore();
const served = signIn({
  tenant: TENANT,
  origins: [OWN, ...MICROSOFT],
  accounts: memoryAccounts(),
  store,
  passwordGrant: true,
});

async function access(form: Record<string, string>): Promise<string> {
  const url = `/${TENANT}/oauth2/v2.0/token`;
  const asked = { ...form, scope: `${ARM}/.default` };
  const { body } = await served.handle({ method: 'POST', url, headers: {}, form: asked }, OWN);
  return (body as Record<string, string>)['access_token'] ?? '';
}
const ask = (token: string) => served.authenticate(`Bearer ${token}`, OWN, 'arm');

const part = (value: Json) => Buffer.from(JSON.stringify(value)).toString('base64url');
const signed = (header: Json, claims: Json, key: KeyObject, digest = 'sha256') => {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${createSign(digest).update(text).sign(key).toString('base64url')}`;
};
const hmac = (header: Json, claims: Json, secret: Buffer | string) => {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
};

describe('INV-Z7: no altered token passes', () => {
  let good = '';
  let header: Json = {};
  let claims: Json = {};
  let own: KeyObject;
  let pem = '';
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const now = () => Math.floor(Date.now() / 1000);

  beforeAll(async () => {
    good = await access(APP_FORM);
    claims = inside(good);
    header = JSON.parse(Buffer.from(good.split('.')[0] ?? '', 'base64url').toString());
    const [jwk] = (await store.keys()) as [JWK];
    own = createPrivateKey({ key: jwk, format: 'jwk' });
    pem = createPublicKey(own).export({ format: 'pem', type: 'spki' }).toString();
  });

  const refuses = async (token: string, code?: string) => {
    const answer = await ask(token);
    expect([token, answer.ok]).toEqual([token, false]);
    if (code && !answer.ok) expect(answer.code).toBe(code);
  };

  test('the same claims signed by hand with our key do pass, so that what follows means something', async () => {
    expect((await ask(signed(header, claims, own))).ok).toBe(true);
  });

  test('every claim wrong or absent, though our own key signs it', async () => {
    const wrong: Json[] = [
      ...[
        GRAPH,
        `${GRAPH}/`,
        OTHER_TENANT,
        '',
        ARM.toUpperCase(),
        `${ARM}//`,
        `${ARM}.evil.example`,
        LOGIN,
        [ARM],
        [ARM, GRAPH],
        5,
      ].map((aud) => ({ aud })),
      ...[
        `${OWN}/${OTHER_TENANT}/v2.0`,
        `https://evil.example/${TENANT}/v2.0`,
        `${OWN}/${TENANT}/v2.0/`,
        `http://localhost:8443/${TENANT}/v2.0`,
        `https://sts.windows.net/${TENANT}/`,
        OWN,
        '',
        7,
        [`${OWN}/${TENANT}/v2.0`],
      ].map((iss) => ({ iss })),
      ...[OTHER_TENANT, TENANT.toUpperCase(), '', 1, null].map((tid) => ({ tid })),
      ...[OTHER_TENANT, MAYA.id, '55555555-5555-4555-8555-555555555552', '', 1].map((oid) => ({ oid })),
      ...['user', 'App', '', true].map((idtyp) => ({ idtyp })),
      ...[String(now() + 600), 1e99, now() + 600.5, Number.MAX_VALUE, true].map((exp) => ({ exp })),
      ...[now() + 60, now() + 7, '0', 1.5].map((nbf) => ({ nbf })),
      ...['aud', 'iss', 'tid', 'oid', 'appid', 'ver', 'exp', 'nbf', 'iat', 'idtyp'].flatMap((name) => [
        { [name]: undefined },
        { [name]: null },
      ]),
    ];
    for (const change of wrong)
      await refuses(signed(header, { ...claims, ...change }, own), 'InvalidAuthenticationToken');
    expect(wrong.length).toBeGreaterThan(55);
  });

  test('an expired one says that it has expired, without any leeway', async () => {
    for (const age of [0, 1, 60, 86_400])
      await refuses(signed(header, { ...claims, exp: now() - age }, own), 'ExpiredAuthenticationToken');
  });

  test('one not yet valid is let in five seconds early and no more', async () => {
    expect((await ask(signed(header, { ...claims, nbf: now() + 4 }, own))).ok).toBe(true);
    await refuses(signed(header, { ...claims, nbf: now() + 8 }, own));
  });

  test('every other algorithm, and every way to bring a key along', async () => {
    const { privateKey, publicKey } = foreign;
    const brought = publicKey.export({ format: 'jwk' });
    const headers: Json[] = [
      ...[
        'none',
        'None',
        'nOnE',
        '',
        'rs256',
        'RS384',
        'RS512',
        'PS256',
        'ES256',
        'HS256',
        'EdDSA',
        5,
        null,
      ].map((alg) => ({ alg })),
      ...[
        { jku: `${OWN}/keys` },
        { x5u: 'https://evil.example/x' },
        { jwk: brought },
        { x5c: ['AAAA'] },
        { x5t: 'AAAA' },
      ],
      ...[
        { crit: ['exp'] },
        { b64: false },
        { b64: false, crit: ['b64'] },
        { cty: 'JWT' },
        { zip: 'DEF' },
        { typ: 'JWT' },
        { typ: undefined },
      ],
      ...['', 'none', '../../dev/null', 5, null, undefined, ['x']].map((kid) => ({ kid })),
    ];
    for (const change of headers) {
      const other = { ...header, ...change };
      await refuses(signed(other, claims, privateKey));
      await refuses(signed(other, claims, own));
      await refuses(`${part(other)}.${part(claims)}.`);
      await refuses(hmac(other, claims, pem));
    }
    expect(headers.length * 4).toBeGreaterThan(100);
    await refuses(signed(header, claims, privateKey));
    await refuses(signed({ ...header, alg: 'ES256' }, claims, curve.privateKey));
    for (const secret of [pem, pem.trim(), '', createHash('sha256').update(pem).digest()])
      await refuses(hmac({ ...header, alg: 'HS256' }, claims, secret));
  });

  test('every flipped bit, character, cut and splice', async () => {
    const other = (await access(MAYA_FORM)).split('.');
    const three = good.split('.');
    // Both have the same header, so payload and signature are what is exchanged.
    for (let kept = 1; kept < 3; kept += 1)
      await refuses(three.map((text, index) => (index === kept ? text : other[index])).join('.'));
    for (let cut = 1; cut < good.length; cut += 17) await refuses(good.slice(0, -cut));
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    // The last character too: some of its bits mean nothing to a decoder.
    for (const letter of letters) if (!good.endsWith(letter)) await refuses(good.slice(0, -1) + letter);
    const change = fc.tuple(fc.nat(good.length - 1), fc.constantFrom(...letters, '.', '=', '+', '/', ' '));
    await fc.assert(
      fc.asyncProperty(change, async ([at, letter]) => {
        fc.pre(good[at] !== letter);
        await refuses(good.slice(0, at) + letter + good.slice(at + 1));
      }),
      { numRuns: 400 },
    );
  });

  test('and after all of these the good one still passes', async () => {
    expect((await ask(good)).ok).toBe(true);
  });
});
