import type { Audience } from './ports.ts';

const ARM = ['https://management.core.windows.net', 'https://management.azure.com'];
/** Microsoft Graph by its application id: what a bare scope such as `User.Read` means. */
export const GRAPH_APP = '00000003-0000-0000-c000-000000000000';
const GRAPH = 'https://graph.microsoft.com';

// These hosts mean one plane or none, whoever answers for them: only a name of our own means both.
const FOREIGN =
  /^https:\/\/([a-z.-]+\.)?(azure\.com|windows\.net|microsoft\.com|microsoftonline\.com|loganalytics\.io)$/;

/** Every resource a token may be asked for, as it may be written, with the faces it opens. */
export function resources(origins: readonly string[]): ReadonlyMap<string, readonly Audience[]> {
  const own = origins.filter((origin) => !FOREIGN.test(origin));
  return new Map<string, readonly Audience[]>([
    ...both(ARM, ['arm']),
    ...both([GRAPH], ['graph']),
    [GRAPH_APP, ['graph']],
    ...both(own, ['arm', 'graph']),
  ]);
}

const both = (names: readonly string[], opens: readonly Audience[]) =>
  names.flatMap((name): [string, readonly Audience[]][] => [
    [name, opens],
    [`${name}/`, opens],
  ]);

const LOGIN = 'https://login.microsoftonline.com';
/** Where a client that called this origin signs in: Microsoft's names have one of their own for it. */
export const loginOrigin = (origin: string, origins: readonly string[]): string =>
  FOREIGN.test(origin) && origins.includes(LOGIN) ? LOGIN : origin;

/** The permission a person's token carries for a resource: to act as that person, with whatever they may do. */
export const delegated = (opens: readonly Audience[]): string =>
  opens.includes('arm') ? 'user_impersonation' : 'Directory.AccessAsUser.All';

// The provider wants resource indicators that are URIs; Graph's application id is none.
const URN = 'urn:uuid:';
export const indicatorOf = (resource: string): string =>
  resource.includes(':') ? resource : `${URN}${resource}`;
export const resourceOf = (indicator: string): string =>
  indicator.startsWith(URN) ? indicator.slice(URN.length) : indicator;
