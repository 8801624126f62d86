import type { ScopeKey } from '../core/values.ts';
import type { Caller } from '../http/route.ts';
import type { ErrorDetail } from './armError.ts';

/** Whom a refusal is told to, and about what. */
export interface Told {
  readonly caller: Caller;
  readonly tenant: string;
  readonly origin: string;
  /** The same refusal has another code when a role assignment was put than when a request was made. */
  readonly about: 'request' | 'roleAssignment' | 'roleDefinition';
  pathOf(scope: ScopeKey): string;
}

/** A refusal in ARM's words. */
export interface Worded {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** The policy rule that failed; such refusals are told together. */
  readonly rule?: string;
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly details?: readonly ErrorDetail[];
}
