import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { issuerAddress } from '../federation.ts';

/** Gives the keys an outside issuer signs with; rejects where its documents cannot be had or do not fit. */
export type IssuerKeys = (issuer: string) => Promise<JWTVerifyGetKey>;

interface Found {
  readonly at: number;
  readonly keys: Promise<JWTVerifyGetKey>;
}

const KEPT_MS = 3_600_000;
const ASKED_AGAIN_MS = 30_000;
const ISSUERS_MAX = 500;
const KEYS_MAX = 100;

/**
 * Keys by the issuer's discovery document and key set, kept for an hour. A key that is not among them makes it ask once
 * more, but no issuer is asked twice within half a minute, whatever anybody sends and however it answers.
 */
export function issuerKeys(ask: (url: URL) => Promise<string>, now: () => number = Date.now): IssuerKeys {
  const known = new Map<string, Found>();
  const found = (issuer: string, keptMs: number): Found => {
    const there = known.get(issuer);
    if (there && now() - there.at < keptMs) return there;
    const fresh = { at: now(), keys: askForKeys(issuer, ask) };
    fresh.keys.catch(() => forgetLater(known, issuer, fresh));
    known.delete(issuer);
    known.set(issuer, fresh);
    if (known.size > ISSUERS_MAX) known.delete(known.keys().next().value ?? '');
    return fresh;
  };
  return async (issuer) => {
    const kept = await found(issuer, KEPT_MS).keys;
    return async (header, token) => {
      try {
        return await kept(header, token);
      } catch (unknownKey) {
        const again = await found(issuer, ASKED_AGAIN_MS).keys.catch(() => null);
        if (!again) throw unknownKey;
        return again(header, token);
      }
    };
  };
}

// What failed is kept only so long that an issuer which is away is not asked by every request.
function forgetLater(known: Map<string, Found>, issuer: string, failed: Found): void {
  if (known.get(issuer) === failed)
    known.set(issuer, { ...failed, at: failed.at - KEPT_MS + ASKED_AGAIN_MS });
}

async function askForKeys(issuer: string, ask: (url: URL) => Promise<string>): Promise<JWTVerifyGetKey> {
  const address = issuerAddress(issuer);
  if (!address) throw new Error(`the issuer ${issuer} is no https address`);
  const base = address.href.replace(/\/$/, '');
  const document = object(await ask(new URL(`${base}/.well-known/openid-configuration`)));
  if (document['issuer'] !== issuer) throw new Error(`the document at ${base} is of another issuer`);
  const place = URL.parse(String(document['jwks_uri']));
  if (!place) throw new Error(`the document of ${issuer} names no jwks_uri`);
  const keys = object(await ask(place))['keys'];
  if (!Array.isArray(keys) || keys.length > KEYS_MAX) throw new Error(`${place.href} is not a set of keys`);
  return createLocalJWKSet({ keys } satisfies JSONWebKeySet);
}

function object(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
