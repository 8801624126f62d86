import { createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { JWK } from 'jose';
import type { SignInStore } from '../../engine/ports.ts';

/** The signing keys as they were read at one time; a new reading is a new object. */
export interface Ring {
  /** Private, newest first: the first one signs. */
  readonly keys: readonly JWK[];
  readonly publicKeys: ReadonlyMap<string, KeyObject>;
}

export interface KeyRing {
  current(): Promise<Ring>;
  /** The public half of the key of this id, or null when it is none of ours. */
  publicKey(kid: string): Promise<KeyObject | null>;
}

// Another server on the same store may have made a key: an unknown id is looked up again, but not more often than this.
const REREAD_MS = 2_000;

export function keyRing(store: SignInStore): KeyRing {
  let reading: Promise<Ring> | null = null;
  let rereadAt = 0;
  // A reading that fails leaves what was known before: a store that is away takes no good key with it.
  const read = (): Promise<Ring> => {
    const before = reading;
    const started: Promise<Ring> = readKeys(store).catch((error: unknown) => {
      if (before) return before;
      reading = null;
      throw error;
    });
    reading = started;
    return started;
  };
  const current = () => reading ?? read();
  const publicKey = async (kid: string) => {
    const known = (await current()).publicKeys.get(kid);
    if (known) return known;
    if (Date.now() - rereadAt >= REREAD_MS) {
      rereadAt = Date.now();
      read();
    }
    return (await current()).publicKeys.get(kid) ?? null;
  };
  return { current, publicKey };
}

async function readKeys(store: SignInStore): Promise<Ring> {
  const kept = await store.keys();
  if (kept.length > 0) return ring(kept);
  await store.addKey(await newKey());
  // Two servers that start on an empty store both add one, and both have to know both.
  return ring(await store.keys());
}

const ring = (keys: readonly JWK[]): Ring => ({
  keys,
  publicKeys: new Map(keys.map((key) => [key.kid ?? '', createPublicKey({ key, format: 'jwk' })])),
});

async function newKey(): Promise<JWK> {
  const { calculateJwkThumbprint } = await import('jose');
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const jwk = privateKey.export({ format: 'jwk' }) as JWK;
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'RS256', use: 'sig' };
}
