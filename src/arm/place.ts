import { type ScopeKey, scopeKey } from '../core/values.ts';
import type { Engine } from '../engine/engine.ts';
import {
  invalidScope,
  managementGroupNotFound,
  missingSubscription,
  resourceGroupNotFound,
  resourceNotFound,
  subscriptionNotFound,
} from './problems.ts';
import { type ArmScope, kindOfKey, parseArmScope, type ScopeKind, subscriptionOf } from './scope.ts';

/** A scope that is there, or a resource in one that is. */
export interface Place {
  readonly key: ScopeKey;
  readonly kind: ScopeKind;
  /** As answers spell it. */
  readonly path: string;
}

const TENANT = scopeKey('/');

/** The scope of a path, or the error that says what is wrong with it. */
export function scopeOf(text: string): ArmScope {
  const parsed = parseArmScope(text);
  if (!('problem' in parsed)) return parsed;
  throw parsed.problem === 'noSubscription' ? missingSubscription(text) : invalidScope(text, parsed.why);
}

/** The place a call is about. What is not there is an error: 404, as the contract words it. */
export function placeOf(engine: Engine, text: string | null): Place {
  const scope = scopeOf(text ?? '/');
  assertThere(engine, scope);
  const { key, kind } = scope;
  const known = engine.access.scope(key)?.path;
  return { key, kind, path: known ?? (kind === 'tenant' ? '/' : asWritten(engine, scope)) };
}

/** That a scope is there to hold something. */
export function assertThere(engine: Engine, { key, kind, segments }: ArmScope): void {
  const isThere = (n: number) =>
    engine.access.scope(scopeKey(`/${segments.slice(0, n).join('/').toLowerCase()}`)) !== undefined;
  if (kind === 'tenant') return;
  if (kind === 'managementGroup') {
    if (!engine.access.scope(key)) throw managementGroupNotFound(segments[3] ?? '');
    return;
  }
  if (!isThere(2)) throw subscriptionNotFound(segments[1] ?? '');
  if (segments[2] === 'resourceGroups' && !isThere(4)) throw resourceGroupNotFound(segments[3] ?? '');
  // A resource nobody named is a scope all the same; one that was deleted is none, and nothing in it is.
  const gone = kind === 'resource' && containersOf(engine, key).some((k) => engine.access.wasDeleted(k));
  if (gone) throw resourceNotFound(`/${segments.join('/')}`);
}

// Scopes with a row keep the case of the row; what lies below keeps the case of the caller.
function asWritten(engine: Engine, { key, segments }: ArmScope): string {
  const known = nearest(engine, key);
  return (
    known.path +
    segments
      .slice(known.depth)
      .map((s) => `/${s}`)
      .join('')
  );
}

// docs/divergences.md: arm-resource-scope
function nearest(engine: Engine, key: ScopeKey): { readonly path: string; readonly depth: number } {
  for (const above of containersOf(engine, key)) {
    const row = above === TENANT ? undefined : engine.access.scope(above);
    if (row && subscriptionOf(above) === subscriptionOf(key))
      return { path: row.path, depth: depthOf(above) };
  }
  return { path: '', depth: 0 };
}

const depthOf = (key: ScopeKey): number => key.split('/').filter((s) => s !== '').length;

/** How answers spell a scope of which only the key is kept. */
export function pathOf(engine: Engine, key: ScopeKey, place?: Place): string {
  if (key === place?.key) return place.path;
  if (key === TENANT) return '/';
  const known = nearest(engine, key);
  return (
    known.path +
    key
      .split('/')
      .slice(known.depth + 1)
      .map((s) => `/${s}`)
      .join('')
  );
}

/** The scope and all above it, nearest first. */
export const containersOf = (engine: Engine, key: ScopeKey): readonly ScopeKey[] =>
  engine.facts.planes.azure.containers(key, (s) => engine.access.parentOf(s));

const TYPES: { readonly [K in Exclude<ScopeKind, 'resource'>]: string } = {
  tenant: 'tenant',
  managementGroup: 'managementgroup',
  subscription: 'subscription',
  resourceGroup: 'resourcegroup',
};

/** What answers say of a scope beside its path. */
export function labelOf(
  engine: Engine,
  key: ScopeKey,
  place?: Place,
): { id: string; displayName: string; type: string } {
  const id = pathOf(engine, key, place);
  const kind = kindOfKey(key);
  const displayName = engine.access.scope(key)?.displayName ?? id.split('/').at(-1) ?? id;
  return {
    id,
    displayName: displayName || 'Tenant root',
    type: kind === 'resource' ? resourceType(id) : TYPES[kind],
  };
}

/** Microsoft.Compute/virtualMachines/extensions of …/providers/Microsoft.Compute/virtualMachines/vm/extensions/x */
export function resourceType(path: string): string {
  const segments = path.split('/');
  const provider = segments.findLastIndex(
    (s, i) => s.toLowerCase() === 'providers' && i + 3 < segments.length,
  );
  const [namespace = '', ...rest] = segments.slice(provider + 1);
  return [namespace, ...rest.filter((_, i) => i % 2 === 0)].join('/');
}
