import { randomUUID } from 'node:crypto';
import { ASSERTION_ERRORS, type AssertionRefusal } from './assertionErrors.ts';
import type { SignInAnswer } from './ports.ts';
import type { WireError, WireErrors } from './wireError.ts';

/** Why a sign-in is refused. */
export type Refusal =
  | { readonly code: 'tenantNotFound'; readonly tenant: string }
  | { readonly code: 'parameterMissing'; readonly name: string }
  | { readonly code: 'parameterRepeated'; readonly name: string }
  | { readonly code: 'grantNotOffered'; readonly grant: string; readonly offered: readonly string[] }
  | { readonly code: 'pagesNotOffered'; readonly offered: readonly string[] }
  | { readonly code: 'methodNotAllowed'; readonly method: string; readonly allowed: string }
  | { readonly code: 'malformed' }
  | { readonly code: 'clientUnknown'; readonly client: string }
  | { readonly code: 'clientDisabled'; readonly client: string }
  | { readonly code: 'secretWrong'; readonly client: string }
  | { readonly code: 'secretMissing'; readonly client: string }
  | { readonly code: 'secretFromPublicClient'; readonly client: string }
  | AssertionRefusal
  | { readonly code: 'resourceUnknown'; readonly resource: string }
  | { readonly code: 'resourcesMany' }
  | { readonly code: 'scopeInvalid'; readonly scope: string }
  | { readonly code: 'defaultScopeRequired'; readonly scope: string }
  | { readonly code: 'personUnknown'; readonly upn: string }
  | { readonly code: 'personDisabled' }
  | { readonly code: 'passwordWrong' }
  | { readonly code: 'refreshTokenUnknown' }
  | { readonly code: 'refreshTokenExpired' }
  | { readonly code: 'grantRevoked' };

const list = (grants: readonly string[]) => `This server offers: ${grants.join(', ')}.`;

const ERRORS: WireErrors<Refusal> = {
  ...ASSERTION_ERRORS,
  tenantNotFound: {
    number: 90002,
    error: 'invalid_request',
    status: 400,
    text: (r) => `Tenant '${r.tenant}' not found. This server has one tenant.`,
  },
  parameterMissing: {
    number: 900144,
    error: 'invalid_request',
    status: 400,
    text: (r) => `The request has no parameter '${r.name}', or it is empty.`,
  },
  parameterRepeated: {
    number: 90100,
    error: 'invalid_request',
    status: 400,
    text: (r) => `The parameter '${r.name}' must be given once.`,
  },
  grantNotOffered: {
    number: 70003,
    error: 'unsupported_grant_type',
    status: 400,
    text: (r) => `The grant '${r.grant}' is not offered. ${list(r.offered)}`,
  },
  pagesNotOffered: {
    number: 70005,
    error: 'unsupported_response_type',
    status: 400,
    text: (r) => `Signing in on a page is not offered. ${list(r.offered)}`,
  },
  methodNotAllowed: {
    number: 900561,
    error: 'invalid_request',
    status: 405,
    text: (r) => `This endpoint answers ${r.allowed}, not ${r.method}.`,
  },
  malformed: {
    number: 9002313,
    error: 'invalid_request',
    status: 400,
    text: () => 'The request is malformed.',
  },
  clientUnknown: {
    number: 700016,
    error: 'unauthorized_client',
    status: 400,
    text: (r) => `There is no application with the client id '${r.client}' in this tenant.`,
  },
  clientDisabled: {
    number: 7000112,
    error: 'unauthorized_client',
    status: 400,
    text: (r) => `The application '${r.client}' is disabled.`,
  },
  secretWrong: {
    number: 7000215,
    error: 'invalid_client',
    status: 401,
    text: (r) =>
      `The client secret is not one of application '${r.client}'. Send the secret's value, not its id.`,
  },
  secretMissing: {
    number: 7000218,
    error: 'invalid_client',
    status: 401,
    text: (r) => `The application '${r.client}' must send 'client_secret' or 'client_assertion'.`,
  },
  secretFromPublicClient: {
    number: 700025,
    error: 'invalid_client',
    status: 401,
    text: (r) => `The application '${r.client}' is a public client: it has no secret and no assertion.`,
  },
  resourceUnknown: {
    number: 500011,
    error: 'invalid_resource',
    status: 400,
    text: (r) => `There is no resource named '${r.resource}' in this tenant.`,
  },
  resourcesMany: {
    number: 28000,
    error: 'invalid_scope',
    status: 400,
    text: () => 'A token is for one resource; the scope names more than one.',
  },
  scopeInvalid: {
    number: 70011,
    error: 'invalid_scope',
    status: 400,
    text: (r) => `The scope '${r.scope}' is not valid.`,
  },
  defaultScopeRequired: {
    number: 1002012,
    error: 'invalid_scope',
    status: 400,
    text: (r) => `The scope '${r.scope}' is not valid here: an application asks for <resource>/.default.`,
  },
  personUnknown: {
    number: 50034,
    error: 'invalid_grant',
    status: 400,
    text: (r) => `There is no user '${r.upn}' in this tenant.`,
  },
  personDisabled: {
    number: 50057,
    error: 'invalid_grant',
    status: 400,
    text: () => 'The user account is disabled.',
  },
  passwordWrong: {
    number: 50126,
    error: 'invalid_grant',
    status: 400,
    text: () => 'User name or password is wrong.',
  },
  refreshTokenUnknown: {
    number: 70000,
    error: 'invalid_grant',
    status: 400,
    text: () => 'The refresh token is not one of this application here.',
  },
  refreshTokenExpired: {
    number: 700082,
    error: 'invalid_grant',
    status: 400,
    text: () => 'The refresh token has expired. Sign in again.',
  },
  grantRevoked: {
    number: 50173,
    error: 'invalid_grant',
    status: 400,
    text: () => 'This sign-in has been revoked. Sign in again.',
  },
};

/** What every answer carries, so that a person can name the request. */
export interface Traces {
  readonly traceId: string;
  readonly correlationId: string;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export function traces(clientRequestId: string | undefined): Traces {
  const correlationId = clientRequestId && GUID.test(clientRequestId) ? clientRequestId : randomUUID();
  return { traceId: randomUUID(), correlationId };
}

export function refused(refusal: Refusal, { traceId, correlationId }: Traces, now: Date): SignInAnswer {
  const wire = ERRORS[refusal.code] as WireError<Refusal>;
  const timestamp = `${now.toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const text = wire.text(clipped(refusal));
  return {
    status: wire.status,
    headers: refusal.code === 'methodNotAllowed' ? { allow: refusal.allowed } : {},
    body: {
      error: wire.error,
      error_description: `AADSTS${wire.number}: ${text} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
      error_codes: [wire.number],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
    },
  };
}

// What a client sent is repeated to it in part only, and without control characters.
const clipped = (refusal: Refusal): Refusal =>
  Object.fromEntries(
    Object.entries(refusal).map(([name, value]) => [name, typeof value === 'string' ? clip(value) : value]),
  ) as unknown as Refusal;

const clip = (value: string): string => value.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);

/** A refusal on its way out of a grant handler: the provider's handlers end early only by throwing. */
export class Refused extends Error {
  readonly refusal: Refusal;
  readonly expose = true;
  readonly statusCode = 400;
  constructor(refusal: Refusal) {
    super('invalid_grant');
    this.refusal = refusal;
  }
}
