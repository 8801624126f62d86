const AZ_CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // The wire's bodies are read as clients read them: by name.
  readonly body: Json;
}
export interface Json {
  readonly [name: string]: Json | undefined;
}

export type Who = 'admin' | 'user' | 'approver';

/** A client of the server by plain fetch, with a token for each of the demo's people. */
export interface WireClient {
  as(
    who: Who,
  ): (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;
  token(who: Who): Promise<string>;
}

export function wireClient(env: Readonly<Record<string, string>>): WireClient {
  const url = env['POSTERN_URL'] ?? '';
  const tokens = new Map<Who, Promise<string>>();
  const token = (who: Who): Promise<string> => {
    const known = tokens.get(who) ?? fetchToken(url, env, who);
    tokens.set(who, known);
    known.catch(() => tokens.delete(who));
    return known;
  };
  return {
    token,
    as: (who) => async (method, path, body, headers) =>
      replyOf(
        await fetch(url + path, {
          method,
          headers: {
            authorization: `Bearer ${await token(who)}`,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        }),
      ),
  };
}

export async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
  return {
    status: response.status,
    headers: response.headers,
    body: (json ? JSON.parse(text) : text) as unknown as Json,
  };
}

async function fetchToken(url: string, env: Readonly<Record<string, string>>, who: Who): Promise<string> {
  const scope = `${url}/.default`;
  const form =
    who === 'admin'
      ? {
          grant_type: 'client_credentials',
          client_id: env['POSTERN_CLIENT_ID'] ?? '',
          client_secret: env['POSTERN_CLIENT_SECRET'] ?? '',
          scope,
        }
      : { grant_type: 'password', client_id: AZ_CLI, ...passwordOf(env, who), scope };
  const response = await fetch(`${url}/${env['POSTERN_TENANT_ID']}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const body = (await response.json()) as { access_token?: string; error_description?: string };
  if (!body.access_token) throw new Error(`no token for ${who}: ${body.error_description}`);
  return body.access_token;
}

const passwordOf = (env: Readonly<Record<string, string>>, who: Who) => ({
  username: env[`POSTERN_${who.toUpperCase()}_UPN`] ?? '',
  password: env[`POSTERN_${who.toUpperCase()}_PASSWORD`] ?? '',
});
