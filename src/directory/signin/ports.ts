import type { JWK } from 'jose';

/** Who can sign in: a person, or a workload identity by its service principal. */
export interface Account {
  /** The object id: a GUID in lower case. */
  readonly id: string;
  readonly kind: 'person' | 'workload';
  readonly displayName: string;
  readonly upn: string | null;
  readonly appId: string | null;
  readonly enabled: boolean;
}

/** The directory as the sign-in sees it. Names are compared without regard to case; null means that nobody has that name. */
export interface Accounts {
  byUpn(upn: string): Promise<Account | null>;
  byAppId(appId: string): Promise<Account | null>;
  byId(id: string): Promise<Account | null>;
  /** Whether the secret is one of this account's passwords or client secrets, now. */
  verify(account: Account, secret: string): Promise<boolean>;
}

/** What sign-ins leave behind, by model name and id. */
export interface SignInStore {
  /** Writes over what is there; an `expiresAt` of null means never. */
  put(model: string, id: string, payload: Record<string, unknown>, expiresAt: Date | null): Promise<void>;
  /** Null when absent. One that was consumed carries `consumed`: seconds since 1970. */
  get(model: string, id: string): Promise<Record<string, unknown> | null>;
  find(model: string, by: 'uid' | 'userCode', value: string): Promise<Record<string, unknown> | null>;
  /** True for exactly one caller, however many ask at once; false for what was consumed before or is absent. */
  consume(model: string, id: string, at: Date): Promise<boolean>;
  remove(model: string, id: string): Promise<void>;
  /** Removes the `Grant` of this id and everything whose payload has this `grantId`. */
  removeGrant(grantId: string): Promise<void>;
  /** The private signing keys, newest first. */
  keys(): Promise<JWK[]>;
  addKey(jwk: JWK): Promise<void>;
}

/** The face of the server a token is shown to; a token made for one never works at the other. (Z7) */
export type Audience = 'arm' | 'graph';

/** Who calls, as a verified token says. What they may do is never in here. (Z7) */
export interface Caller {
  readonly id: string;
  readonly appId: string | null;
  readonly kind: 'person' | 'workload';
  readonly name: string;
  readonly tokenId?: string;
  /** How they proved who they are: `pwd`, `mfa` and so on. */
  readonly amr: readonly string[];
  /** Authentication contexts the sign-in has satisfied: `c1` and so on. */
  readonly acrs: readonly string[];
}

export interface Authenticated {
  readonly ok: true;
  readonly caller: Caller;
}

export interface Unauthenticated {
  readonly ok: false;
  readonly code: 'AuthenticationFailed' | 'InvalidAuthenticationToken' | 'ExpiredAuthenticationToken';
  /** What is wrong, in words that may be shown to whoever sent it. */
  readonly reason: string;
  /** The value of the `WWW-Authenticate` header. */
  readonly wwwAuthenticate: string;
}

export interface SignInRequest {
  readonly method: string;
  /** Path and query, after the origin. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed form of a POST; empty otherwise. */
  readonly form: Readonly<Record<string, unknown>>;
}

export interface SignInAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** To be sent as JSON. */
  readonly body: unknown;
}

/** What the HTTP server mounts. `origin` is one of the allow-list, never what a Host header says. */
export interface SignIn {
  handle(request: SignInRequest, origin: string): Promise<SignInAnswer>;
  authenticate(
    authorization: string | undefined,
    origin: string,
    audience: Audience,
  ): Promise<Authenticated | Unauthenticated>;
}
