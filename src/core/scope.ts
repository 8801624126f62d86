import type { Instant, ScopeKey } from './values.ts';

export type ScopeKind = 'tenant' | 'managementGroup' | 'subscription' | 'resourceGroup' | 'resource';

/**
 * A scope that was named: a management group, a subscription, a resource group, a resource. Keys are unique over all planes.
 * One that was deleted stays as a tombstone, so that the log still folds into the tables, and its name may be used again. (U1)
 */
export interface Scope {
  readonly key: ScopeKey;
  /** The scope's path in the case it was written in. */
  readonly path: string;
  readonly kind: ScopeKind;
  readonly displayName: string;
  readonly parent: ScopeKey | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly location: string | null;
  /** What a resource was put with; kept and shown, never read. */
  readonly body: Readonly<Record<string, unknown>> | null;
  readonly createdAt: Instant;
  /** When it was deleted; null while it is there. */
  readonly deletedAt: Instant | null;
  readonly version: number;
}

/** A scope as an event carries it: what was written before resources were, says nothing of bodies and deletions. */
export type PutScopeFields = Omit<Scope, 'body' | 'deletedAt'> & Partial<Pick<Scope, 'body' | 'deletedAt'>>;

type Scopes = ReadonlyMap<string, Scope>;

/** The scope of this key, if it was named and not deleted. */
export function namedScope(scopes: Scopes, key: ScopeKey): Scope | undefined {
  const scope = scopes.get(key);
  return scope?.deletedAt === null ? scope : undefined;
}

/** What contains a scope by the data: nothing hangs on a deleted one any more. */
export const parentIn =
  (scopes: Scopes) =>
  (key: ScopeKey): ScopeKey | null =>
    namedScope(scopes, key)?.parent ?? null;
