import type { SignInStore } from '../../engine/ports.ts';
import type { IssuerKeys } from './issuerKeys.ts';
import type { Account, Accounts } from './ports.ts';

/** What an application sent instead of a secret, and where it sent it. */
export interface Assertion {
  readonly token: string;
  readonly client: { readonly id: string; readonly account: Account };
  /** The ways to write this token endpoint, in lower case: the only ones it may have been signed for. */
  readonly endpoints: readonly string[];
  readonly resource: string;
}
export interface AssertionFacts {
  readonly accounts: Accounts;
  readonly store: SignInStore;
  readonly issuerKeys: IssuerKeys;
  readonly issuerFailed: (issuer: string, error: Error) => void;
}
