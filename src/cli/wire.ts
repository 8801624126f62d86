import { Failure } from './failure.ts';
import type { Io } from './io.ts';
import { items, parsed, text } from './json.ts';
import { scopeUrl } from './scope.ts';

type Method = 'GET' | 'PUT' | 'POST' | 'PATCH';

/** The server as one caller sees it. */
export interface Wire {
  /** The caller's object id, as far as the token tells. */
  readonly me: string | undefined;
  ask(method: Method, path: string, body?: unknown): Promise<unknown>;
  /** All pages of a list. */
  list(path: string): Promise<readonly unknown[]>;
}

const TIMEOUT_MS = 100_000;
const TRIES_MAX = 4;

export async function connect(io: Io, url: string, signIn: () => Promise<string>): Promise<Wire> {
  let token = await signIn().catch(unreachable(io, url));
  const send = async (method: Method, target: string, body?: unknown): Promise<Response> => {
    const init = {
      method,
      redirect: 'error',
      signal: AbortSignal.any([io.interrupted(), AbortSignal.timeout(TIMEOUT_MS)]),
    } as const;
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
    const content =
      body === undefined
        ? { headers }
        : { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
    return io.fetch(target, { ...init, ...content }).catch(unreachable(io, url));
  };
  // Somebody who waits for an approval outlives the token.
  const renewing = async (method: Method, target: string, body?: unknown): Promise<Response> => {
    const answer = await send(method, target, body);
    if (answer.status !== 401) return answer;
    const fresh = await signIn().catch(unreachable(io, url));
    if (fresh === token) return answer;
    token = fresh;
    return send(method, target, body);
  };
  const ask = async (method: Method, path: string, body?: unknown): Promise<unknown> =>
    read(await patiently(io, () => renewing(method, url + path, body)));
  return { me: text(claims(token), 'oid'), ask, list: (path) => pages(url, path, ask) };
}

/** A path of the authorization service at a scope. */
export function arm(scope: string, type: string, filter?: string, version = '2020-10-01'): string {
  const query = filter === undefined ? '' : `&$filter=${encodeURIComponent(filter)}`;
  return `${scopeUrl(scope)}/providers/Microsoft.Authorization/${type}?api-version=${version}${query}`;
}

export function callerOf(wire: Wire): string {
  if (wire.me) return wire.me;
  throw new Failure('NoObjectId', 'the token does not say who you are (it has no oid claim)', {
    hint: 'sign in with az login',
  });
}

// Throttled or briefly away: every write of ours carries its own id, so sending it again is safe.
async function patiently(io: Io, send: () => Promise<Response>): Promise<Response> {
  for (let tries = 1; ; tries++) {
    const answer = await send();
    const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
    const worthIt = [429, 503].includes(answer.status) && seconds <= 60 && tries < TRIES_MAX;
    if (!worthIt) return answer;
    await answer.body?.cancel();
    await io.sleep(seconds * 1000);
  }
}

async function pages(
  url: string,
  path: string,
  ask: (method: 'GET', path: string) => Promise<unknown>,
): Promise<unknown[]> {
  const rows: unknown[] = [];
  const seen = new Set<string>();
  for (let next: string | undefined = path; next !== undefined; ) {
    seen.add(next);
    const page = await ask('GET', next);
    rows.push(...items(page, 'value'));
    next = nextPath(url, text(page, 'nextLink'));
    if (next !== undefined && seen.has(next))
      throw new Failure('InvalidAnswer', 'the server sends the same page again and again');
  }
  return rows;
}

// The token goes where it went before and nowhere else.
function nextPath(url: string, link: string | undefined): string | undefined {
  if (link === undefined) return undefined;
  const next = URL.canParse(link) ? new URL(link) : undefined;
  if (next?.origin !== url) throw new Failure('InvalidAnswer', `the next page is on another host: ${link}`);
  return next.pathname + next.search;
}

async function read(answer: Response): Promise<unknown> {
  const body = await answer.text();
  const content = parsed(body);
  if (answer.ok) {
    if (body !== '' && content === undefined)
      throw new Failure('InvalidAnswer', 'the server answered something that is not JSON');
    return content;
  }
  throw refusal(answer.status, content);
}

// The usual error body, and the two odd ones of the real service: a bare string, and a message without a code.
function refusal(status: number, content: unknown): Failure {
  const code = text(content, 'error', 'code') ?? `Http${status}`;
  const message =
    text(content, 'error', 'message') ??
    text(content, 'message') ??
    text(content) ??
    `the server answered ${status}`;
  const details = items(content, 'error', 'details').flatMap((detail) => {
    const words = [text(detail, 'code'), text(detail, 'message')].filter((word) => word !== undefined);
    return words.length > 0 ? [words.join(': ')] : [];
  });
  return new Failure(code, message, { status, details });
}

const REASONS: { readonly [cause: string]: string } = {
  ECONNREFUSED: 'is it running? npm start starts the demo; POSTERN_URL says where to look',
  ENOTFOUND: 'the name does not resolve; POSTERN_URL says where to look',
  SELF_SIGNED_CERT_IN_CHAIN: 'set POSTERN_CA to the CA file of the server',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'set POSTERN_CA to the CA file of the server',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'set POSTERN_CA to the CA file of the server',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'set POSTERN_CA to the CA file of the server',
};

function unreachable(io: Io, url: string): (thrown: unknown) => never {
  return (thrown) => {
    if (thrown instanceof Failure || io.interrupted().aborted || !(thrown instanceof Error)) throw thrown;
    const code =
      text(thrown.cause, 'code') ?? (thrown.name === 'TimeoutError' ? 'no answer in time' : thrown.message);
    throw new Failure('Unreachable', `${url} cannot be reached (${code})`, { hint: REASONS[code] });
  };
}

/** What a token says of its bearer. Not verified: the server does that; here it only names the caller to himself. */
const claims = (token: string): unknown =>
  parsed(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
