import type { WireErrors } from '../http/route.ts';

/** An error of Postern's own endpoints: what was wrong and what is allowed. */
export class PosternError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

const BUG = new PosternError(
  500,
  'InternalError',
  'The server failed. Its log has the details under the correlation id.',
);

/** One shape for all of Postern's own endpoints: that of ARM. */
export const posternErrors: WireErrors = {
  answer: (error) => {
    const { status, code, message, headers } = error instanceof PosternError ? error : BUG;
    return { status, body: { error: { code, message } }, headers };
  },
  recorded: () => false,
  reason: (error) =>
    error instanceof PosternError && error.status < 500
      ? { code: error.code, message: error.message, status: error.status }
      : null,
  make: {
    notFound: () =>
      new PosternError(404, 'NotFound', 'There is no such endpoint; /_postern/openapi.json lists them.'),
    malformedJson: (problem) => new PosternError(400, 'InvalidJson', problem),
    unsupportedBody: (type) =>
      new PosternError(415, 'UnsupportedMediaType', `A body must be application/json; '${type}' was sent.`),
    tooLarge: (limit) => new PosternError(413, 'RequestTooLarge', `A body may have at most ${limit} bytes.`),
    badTarget: (problem) =>
      new PosternError(400, 'BadRequest', `The request target is not acceptable: ${problem}.`),
    unauthenticated: ({ code, wwwAuthenticate }) =>
      new PosternError(401, code, 'A bearer token of this server is needed.', {
        'www-authenticate': wwwAuthenticate,
      }),
    unavailable: (seconds) =>
      new PosternError(
        503,
        'ServiceUnavailable',
        'The store cannot be reached; nothing was changed. Try again.',
        { 'retry-after': String(seconds) },
      ),
  },
};
