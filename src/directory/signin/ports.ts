import type { Certificate, Federation } from '../../core/credential.ts';

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
  /** The certificates an application may sign with; their times are the caller's to look at. */
  certificates(account: Account): Promise<readonly Certificate[]>;
  /** The outside issuers whose word is taken for an application. */
  federations(account: Account): Promise<readonly Federation[]>;
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
