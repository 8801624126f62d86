import type { DemoSecrets, SignIn } from './secrets.ts';

/** Where the server of the demo is. */
export interface DemoServer {
  readonly url: string;
  /** The file with the CA's certificate. */
  readonly ca: string;
  /** The proxy for clients that know no other address than Microsoft's; null when there is none. */
  readonly proxy: string | null;
  readonly tenantId: string;
  /** The az extension, where there is one. */
  readonly azExtension?: string;
}

/** The file of `export` lines that a shell sources to try the demo. */
export const environmentFile = (server: DemoServer, secrets: DemoSecrets): string =>
  exportLines([
    ['POSTERN_URL', server.url],
    ['POSTERN_CA', server.ca],
    ['NODE_EXTRA_CA_CERTS', server.ca],
    ['POSTERN_PROXY', server.proxy ?? undefined],
    ['POSTERN_TENANT_ID', server.tenantId],
    ['POSTERN_WORKSPACE_ID', server.tenantId],
    ['POSTERN_CLIENT_ID', secrets.clientId],
    ['POSTERN_CLIENT_SECRET', secrets.clientSecret],
    ...signIn('user', secrets.user),
    ...signIn('approver', secrets.approver),
    ...secrets.people.flatMap((p) => signIn(p.name, p)),
    ['POSTERN_AZ_EXTENSION', server.azExtension],
  ]);

/** What an earlier start wrote into the file; null when the file does not have all of it. */
export function secretsIn(file: string, people: readonly string[]): DemoSecrets | null {
  const values = new Map([...file.matchAll(LINE)].map(([, name, value]) => [name, unquoted(value ?? '')]));
  const [clientId, clientSecret] = [values.get('POSTERN_CLIENT_ID'), values.get('POSTERN_CLIENT_SECRET')];
  const [user, approver] = [signInOf(values, 'user'), signInOf(values, 'approver')];
  const found = people.flatMap((name) => {
    const one = signInOf(values, name);
    return one ? [{ name, ...one }] : [];
  });
  if (!clientId || !clientSecret || !user || !approver || found.length < people.length) return null;
  return { clientId, clientSecret, user, approver, people: found };
}

const LINE = /^export ([A-Z_]+)=('(?:[^']|'\\'')*')$/gm;

/** `export NAME='value'` lines that any POSIX shell reads back as they were. */
export const exportLines = (
  values: readonly (readonly [name: string, value: string | undefined])[],
): string =>
  values
    .flatMap(([name, value]) => (value === undefined ? [] : [`export ${name}=${quoted(value)}\n`]))
    .join('');

// Inside single quotes a shell takes everything as it stands; only the quote itself has to step outside.
const quoted = (value: string): string => `'${value.replaceAll("'", "'\\''")}'`;
const unquoted = (value: string): string => value.slice(1, -1).replaceAll("'\\''", "'");

const prefixOf = (who: string): string => `POSTERN_${who.toUpperCase()}`;
const signIn = (who: string, { upn, password }: SignIn): readonly (readonly [string, string])[] => [
  [`${prefixOf(who)}_UPN`, upn],
  [`${prefixOf(who)}_PASSWORD`, password],
];

function signInOf(values: ReadonlyMap<string | undefined, string>, who: string): SignIn | null {
  const [upn, password] = [values.get(`${prefixOf(who)}_UPN`), values.get(`${prefixOf(who)}_PASSWORD`)];
  return upn && password ? { upn, password } : null;
}
