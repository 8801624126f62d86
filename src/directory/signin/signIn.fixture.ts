import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import type { Certificate, Federation } from '../../core/credential.ts';
import type { SignInStore } from '../../engine/ports.ts';
import { memorySignInStore } from './memoryStore.ts';
import { SIGN_IN_PATHS } from './paths.ts';
import type { Account, Accounts, SignIn } from './ports.ts';
import { type Outside, signIn } from './signIn.ts';

export const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';
export const AZ = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
export const MICROSOFT = [
  'https://login.microsoftonline.com',
  'https://management.azure.com',
  'https://graph.microsoft.com',
];

const person = { kind: 'person' as const, appId: null, enabled: true };
export const MAYA: Account = {
  ...person,
  id: '11111111-1111-1111-1111-111111111111',
  displayName: 'Maya Chen',
  upn: 'maya@postern.example',
};
export const GONE: Account = {
  ...person,
  id: '11111111-1111-1111-1111-111111111112',
  displayName: 'Sam Gone',
  upn: 'sam@postern.example',
  enabled: false,
};
const workload = { kind: 'workload' as const, upn: null, enabled: true };
export const DEPLOY: Account = {
  ...workload,
  id: '55555555-5555-4555-8555-555555555551',
  displayName: 'deploy',
  appId: '66666666-6666-4666-8666-666666666661',
};
export const RETIRED: Account = {
  ...workload,
  id: '55555555-5555-4555-8555-555555555552',
  displayName: 'retired',
  appId: '66666666-6666-4666-8666-666666666662',
  enabled: false,
};
export const PASSWORD = 'correct horse battery staple';
export const SECRET = 'the~secret.of-deploy';

export const ARM = 'https://management.core.windows.net/';
export type Form = Record<string, string>;
/** A token request of the application, and one of the person through the Azure CLI. */
export const APP_FORM: Form = {
  grant_type: 'client_credentials',
  client_id: DEPLOY.appId ?? '',
  client_secret: SECRET,
  scope: `${ARM}/.default`,
};
export const MAYA_FORM: Form = {
  grant_type: 'password',
  client_id: AZ,
  username: MAYA.upn ?? '',
  password: PASSWORD,
  scope: `${ARM}/.default openid profile offline_access`,
};

/** A directory of a few accounts in memory, which tests may change. */
export interface MemoryAccounts extends Accounts {
  set(account: Account): void;
  register(account: Account, credential: { certificate: Certificate } | { federation: Federation }): void;
}
export function memoryAccounts(): MemoryAccounts {
  const all = new Map([MAYA, GONE, DEPLOY, RETIRED].map((account) => [account.id, account]));
  const certificates = new Map<string, readonly Certificate[]>();
  const federations = new Map<string, readonly Federation[]>();
  const where = (fits: (account: Account) => boolean) => [...all.values()].find(fits) ?? null;
  return {
    byId: async (id) => all.get(id) ?? null,
    byUpn: async (upn) => where((account) => account.upn?.toLowerCase() === upn.toLowerCase()),
    byAppId: async (appId) => where((account) => account.appId === appId.toLowerCase()),
    verify: async ({ kind }, secret) => secret === (kind === 'person' ? PASSWORD : SECRET),
    certificates: async ({ id }) => certificates.get(id) ?? [],
    federations: async ({ id }) => federations.get(id) ?? [],
    set: (account) => void all.set(account.id, account),
    register: ({ id }, given) =>
      'certificate' in given
        ? void certificates.set(id, [...(certificates.get(id) ?? []), given.certificate])
        : void federations.set(id, [...(federations.get(id) ?? []), given.federation]),
  };
}

export interface Running {
  readonly origin: string;
  readonly certificate: string;
  readonly signIn: SignIn;
  readonly store: SignInStore;
  readonly accounts: MemoryAccounts;
  post(form: Form, path?: string): Promise<Posted>;
  close(): Promise<void>;
}

export interface Posted {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, string>;
}
const TOKEN_PATH = `/${TENANT}/oauth2/v2.0/token`;

/** The sign-in behind a real TLS server on loopback, its forms parsed before it sees them. */
export async function running(
  options: { readonly passwordGrant?: boolean; readonly outside?: Outside } = {},
): Promise<Running> {
  const { key, cert } = loopbackCertificate();
  const store = memorySignInStore();
  const accounts = memoryAccounts();
  const server: Server = createServer({ key, cert });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  const passwordGrant = options.passwordGrant ?? true;
  const served = signIn({
    tenant: TENANT,
    origins: [origin, ...MICROSOFT],
    accounts,
    store,
    ...options,
    passwordGrant,
  });
  server.on('request', async (request, response) => {
    const url = request.url ?? '/';
    if (!SIGN_IN_PATHS(url.split('?')[0] ?? '')) return response.writeHead(404).end();
    const form = Object.fromEntries(new URLSearchParams(await bodyOf(request)));
    const headers = request.headers as Record<string, string>;
    const answer = await served.handle({ method: request.method ?? 'GET', url, headers, form }, origin);
    response.writeHead(answer.status, answer.headers).end(JSON.stringify(answer.body));
  });
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections());
  const post = async (form: Form, at = TOKEN_PATH) => {
    const response = await fetch(`${origin}${at}`, { method: 'POST', body: new URLSearchParams(form) });
    const body = (await response.json()) as Posted['body'];
    return { status: response.status, headers: response.headers, body };
  };
  trust(cert);
  return { origin, certificate: cert, signIn: served, store, accounts, post, close };
}

function trust(certificate: string): void {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), certificate]);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** A TLS certificate for localhost and its key. */
export function loopbackCertificate(): { readonly key: string; readonly cert: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'postern-'));
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  });
  const made = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  rmSync(folder, { recursive: true });
  return made;
}

/** What is inside a token, unchecked. */
export const inside = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
