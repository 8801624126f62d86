import type { Answer, WireErrors } from '../http/route.ts';
import { JSON_TYPE } from './envelope.ts';
import { GraphFailure } from './failure.ts';
import { segmentsOf } from './target.ts';

/** What Graph's wire makes of an error. */
export const graphErrors: WireErrors = {
  answer: (error, { correlation }) =>
    error instanceof GraphFailure ? answerOf(error, correlation) : answerOf(UNEXPECTED, correlation),
  make: {
    notFound: (target) => unknownSegment(target),
    malformedJson: (problem) =>
      new GraphFailure(400, 'BadRequest', `Unable to read JSON request payload. ${problem}`),
    unsupportedBody: (contentType) =>
      new GraphFailure(
        415,
        'UnsupportedMediaType',
        `A body of type '${contentType}' is not understood; send application/json.`,
      ),
    tooLarge: (limitBytes) =>
      new GraphFailure(413, 'RequestEntityTooLarge', `The body is longer than ${limitBytes} bytes.`),
    badTarget: (problem) => new GraphFailure(400, 'BadRequest', problem),
    unauthenticated: ({ wwwAuthenticate }) =>
      new GraphFailure(401, 'InvalidAuthenticationToken', NO_TOKEN, { 'www-authenticate': wwwAuthenticate }),
    unavailable: (retryAfterSeconds) =>
      new GraphFailure(503, 'ServiceUnavailable', 'The store cannot be reached; try again.', {
        'retry-after': String(retryAfterSeconds),
      }),
  },
  // Nothing is asked to change over this wire, so no refusal has been written down before it gets here.
  recorded: () => false,
  reason: (error) =>
    error instanceof GraphFailure && error.status < 500
      ? { code: error.code, message: error.message, status: error.status }
      : null,
};

const NO_TOKEN =
  'The access token is missing, has expired, or was not made for this server. Sign in and send it as Authorization: Bearer.';
const UNEXPECTED = new GraphFailure(
  500,
  'InternalServerError',
  'The server met something it did not expect. Its log has the details under the request-id.',
);

function answerOf({ status, code, message, headers }: GraphFailure, correlation: string): Answer {
  const innerError = { date: today(), 'request-id': correlation, 'client-request-id': correlation };
  return {
    status,
    body: { error: { code, message, innerError } },
    headers: { ...headers, 'content-type': JSON_TYPE },
  };
}

// The moment of the answer, by the machine's clock like every log line; Graph writes it without a zone.
const today = (): string => new Date().toISOString().slice(0, 19);

// Graph answers 400, not 404, to a path that its model does not have.
function unknownSegment(target: string): GraphFailure {
  const [version = '', ...segments] = segmentsOf(target);
  if (!/^(v1\.0|beta)$/i.test(version))
    return new GraphFailure(400, 'BadRequest', `Invalid version: ${version}`);
  const segment = segments.at(-1) ?? '';
  return new GraphFailure(400, 'BadRequest', `Resource not found for the segment '${segment}'.`);
}
