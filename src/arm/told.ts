import type { ScopeKey } from '../core/values.ts';
import type { Caller } from '../http/route.ts';

/** Whom a refusal is told to, and about what. */
export interface Told {
  readonly caller: Caller;
  readonly tenant: string;
  readonly origin: string;
  /** The same refusal has another code when a role assignment was put than when a request was made. */
  readonly about: 'request' | 'roleAssignment' | 'roleDefinition';
  pathOf(scope: ScopeKey): string;
}

export type { Worded } from './worded.ts';
