import { parseGuid, type ScopeKey, scopeKey } from '../core/values.ts';

export type ScopeKind = 'tenant' | 'managementGroup' | 'subscription' | 'resourceGroup' | 'resource';

/** A scope as a path names it: nothing is said about whether it is there. */
export interface ArmScope {
  readonly key: ScopeKey;
  readonly kind: ScopeKind;
  /** The path's parts as written, fixed words in the case the wire has them in. */
  readonly segments: readonly string[];
}

export type ScopeProblem =
  | { readonly problem: 'noSubscription' }
  | { readonly problem: 'malformed'; readonly why: string };

// PostgreSQL cannot index longer keys; no scope of the real service comes near.
const BYTES_MAX = 1_024;

/** Reads a scope path. Only whole segments count, so no other spelling can mean another place. (Z3) */
export function parseArmScope(text: string): ArmScope | ScopeProblem {
  const segments = shortened(text.split('/').filter((s) => s !== ''));
  const bad = segments.find((s) => !isName(s));
  if (bad !== undefined) return malformed(`'${bad}' cannot be part of it`);
  if (Buffer.byteLength(segments.join('/')) > BYTES_MAX)
    return malformed(`it is longer than ${BYTES_MAX} bytes`);
  const lower = segments.map((s) => s.toLowerCase());
  const kind = kindOf(lower);
  if (typeof kind !== 'string') return kind;
  return { key: scopeKey(`/${lower.join('/')}`), kind, segments: respelled(segments, lower) };
}

/** What a canonical key names. */
export function kindOfKey(key: ScopeKey): ScopeKind {
  const kind = kindOf(key.split('/').filter((s) => s !== ''));
  return typeof kind === 'string' ? kind : 'resource';
}

/** The subscription a canonical key lies in, or null above them. */
export const subscriptionOf = (key: ScopeKey): string | null => {
  const [, first, id] = key.split('/');
  return first === 'subscriptions' ? (id ?? null) : null;
};

const malformed = (why: string): ScopeProblem => ({ problem: 'malformed', why });

// The live service writes subscriptions with the name of their provider in front, and takes them both ways.
function shortened(segments: readonly string[]): readonly string[] {
  const [first, second, third] = segments.map((s) => s.toLowerCase());
  const long = first === 'providers' && second === 'microsoft.subscription' && third === 'subscriptions';
  return long ? segments.slice(2) : segments;
}

// Letters that another script also writes as these (NFKC) are refused, so that two names never only look different.
const isName = (s: string): boolean =>
  /^[\p{L}\p{N}\p{M}_\-.()~ +@,!$'=;:&[\]{}]{1,260}$/u.test(s) &&
  !/^\.|\.$|^ | $/.test(s) &&
  s.normalize('NFKC') === s;

function kindOf(lower: readonly string[]): ScopeKind | ScopeProblem {
  const [first, second, third] = lower;
  if (first === undefined) return 'tenant';
  if (first === 'providers') {
    const group = second === 'microsoft.management' && third === 'managementgroups' && lower.length === 4;
    return group ? 'managementGroup' : malformed('it is no management group');
  }
  if (first !== 'subscriptions') return malformed(`it begins with '${first}'`);
  if (second === undefined) return { problem: 'noSubscription' };
  if (parseGuid(second) === null) return malformed(`'${second}' is not a subscription id, which is a GUID`);
  return third === 'resourcegroups' ? inGroup(lower) : inSubscription(lower);
}

function inGroup(lower: readonly string[]): ScopeKind | ScopeProblem {
  if (lower.length === 3) return malformed('the name of the resource group is missing');
  return lower.length === 4 ? 'resourceGroup' : resource(lower.slice(4));
}

const inSubscription = (lower: readonly string[]): ScopeKind | ScopeProblem =>
  lower.length === 2 ? 'subscription' : resource(lower.slice(2));

// providers/{namespace}/{type}/{name}[/{type}/{name}…], and the same again for what is attached to a resource.
function resource(lower: readonly string[]): ScopeKind | ScopeProblem {
  if (lower[0] !== 'providers')
    return malformed(`'${lower[0]}' stands where 'providers' or 'resourceGroups' can`);
  let at = 2;
  for (let pairs = 0; ; pairs++, at += 2) {
    const ends = at === lower.length || lower[at] === 'providers';
    if (ends && pairs > 0) return at === lower.length ? 'resource' : resource(lower.slice(at));
    if (at + 1 >= lower.length) return malformed('a resource is /providers/{namespace}/{type}/{name}');
  }
}

const WORDS: readonly { readonly at: number; readonly word: string }[] = [
  { at: 0, word: 'subscriptions' },
  { at: 0, word: 'providers' },
  { at: 1, word: 'Microsoft.Management' },
  { at: 2, word: 'managementGroups' },
  { at: 2, word: 'resourceGroups' },
  { at: 2, word: 'providers' },
  { at: 4, word: 'providers' },
];

// A subscription's id is shown as it is kept; names keep the case they were sent in.
const respelled = (segments: readonly string[], lower: readonly string[]): readonly string[] =>
  segments.map((s, at) =>
    at === 1 && lower[0] === 'subscriptions'
      ? (lower[at] ?? s)
      : (WORDS.find((w) => w.at === at && w.word.toLowerCase() === lower[at])?.word ?? s),
  );
