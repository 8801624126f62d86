import { expect, test } from 'vitest';
import { type SignInPersistence, signInPersistence } from '../../src/store/signin.ts';
import type { TestDatabase } from './testPostgres.ts';

const EARLY = new Date(Date.UTC(2030, 0, 1));
const LATE = new Date(Date.UTC(2030, 0, 2));

export function signInCases(
  withDatabase: (use: (database: TestDatabase) => Promise<void>) => Promise<void>,
): void {
  const signIns = (use: (store: SignInPersistence) => Promise<void>): Promise<void> =>
    withDatabase(({ pool }) => use(signInPersistence(pool)));

  test('what was put is found by model and id, by uid and by user code, until it is removed', () =>
    signIns(async (store) => {
      const payload = { uid: 'u', userCode: 'code', grantId: 'g', nested: { deep: ['ü'] } };
      await store.put('Session', 'one', payload, LATE);
      expect(await store.get('Session', 'one')).toEqual(payload);
      expect(await store.find('Session', 'uid', 'u')).toEqual(payload);
      expect(await store.find('Session', 'userCode', 'code')).toEqual(payload);
      expect(await store.get('Grant', 'one')).toBeNull();
      expect(await store.find('Session', 'uid', 'code')).toBeNull();
      await store.put('Session', 'one', { uid: 'v' }, null);
      expect(await store.find('Session', 'uid', 'u')).toBeNull();
      await store.remove('Session', 'one');
      expect(await store.get('Session', 'one')).toBeNull();
    }));

  test('of many who consume a code at once one does, and it stays consumed', () =>
    signIns(async (store) => {
      await store.put('AuthorizationCode', 'code', {}, LATE);
      const tries = await Promise.all(
        Array.from({ length: 20 }, () => store.consume('AuthorizationCode', 'code', EARLY)),
      );
      expect(tries.filter((won) => won)).toHaveLength(1);
      await store.put('AuthorizationCode', 'code', { again: true }, LATE);
      expect(await store.get('AuthorizationCode', 'code')).toEqual({
        again: true,
        consumed: EARLY.getTime() / 1000,
      });
      expect(await store.consume('AuthorizationCode', 'code', LATE)).toBe(false);
      expect(await store.consume('AuthorizationCode', 'unknown', EARLY)).toBe(false);
    }));

  test('a grant goes with all that came from it', () =>
    signIns(async (store) => {
      await store.put('Grant', 'g', {}, LATE);
      await store.put('RefreshToken', 'r', { grantId: 'g' }, LATE);
      await store.put('RefreshToken', 'other', { grantId: 'h' }, LATE);
      await store.put('Session', 'g', {}, LATE);
      await store.removeGrant('g');
      expect(await store.get('Grant', 'g')).toBeNull();
      expect(await store.get('RefreshToken', 'r')).toBeNull();
      expect(await store.get('RefreshToken', 'other')).not.toBeNull();
      expect(await store.get('Session', 'g')).not.toBeNull();
    }));

  test('what has expired can be cleared away; what never expires stays', () =>
    signIns(async (store) => {
      await store.put('Session', 'early', {}, EARLY);
      await store.put('Session', 'late', {}, LATE);
      await store.put('Session', 'always', {}, null);
      expect(await store.removeExpired(EARLY)).toBe(1);
      expect([await store.get('Session', 'early'), await store.get('Session', 'late')]).toEqual([null, {}]);
      expect(await store.get('Session', 'always')).toEqual({});
    }));

  test('signing keys come back newest first', () =>
    signIns(async (store) => {
      for (const kid of ['a', 'b', 'c']) await store.addKey({ kid, kty: 'EC' });
      expect((await store.keys()).map(({ kid }) => kid)).toEqual(['c', 'b', 'a']);
    }));
}
