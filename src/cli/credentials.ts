import { Failure } from './failure.ts';
import type { Io } from './io.ts';
import { parsed, text } from './json.ts';
import type { Settings } from './settings.ts';

export interface Identity {
  readonly as?: string | undefined;
  /** The name of an environment variable that holds a token. */
  readonly token?: string | undefined;
}

const AZ_CLI_APP = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
const MICROSOFT = /^https:\/\/management\.(azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)$/;

/** A token for the server: a raw one, one of the demo's people, or az's, in this order. */
export async function tokenFor(io: Io, settings: Settings, who: Identity): Promise<string> {
  if (who.token) return rawToken(io, who.token);
  if (who.as) return demoToken(io, settings, who.as);
  const raw = io.env['POSTERN_TOKEN'];
  if (raw) return raw;
  return settings.values['POSTERN_USER_UPN'] ? demoToken(io, settings, 'user') : azToken(io, settings);
}

function rawToken(io: Io, name: string): string {
  const token = io.env[name];
  if (token) return token;
  const hint = '--token takes the name of an environment variable, never a token itself';
  throw new Failure('TokenNotFound', 'the environment has no variable of the name given with --token', {
    hint,
  });
}

async function demoToken(io: Io, settings: Settings, as: string): Promise<string> {
  const { url, values } = settings;
  const resource = `${url}/.default`;
  if (as === 'admin') {
    const [id, secret] = needed(values, as, 'POSTERN_CLIENT_ID', 'POSTERN_CLIENT_SECRET');
    return grant(io, settings, {
      grant_type: 'client_credentials',
      client_id: id,
      client_secret: secret,
      scope: resource,
    });
  }
  const person = as.toUpperCase().replace(/\W/g, '_');
  const [username, password] = needed(values, as, `POSTERN_${person}_UPN`, `POSTERN_${person}_PASSWORD`);
  return grant(io, settings, {
    grant_type: 'password',
    client_id: AZ_CLI_APP,
    username,
    password,
    scope: `${resource} openid`,
  });
}

function needed(values: Settings['values'], as: string, one: string, other: string): [string, string] {
  const [a, b] = [values[one], values[other]];
  if (a && b) return [a, b];
  throw new Failure('CredentialsNotFound', `--as ${as} needs ${one} and ${other}, and they are not set`, {
    hint: 'they stand in the demo.env of a running demo: start it with npm start, or set POSTERN_DATA to its folder',
  });
}

async function grant(io: Io, { url, values }: Settings, form: Record<string, string>): Promise<string> {
  const tenant = values['POSTERN_TENANT_ID'] ?? 'organizations';
  const signal = io.interrupted();
  const target = `${url}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`;
  const body = new URLSearchParams(form);
  const answer = await io.fetch(target, { method: 'POST', body, redirect: 'error', signal });
  const content = parsed(await answer.text());
  const token = text(content, 'access_token');
  if (answer.ok && token) return token;
  const message =
    text(content, 'error_description')?.split(/[\r\n]/)[0] ?? `the sign-in answered ${answer.status}`;
  throw new Failure(text(content, 'error') ?? 'SignInFailed', message, {
    status: answer.status,
    hint: 'the demo.env may be of an older demo: start the server again, or set POSTERN_DATA to its folder',
  });
}

async function azToken(io: Io, settings: Settings): Promise<string> {
  const microsoft = MICROSOFT.test(settings.url);
  if (!microsoft) await assertAzBelongsHere(io, settings.url);
  const resource = microsoft ? `${settings.url}/` : 'https://management.azure.com/';
  const answer = await az(io, 'account', 'get-access-token', '--resource', resource, '--output', 'json');
  const token = text(parsed(answer), 'accessToken');
  if (token) return token;
  throw new Failure('SignInFailed', 'az gave no token', { hint: 'sign in: az login' });
}

// A token of the real cloud must not travel to whoever POSTERN_URL names: az has to be signed in there, either in a
// profile of its own or with that server as its cloud.
async function assertAzBelongsHere(io: Io, url: string): Promise<void> {
  if (io.env['AZURE_CONFIG_DIR']) return;
  const endpoint = (
    await az(io, 'cloud', 'show', '--query', 'endpoints.resourceManager', '--output', 'tsv')
  ).trim();
  if (URL.canParse(endpoint) && new URL(endpoint).origin === url) return;
  throw new Failure(
    'WrongCloud',
    `az is signed in to ${endpoint || 'another cloud'}, not to ${url}; its token is not sent there`,
    {
      hint: 'az cloud set to the cloud you registered for the server, or set AZURE_CONFIG_DIR to a profile of its own',
    },
  );
}

async function az(io: Io, ...args: readonly string[]): Promise<string> {
  const { code, stdout } = await io.run('az', args);
  if (code === 0) return stdout;
  if (code === 127) {
    throw new Failure('AzNotFound', 'there is no az here to take a token from', {
      hint: 'install the Azure CLI and az login, or put a token into POSTERN_TOKEN, or start the demo with npm start',
    });
  }
  throw new Failure('SignInFailed', 'az is not signed in', { hint: 'sign in: az login' });
}
