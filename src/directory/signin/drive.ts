import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Provider } from 'oidc-provider';
import { CAPABILITIES } from './claims.ts';

/** What the provider said to one token request. */
export interface Driven {
  readonly body: Readonly<Record<string, unknown>>;
  /** Whose token it is, when it is a person's. */
  readonly accountId: string | null;
  readonly failure: Failure | null;
}
/** An error as the provider throws it. */
export type Failure = Error & {
  readonly error?: string | undefined;
  readonly error_detail?: string | undefined;
};

export interface TokenCall {
  readonly form: Readonly<Record<string, string>>;
  readonly capabilities: 'cp1' | null;
  /** The client has proven itself already, by an assertion. */
  readonly proven: boolean;
}

/**
 * Calls the provider's token endpoint in process. The HTTP server has parsed the form already and nothing a client sent
 * as a header may steer the provider, so the request is made anew, of what was understood.
 */
export function driver(provider: Provider, host: string): (call: TokenCall) => Promise<Driven> {
  const answers = new WeakMap<IncomingMessage, Driven>();
  const failures = new WeakMap<IncomingMessage, Failure>();
  const bugs = new WeakMap<IncomingMessage, Error>();
  provider.on('grant.error', (ctx, error) => void failures.set(ctx.req, error));
  provider.on('server_error', (ctx, error) => void bugs.set(ctx.req, error));
  provider.use(async (ctx, next) => {
    ctx.respond = false;
    await next().catch((error: Error) => void bugs.set(ctx.req, error));
    answers.set(ctx.req, {
      body: ctx.body as Driven['body'],
      accountId: ctx['oidc']?.entities.Account?.accountId ?? null,
      failure: failures.get(ctx.req) ?? null,
    });
  });
  const callback = provider.callback();
  return async (call) => {
    const request = tokenRequest(call, host);
    await callback(request, new ServerResponse(request));
    const answer = answers.get(request);
    const bug = bugs.get(request);
    if (bug || !answer) throw bug ?? new Error('bug: the provider gave no answer');
    return answer;
  };
}

/** The header field by which the sign-in tells its own provider that a client has proven itself. */
export const PROVEN = 'postern-proven';

function tokenRequest({ form, capabilities, proven }: TokenCall, host: string): IncomingMessage {
  // The provider wants a secret of every confidential client before it asks anybody whether it is the right one.
  const sent = proven ? { ...form, client_secret: PROVEN } : form;
  const body = Buffer.from(new URLSearchParams(sent).toString());
  const request = new IncomingMessage(Object.assign(new Socket(), { encrypted: true }));
  request.method = 'POST';
  request.url = '/token';
  request.headers = {
    host,
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(body.length),
    ...(capabilities ? { [CAPABILITIES]: capabilities } : {}),
    ...(proven ? { [PROVEN]: 'yes' } : {}),
  };
  request.complete = true;
  request.push(body);
  request.push(null);
  return request;
}
