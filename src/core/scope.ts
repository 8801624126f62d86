import type { Instant, ScopeKey } from './values.ts';

/** A scope that was named: a management group, a subscription, a resource group. Keys are unique over all planes. */
export interface Scope {
  readonly key: ScopeKey;
  /** The scope's path in the case it was written in. */
  readonly path: string;
  readonly kind: 'tenant' | 'managementGroup' | 'subscription' | 'resourceGroup';
  readonly displayName: string;
  readonly parent: ScopeKey | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly location: string | null;
  readonly createdAt: Instant;
  readonly version: number;
}
