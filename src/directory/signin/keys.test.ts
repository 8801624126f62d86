import { expect, test } from 'vitest';
import { keyRing } from './keys.ts';
import { memorySignInStore } from './memoryStore.ts';

test('a key is made once and kept: the next start signs with the same one', async () => {
  const store = memorySignInStore();
  const [first] = (await keyRing(store).current()).keys;
  const [again, ...more] = (await keyRing(store).current()).keys;
  expect(again).toEqual(first);
  expect(more).toEqual([]);
  expect(first).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig' });
  expect(Buffer.from(first?.n ?? '', 'base64url')).toHaveLength(256);
});

test('a store that is away when an unknown key is looked up takes no known key with it', async () => {
  const store = memorySignInStore();
  let away = false;
  const ring = keyRing({ ...store, keys: () => (away ? Promise.reject(new Error('away')) : store.keys()) });
  const kid = (await ring.current()).keys[0]?.kid ?? '';
  away = true;
  expect(await ring.publicKey('another')).toBeNull();
  expect(await ring.publicKey(kid)).not.toBeNull();
});

test('a store that is away at the start is asked again later', async () => {
  const store = memorySignInStore();
  let away = true;
  const ring = keyRing({ ...store, keys: () => (away ? Promise.reject(new Error('away')) : store.keys()) });
  await expect(ring.current()).rejects.toThrow('away');
  away = false;
  expect((await ring.current()).keys).toHaveLength(1);
});
