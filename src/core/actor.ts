import type { PrincipalId } from './values.ts';

/** Whoever gives a command, and what their sign-in has proven. */
export interface Actor {
  readonly id: PrincipalId;
  /** A person at a keyboard, a workload with a credential of its own, or the server itself (start-up, time). */
  readonly kind: 'person' | 'workload' | 'system';
  readonly mfa: boolean;
  /** Authentication contexts the sign-in satisfied: c1 … c99. */
  readonly contexts: readonly string[];
}

/** The server itself. Nothing that comes over the network is ever this actor. */
export const SYSTEM: Actor = {
  id: '00000000-0000-0000-0000-000000000000' as PrincipalId,
  kind: 'system',
  mfa: false,
  contexts: [],
};
