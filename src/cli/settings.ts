import { Failure } from './failure.ts';
import type { Io } from './io.ts';

/** Where the server is, and what the demo's file or the environment says about signing in there. */
export interface Settings {
  readonly url: string;
  readonly values: Readonly<Record<string, string | undefined>>;
}

const AZURE = 'https://management.azure.com';

export async function readSettings(io: Io): Promise<Settings> {
  const path = `${io.env['POSTERN_DATA'] ?? './data'}/demo.env`;
  const file = exportsOf((await io.readFile(path)) ?? '');
  const url = serverUrl(io.env['POSTERN_URL'] ?? file['POSTERN_URL'] ?? AZURE);
  // The secrets of the demo's file go to the demo's server only.
  const own = file['POSTERN_URL'] !== undefined && serverUrl(file['POSTERN_URL']) === url;
  return { url, values: own ? { ...file, ...io.env } : io.env };
}

/** Trusts the server's own CA, when one is named. */
export async function trustCa(io: Io, { values }: Settings): Promise<void> {
  const path = values['POSTERN_CA'] ?? values['NODE_EXTRA_CA_CERTS'];
  if (!path) return;
  const pem = await io.readFile(path);
  if (pem === undefined) {
    throw new Failure('CaNotFound', `there is no file ${path}`, {
      hint: 'set POSTERN_CA to the CA file of the server',
    });
  }
  io.trust(pem);
}

function serverUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['https:', 'http:'].includes(url.protocol)) {
    throw new Failure('InvalidUrl', `POSTERN_URL is '${text}', which is no https address`);
  }
  if (url.protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) {
    throw new Failure('InvalidUrl', `${url.origin} is not encrypted; tokens are sent over https only`);
  }
  return url.origin;
}

/** The `export NAME=value` lines of a shell file, quoted or not. */
export function exportsOf(file: string): Readonly<Record<string, string>> {
  const lines = file.split('\n').map((line) => /^\s*export\s+([A-Za-z_]\w*)=(.*?)\s*$/.exec(line));
  return Object.fromEntries(
    lines.flatMap((found) => (found?.[1] ? [[found[1], unquoted(found[2] ?? '')]] : [])),
  );
}

function unquoted(value: string): string {
  if (/^'.*'$/.test(value)) return value.slice(1, -1).replaceAll("'\\''", "'");
  if (/^".*"$/.test(value)) return value.slice(1, -1).replace(/\\(["\\$`])/g, '$1');
  return value;
}
