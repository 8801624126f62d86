import { describe, expect, test } from 'vitest';
import { graphErrors } from './errors.ts';

const CALL = { correlation: '11111111-2222-4333-8444-555555555555', origin: 'https://localhost:8443' };
const { make } = graphErrors;

describe("errors on Graph's wire", () => {
  test.each([
    [
      'no token',
      make.unauthenticated({ code: 'missing', wwwAuthenticate: 'Bearer x' }),
      401,
      'InvalidAuthenticationToken',
    ],
    ['a path nobody has', make.notFound('/v1.0/users/x/photos?$top=1'), 400, 'BadRequest'],
    ['a version there is not', make.notFound('//v2.0/users'), 400, 'BadRequest'],
    ['a body that is no JSON', make.malformedJson('It ends too early.'), 400, 'BadRequest'],
    ['a body of another type', make.unsupportedBody('text/xml'), 415, 'UnsupportedMediaType'],
    ['a body too long', make.tooLarge(10), 413, 'RequestEntityTooLarge'],
    ['a target that is none', make.badTarget('no'), 400, 'BadRequest'],
    ['a store that is away', make.unavailable(1), 503, 'ServiceUnavailable'],
    ['a bug', new Error('secret detail'), 500, 'InternalServerError'],
  ])('%s is answered as Graph answers it', (_, error, status, code) => {
    const answer = graphErrors.answer(error, CALL);
    expect(answer).toEqual({
      status,
      headers: expect.objectContaining({ 'content-type': expect.stringContaining('application/json') }),
      body: {
        error: {
          code,
          message: expect.any(String),
          innerError: {
            date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
            'request-id': CALL.correlation,
            'client-request-id': CALL.correlation,
          },
        },
      },
    });
    expect(JSON.stringify(answer)).not.toContain('secret detail');
  });

  test('say which segment or version is not there', () => {
    expect(make.notFound('/v1.0/users/x/photos?$top=1').message).toContain("'photos'");
    expect(make.notFound('/v2.0/users').message).toContain('v2.0');
  });

  test('carry the headers that clients act on', () => {
    const challenge = graphErrors.answer(
      make.unauthenticated({ code: 'x', wwwAuthenticate: 'Bearer realm=""' }),
      CALL,
    );
    expect(challenge.headers?.['www-authenticate']).toBe('Bearer realm=""');
    expect(graphErrors.answer(make.unavailable(7), CALL).headers?.['retry-after']).toBe('7');
  });

  test('are refusals up to 499 and nothing to keep from there on', () => {
    expect(graphErrors.reason(make.badTarget('no'))).toEqual({
      code: 'BadRequest',
      message: 'no',
      status: 400,
    });
    expect(graphErrors.reason(make.unavailable(1))).toBeNull();
    expect(graphErrors.reason(new Error('bug'))).toBeNull();
  });
});
