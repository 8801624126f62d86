/** What is asked of the sign-in; `tenant` is the segment as it was written, null under `/adfs`. */
export interface SignInRoute {
  readonly endpoint: Endpoint;
  readonly tenant: string | null;
  /** The last segment of `userrealm`, else empty. */
  readonly rest: string;
}
export type Endpoint =
  | 'configuration'
  | 'token'
  | 'deviceCode'
  | 'authorize'
  | 'keys'
  | 'instances'
  | 'userRealm';

const TENANT = '(?<tenant>[^/]+)';
// az before 2.54 with a registered cloud takes `<origin>/adfs` for its authority and asks below it.
const PATHS: readonly (readonly [Endpoint, RegExp])[] = [
  ['instances', /^\/common\/discovery\/instance$/i],
  ['userRealm', new RegExp(`^/${TENANT}/userrealm/(?<rest>[^/]+)$`, 'i')],
  ['configuration', /^\/adfs\/\.well-known\/openid-configuration$/i],
  ['token', /^\/adfs\/oauth2\/token$/i],
  ['deviceCode', /^\/adfs\/oauth2\/devicecode$/i],
  ['authorize', /^\/adfs\/oauth2\/authorize$/i],
  ['keys', /^\/adfs\/discovery\/keys$/i],
  ['configuration', new RegExp(`^/${TENANT}/v2\\.0/\\.well-known/openid-configuration$`, 'i')],
  ['token', new RegExp(`^/${TENANT}/oauth2/v2\\.0/token$`, 'i')],
  ['deviceCode', new RegExp(`^/${TENANT}/oauth2/v2\\.0/devicecode$`, 'i')],
  ['authorize', new RegExp(`^/${TENANT}/oauth2/v2\\.0/authorize$`, 'i')],
  ['keys', new RegExp(`^/${TENANT}/discovery/v2\\.0/keys$`, 'i')],
];

export function signInRoute(path: string): SignInRoute | null {
  for (const [endpoint, pattern] of PATHS) {
    const match = pattern.exec(path);
    if (match)
      return { endpoint, tenant: match.groups?.['tenant'] ?? null, rest: match.groups?.['rest'] ?? '' };
  }
  return null;
}

/** Whether a path (without its query) belongs to the sign-in. */
export const SIGN_IN_PATHS = (path: string): boolean => signInRoute(path) !== null;
