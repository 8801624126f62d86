import { Busy } from '../engine/batch.ts';
import { Conflict, StoreUnavailable } from '../engine/ports.ts';
import type { Answer, WireErrors } from '../http/route.ts';
import { ArmError } from './armError.ts';

/** What ARM answers to whatever is thrown. */
export const armErrors: WireErrors = {
  answer: (error, { correlation }) => {
    const told = toldOf(error);
    if (told) return answerOf(told);
    return answerOf(
      new ArmError(
        500,
        'InternalServerError',
        `The server made a mistake. Nothing more is said here; its log has the rest under the correlation id ${correlation}.`,
      ),
    );
  },
  make: {
    notFound: (target) =>
      new ArmError(
        404,
        'ResourceNotFound',
        `There is nothing at '${target}'. Resources of this server begin with /subscriptions, /tenants or /providers, or are {scope}/providers/Microsoft.Authorization/….`,
      ),
    malformedJson: (problem) =>
      new ArmError(
        400,
        'InvalidRequestContent',
        `The request content was invalid and could not be deserialized. ${problem} Send one JSON object in UTF-8.`,
      ),
    unsupportedBody: (contentType) =>
      new ArmError(
        415,
        'UnsupportedMediaType',
        `The content type '${contentType}' is not supported. Send application/json.`,
      ),
    tooLarge: (limitBytes) =>
      new ArmError(
        413,
        'RequestContentTooLarge',
        `The request content is too large. At most ${limitBytes} bytes are read.`,
      ),
    badTarget: (problem) =>
      new ArmError(
        400,
        'BadRequest',
        `The path of the request cannot be read: ${TARGETS[problem] ?? problem}.`,
      ),
    unauthenticated: ({ code, wwwAuthenticate }) =>
      new ArmError(401, code, UNAUTHENTICATED[code] ?? 'The access token is invalid. Sign in again.', {
        headers: { 'WWW-Authenticate': wwwAuthenticate },
      }),
    unavailable,
  },
  recorded: (error) => error instanceof ArmError && error.settled,
  reason: (error) => {
    const told = toldOf(error);
    return told && told.status < 500 ? { code: told.code, message: told.message, status: told.status } : null;
  },
};

const TARGETS: { readonly [problem: string]: string } = {
  tooLong: 'it is longer than 16 KiB',
  absoluteForm: "it must begin with '/', without scheme and host",
  innerPrefix: "its first part may not begin with '~'",
  encodedSlash: 'no name may have a slash or backslash in it, also not encoded as %2f or %5c',
  dotSegment: "no part of it may be '.' or '..': write the scope out in full",
  badEncoding: 'it must be ASCII with everything else percent-encoded as UTF-8',
  controlCharacter: 'it may have no control characters, also not encoded',
};

const UNAUTHENTICATED: { readonly [code: string]: string } = {
  AuthenticationFailed:
    "Authentication failed. The 'Authorization' header is missing. Send an access token for this server.",
  InvalidAuthenticationToken: 'The access token is invalid. Sign in to this tenant again.',
  InvalidAuthenticationTokenAudience:
    'The access token is for another audience. Ask for one for https://management.azure.com/ or this server.',
  InvalidAuthenticationTokenTenant:
    'The access token is from another tenant. Sign in to the tenant of this server.',
  ExpiredAuthenticationToken: 'The access token expired. Sign in again, or refresh it.',
};

function unavailable(retryAfterSeconds: number): ArmError {
  return new ArmError(
    503,
    'ServiceUnavailable',
    `The server cannot reach its database, and nothing was changed. Try again in ${retryAfterSeconds} seconds.`,
    { headers: { 'Retry-After': String(retryAfterSeconds) } },
  );
}

const RETRY_SECONDS = 2;

function toldOf(error: unknown): ArmError | null {
  if (error instanceof ArmError) return error;
  if (error instanceof StoreUnavailable) return unavailable(RETRY_SECONDS);
  if (error instanceof Busy || error instanceof Conflict) {
    return new ArmError(
      409,
      'Conflict',
      'Others are changing the same thing, and nothing was changed. Try again.',
      {
        headers: { 'Retry-After': '1' },
      },
    );
  }
  return null;
}

const answerOf = ({ status, code, message, details, headers }: ArmError): Answer => ({
  status,
  body: { error: { code, message, ...(details.length > 0 ? { details } : {}) } },
  headers,
});
