import { generateKeyPairSync } from 'node:crypto';
import type { FlattenedJWSInput, JWSHeaderParameters } from 'jose';
import { beforeEach, expect, test } from 'vitest';
import { issuerKeys } from './issuerKeys.ts';

const ISSUER = 'https://ci.example';
const key = (kid: string) => ({
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }),
  kid,
});
const KEYS = { k1: key('k1'), k2: key('k2') };
const TOKEN: FlattenedJWSInput = { payload: '', signature: '' };
const named = (kid: string): JWSHeaderParameters & { alg: string } => ({ alg: 'RS256', kid });

let now = 0;
let there: readonly (keyof typeof KEYS)[] | null = ['k1'];
let asked = 0;
const keysOf = () =>
  issuerKeys(
    async (url) => {
      asked += 1;
      if (there === null) throw new Error('away');
      return url.pathname === '/jwks'
        ? JSON.stringify({ keys: there.map((kid) => KEYS[kid]) })
        : JSON.stringify({ issuer: ISSUER, jwks_uri: `${ISSUER}/jwks` });
    },
    () => now,
  );
beforeEach(() => {
  now = 0;
  asked = 0;
  there = ['k1'];
});

test('an issuer that changes its keys is asked again when a new one is named, half a minute later at most', async () => {
  const of = keysOf();
  const get = async (kid: string) => (await of(ISSUER))(named(kid), TOKEN);
  await get('k1');
  there = ['k1', 'k2'];
  await expect(get('k2')).rejects.toThrow('no applicable key');
  expect(asked).toBe(2);
  now = 30_000;
  await get('k2');
  await get('k1');
  expect(asked).toBe(4);
});

test('a key that the issuer has withdrawn is believed for an hour at most', async () => {
  const of = keysOf();
  const get = async (kid: string) => (await of(ISSUER))(named(kid), TOKEN);
  await get('k1');
  there = ['k2'];
  now = 3_600_000;
  await expect(get('k1')).rejects.toThrow('no applicable key');
});

test('an issuer that is away is asked again after half a minute, not by every request', async () => {
  const of = keysOf();
  there = null;
  await expect(of(ISSUER)).rejects.toThrow('away');
  now = 29_999;
  await expect(of(ISSUER)).rejects.toThrow('away');
  expect(asked).toBe(1);
  now = 30_000;
  there = ['k1'];
  await (await of(ISSUER))(named('k1'), TOKEN);
  expect(asked).toBe(3);
});

test('many who ask at once are one question', async () => {
  const of = keysOf();
  await Promise.all(Array.from({ length: 50 }, () => of(ISSUER)));
  expect(asked).toBe(2);
});

test.each([
  ['is not JSON', '<html>'],
  ['is a list', '[]'],
  ['is of another issuer', JSON.stringify({ issuer: `${ISSUER}/`, jwks_uri: `${ISSUER}/jwks` })],
  ['names no keys', JSON.stringify({ issuer: ISSUER })],
  ['has its own address for its keys', JSON.stringify({ issuer: ISSUER, jwks_uri: `${ISSUER}/.well-known` })],
])('a document that %s gives no keys', async (_name, text) => {
  await expect(issuerKeys(async () => text)(ISSUER)).rejects.toThrow();
});
