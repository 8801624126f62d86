import { delegated } from './audiences.ts';
import type { Driven, Failure } from './drive.ts';
import type { Audience } from './ports.ts';
import { type Refusal, Refused } from './refusals.ts';
import { grantedScope } from './scope.ts';
import type { TokenRequest } from './tokenRequest.ts';

/** A token answer in the field names Azure's clients read. */
export function tokenAnswer(
  { body, accountId }: Driven,
  { scope, clientInfo }: TokenRequest,
  resources: ReadonlyMap<string, readonly Audience[]>,
  tenant: string,
) {
  const seconds = body['expires_in'];
  const token = { token_type: 'Bearer', expires_in: seconds, ext_expires_in: seconds };
  if (accountId === null) return { ...token, access_token: body['access_token'] };
  return {
    ...token,
    scope: grantedScope(scope, delegated(resources.get(scope.resource) ?? [])),
    access_token: body['access_token'],
    refresh_token: body['refresh_token'],
    id_token: body['id_token'],
    ...(clientInfo ? { client_info: encoded({ uid: accountId, utid: tenant }) } : {}),
  };
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

// What the provider says in its own words, pinned by the tests: it has one OAuth code for all of these.
const DETAILS: Readonly<Record<string, Refusal>> = {
  'refresh token not found': { code: 'refreshTokenUnknown' },
  'client mismatch': { code: 'refreshTokenUnknown' },
  'refresh token is expired': { code: 'refreshTokenExpired' },
  'grant is expired': { code: 'refreshTokenExpired' },
  'refresh token already used': { code: 'grantRevoked' },
  'grant not found': { code: 'grantRevoked' },
  'refresh token invalid (referenced account not found)': { code: 'grantRevoked' },
};

export function refusalOf(failure: Failure, { client, scope }: TokenRequest): Refusal {
  if (failure instanceof Refused) return failure.refusal;
  if (failure.error === 'invalid_client') return { code: 'secretWrong', client: client.id };
  if (failure.error === 'invalid_target') return { code: 'resourceUnknown', resource: scope.resource };
  return DETAILS[failure.error_detail ?? ''] ?? { code: 'malformed' };
}
