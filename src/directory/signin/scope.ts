import { GRAPH_APP } from './audiences.ts';
import type { Refusal } from './refusals.ts';

/** What a token is asked for: exactly one resource, as it was written, and the words that asked. */
export interface AskedScope {
  readonly resource: string;
  readonly words: readonly string[];
  /** The client asked for all the resource offers (`.default`, or `resource=` without a scope). */
  readonly whole: boolean;
}

const SIGN_IN_WORDS = new Set(['openid', 'profile', 'email', 'offline_access']);
const DEFAULT = '/.default';
// RFC 6749: visible ASCII without quote and backslash.
const WORD = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** `scope` of the second protocol version, `resource` of the first (and of AD FS); one of them must be there. */
export function askedScope(
  scope: string | undefined,
  resource: string | undefined,
): AskedScope | { readonly refusal: Refusal } {
  const words = (scope ?? '').split(/\s+/).filter(Boolean);
  if (words.length === 0 && !resource) return { refusal: { code: 'parameterMissing', name: 'scope' } };
  const odd = words.find((word) => !WORD.test(word));
  if (odd !== undefined) return { refusal: { code: 'scopeInvalid', scope: odd } };
  const named = words.filter((word) => !SIGN_IN_WORDS.has(word.toLowerCase()));
  const found = new Set([...(resource ? [resource] : []), ...named.map(resourceNamed)]);
  if (found.size > 1) return { refusal: { code: 'resourcesMany' } };
  const [one = GRAPH_APP] = found;
  const whole = named.length > 0 ? named.every((word) => word.endsWith(DEFAULT)) : Boolean(resource);
  return { resource: one, words, whole };
}

// `https://host//.default` names `https://host/`, slash included; a word without a resource is one of Graph's.
function resourceNamed(word: string): string {
  if (word.endsWith(DEFAULT)) return word.slice(0, -DEFAULT.length);
  const slash = word.lastIndexOf('/');
  return slash > 0 ? word.slice(0, slash) : GRAPH_APP;
}

/** `scope` of the answer. MSAL finds its cached token only by the words it asked with, so they all come back. */
export const grantedScope = (asked: AskedScope, permission: string): string =>
  [
    ...new Set([
      'openid',
      'profile',
      ...asked.words,
      `${asked.resource}/${permission}`,
      `${asked.resource}${DEFAULT}`,
    ]),
  ]
    .filter((word) => word !== 'offline_access')
    .join(' ');
