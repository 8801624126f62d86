import type { TSchema } from 'typebox';
import type { Actor } from '../core/actor.ts';

/** Whoever calls, as their token says. */
export interface Caller {
  readonly actor: Actor;
  /** Display name or UPN, for messages. */
  readonly name: string;
  readonly appId: string;
}

/** One call, parsed as far as HTTP goes. */
export interface Call {
  readonly caller: Caller;
  readonly method: string;
  /** Path parameters, decoded, in the case they were sent. */
  readonly params: Readonly<Record<string, string>>;
  /** Query parameters, decoded; names in lower case. */
  readonly query: ReadonlyMap<string, string>;
  /** The scope text that stood before the last /providers/Microsoft.Authorization/, decoded; null when there was none. */
  readonly scope: string | null;
  /** The parsed JSON body; undefined when there was none. */
  readonly body: unknown;
  /** https://host[:port] as the client sees it. */
  readonly origin: string;
  /** The path and query as they were sent, for nextLink. */
  readonly target: string;
  readonly correlation: string;
}

export interface Answer {
  readonly status: number;
  /** Absent: an empty body with Content-Length 0. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Which wire a route speaks: its error bodies, its audience, its headers. */
export type Wire = 'arm' | 'graph' | 'postern';

/** Who may call: anybody, whoever has a token, or a rule the matrix test knows by its words. */
export type Authorization = 'anybody' | 'signedIn' | `needs ${string}`;

/** One endpoint: the row of the route table, of the OpenAPI document and of the authorization matrix at once. (Z1) */
export interface Route {
  readonly wire: Wire;
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** The router's path. What lies below a scope begins with /~arm/ and shows as {scope}/providers/Microsoft.Authorization/. */
  readonly path: string;
  /** A name for the log and the document: verb and noun, e.g. roleAssignments.create. */
  readonly operation: string;
  readonly summary: string;
  readonly authorization: Authorization;
  readonly body?: TSchema;
  readonly response?: TSchema;
  handle(call: Call): Promise<Answer>;
}

/** What a wire makes of an error: its own errors keep their body, everything else is a 500 without details. */
export interface WireErrors {
  /** The answer to something thrown by a handler or by the server around it. */
  answer(error: unknown, call: { readonly correlation: string; readonly origin: string }): Answer;
  /** The errors that happen before a handler is found or called. */
  readonly make: {
    notFound(target: string): Error;
    malformedJson(problem: string): Error;
    unsupportedBody(contentType: string): Error;
    tooLarge(limitBytes: number): Error;
    badTarget(problem: string): Error;
    unauthenticated(why: { readonly code: string; readonly wwwAuthenticate: string }): Error;
    unavailable(retryAfterSeconds: number): Error;
  };
  /** Whether the error is already in the log as a refusal. */
  recorded(error: unknown): boolean;
  /** How the log names the error, when it is a refusal at all (a 4xx). */
  reason(error: unknown): { readonly code: string; readonly message: string; readonly status: number } | null;
}
