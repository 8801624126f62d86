import type { IncomingMessage } from 'node:http';
import swagger from '@fastify/swagger';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { answerHeaders, correlationOf } from './headers.ts';
import type { KnownHosts } from './hosts.ts';
import { LOOPBACK_NAMES } from './hosts.ts';
import { MalformedJson, parseJson } from './json.ts';
import { openApi, openApiRoute } from './openApi.ts';
import { rewriteTarget } from './rewrite.ts';
import type { Answer, Call, Caller, Route, Wire, WireErrors } from './route.ts';

/** What the sign-in does for the server. */
export interface Authenticator {
  /** Whether a path belongs to it. */
  owns(path: string): boolean;
  handle(
    request: { method: string; url: string; headers: Record<string, string>; form: Record<string, unknown> },
    origin: string,
  ): Promise<{ status: number; headers: Readonly<Record<string, string>>; body: unknown }>;
  authenticate(
    authorization: string | undefined,
    origin: string,
    audience: 'arm' | 'graph',
  ): Promise<
    { ok: true; caller: Caller } | { ok: false; code: string; reason: string; wwwAuthenticate: string }
  >;
}

export interface ServerParts {
  readonly hosts: KnownHosts;
  readonly tls: { readonly cert: string; readonly key: string };
  readonly routes: readonly Route[];
  readonly errors: Readonly<Record<Wire, WireErrors>>;
  readonly authenticator: Authenticator;
  /** Keeps a refusal that happened before there was a command. */
  readonly refused: (what: Refused) => Promise<void>;
  /** True when the error means that the store is away or overloaded: the caller may try again. */
  readonly retryable: (error: unknown) => boolean;
  /** A bug: told to the operator, never to the caller. */
  readonly failed: (error: unknown, correlation: string) => void;
  readonly observed?: (operation: string, status: number, seconds: number) => void;
  readonly manualTime?: () => string;
  /** Whether the server is about to stop: no connection is kept for another request. */
  readonly leaving?: () => boolean;
}

export interface Refused {
  readonly caller: Caller;
  readonly operation: string;
  readonly reason: { readonly code: string; readonly message: string; readonly status: number };
  readonly correlation: string;
}

const BODY_MAX = 1024 * 1024;
// What the rewriting found, kept on the raw request: a scope is never read out of the path a second time.
const SCOPE = Symbol('scope');
const REFUSED = Symbol('refused');
const TARGET = Symbol('target');
interface Marked extends IncomingMessage {
  [SCOPE]?: string | null;
  [REFUSED]?: string;
  [TARGET]?: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    origin: string;
    correlation: string;
    caller: Caller | null;
    since: bigint;
  }
  interface FastifyContextConfig {
    posternRoute?: Route;
  }
}

/** The HTTP server over a route table: names, tokens, bodies and errors are handled here, once for every wire. */
export async function httpServer(parts: ServerParts): Promise<FastifyInstance> {
  const app = fastify({
    https: { ...parts.tls, minVersion: 'TLSv1.2' },
    rewriteUrl: (req) => rewrite(req as Marked, parts.authenticator),
    routerOptions: { caseSensitive: false, ignoreTrailingSlash: true, maxParamLength: 2_048 },
    bodyLimit: BODY_MAX,
    exposeHeadRoutes: false,
    logger: false,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
  }) as unknown as FastifyInstance;
  app.setValidatorCompiler(() => () => true);
  app.decorateRequest('origin', '').decorateRequest('correlation', '').decorateRequest('caller', null);
  app.decorateRequest('since', 0n);
  await app.register(swagger, openApi());
  bodies(app);
  app.addHook('onRequest', (req, reply) => enter(parts, req, reply));
  app.setErrorHandler((error, req, reply) => fail(parts, error, req, reply));
  app.setNotFoundHandler((req) => {
    throw parts.errors[wireOf(req)].make.notFound(targetOf(req));
  });
  app.route({
    method: ['GET', 'POST', 'HEAD'],
    url: '/~signin',
    schema: { hide: true },
    handler: (req, reply) => signIn(parts, req, reply),
  });
  for (const route of [...parts.routes, openApiRoute(() => app.swagger())]) mount(app, route);
  app.addHook('onResponse', async (req, reply) => observe(parts, req, reply));
  return app;
}

function rewrite(req: Marked, signIn: Pick<Authenticator, 'owns'>): string {
  const target = req.url ?? '';
  req[TARGET] = target;
  const found = rewriteTarget(target);
  if ('refused' in found) {
    req[REFUSED] = found.refused;
    return '/~refused';
  }
  req[SCOPE] = found.scope;
  if (!signIn.owns(pathOf(found.url))) return found.url;
  req[TARGET] = found.url;
  return '/~signin';
}

function bodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const json = async (_: FastifyRequest, text: string | Buffer) => parseJson(text.toString());
  app.addContentTypeParser(/^application\/([\w.-]+\+)?json/i, { parseAs: 'string' }, json);
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_: FastifyRequest, text: string | Buffer) =>
      Object.fromEntries(new URLSearchParams(text.toString())),
  );
}

const targetOf = (req: FastifyRequest): string => (req.raw as Marked)[TARGET] ?? '';
const pathOf = (target: string): string => target.split('?', 1)[0] ?? '';

function wireOf(req: FastifyRequest): Wire {
  const route = req.routeOptions.config.posternRoute;
  if (route) return route.wire;
  const first = targetOf(req).split(/[/?]+/)[1]?.toLowerCase();
  return first === 'v1.0' || first === 'beta' ? 'graph' : 'arm';
}

// In this order for every request: is it for us, is its target sound, who calls. The body is read only afterwards.
async function enter(parts: ServerParts, req: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  req.since = process.hrtime.bigint();
  req.correlation = correlationOf(req.headers);
  const origin = parts.hosts.originOf(req.headers.host);
  if (origin === null)
    return reply.code(421).type('text/plain').send('This server does not answer to that name.\n');
  req.origin = origin;
  if (!LOOPBACK_NAMES.some((name) => new URL(origin).hostname === name))
    reply.header('strict-transport-security', 'max-age=31536000');
  if (parts.leaving?.()) reply.header('connection', 'close');
  if (parts.manualTime) reply.header('x-postern-time', parts.manualTime());
  if (parts.authenticator.owns(pathOf(targetOf(req)))) return undefined;
  const route = req.routeOptions.config.posternRoute;
  if (route?.authorization !== 'anybody') await authenticate(parts, req);
  const refused =
    (req.raw as Marked)[REFUSED] ?? (targetOf(req).includes('%00') ? 'controlCharacter' : undefined);
  if (refused) throw parts.errors[wireOf(req)].make.badTarget(refused);
  return undefined;
}

async function authenticate(parts: ServerParts, req: FastifyRequest): Promise<void> {
  const wire = wireOf(req);
  const found = await parts.authenticator.authenticate(
    req.headers.authorization,
    req.origin,
    wire === 'graph' ? 'graph' : 'arm',
  );
  if (!found.ok) throw parts.errors[wire].make.unauthenticated(found);
  req.caller = found.caller;
}

function mount(app: FastifyInstance, route: Route): void {
  app.route({
    method: route.method,
    url: route.path,
    config: { posternRoute: route },
    schema: {
      operationId: `${route.operation}`,
      summary: route.summary,
      tags: [route.wire],
      ...(route.body ? { body: route.body } : {}),
      ...(route.response ? { response: { 200: route.response } } : {}),
      ...(route.authorization === 'anybody' ? { security: [] } : {}),
    },
    handler: async (req, reply) => send(route.wire, req, reply, await route.handle(callOf(req))),
  });
}

const NOBODY: Caller = {
  actor: { id: '' as Caller['actor']['id'], kind: 'workload', mfa: false, contexts: [] },
  name: '',
  appId: '',
};

const callOf = (req: FastifyRequest): Call => ({
  caller: req.caller ?? NOBODY,
  method: req.method,
  params: req.params as Record<string, string>,
  query: new Map(
    [...new URLSearchParams(targetOf(req).split('?').slice(1).join('?'))].map(([k, v]) => [
      k.toLowerCase(),
      v,
    ]),
  ),
  scope: scopeOf(req),
  body: req.body,
  origin: req.origin,
  target: targetOf(req),
  correlation: req.correlation,
});

// INVARIANT(Z3): a route below a scope that was not cut out of the target is a bug, not a root scope.
function scopeOf(req: FastifyRequest): string | null {
  const scope = (req.raw as Marked)[SCOPE];
  if (scope === undefined) throw new Error('bug: the target was not rewritten');
  return scope;
}

function send(wire: Wire, req: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  reply.code(answer.status).headers(answerHeaders(wire, req.correlation, req.headers, new Date()));
  if (answer.headers) reply.headers(answer.headers);
  if (answer.body === undefined) return reply.send();
  if (!answer.headers?.['content-type']) reply.type('application/json; charset=utf-8');
  return reply
    .serializer((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
    .send(answer.body);
}

async function fail(
  parts: ServerParts,
  thrown: unknown,
  req: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const wire = wireOf(req);
  const errors = parts.errors[wire];
  const error = known(parts, errors, thrown, req);
  const reason = errors.reason(error);
  // A store that is away is told once by whoever watches it, not by every request.
  if (!reason && !parts.retryable(thrown)) parts.failed(thrown, req.correlation);
  if (reason) await keep(parts, errors, error, reason, req);
  return send(wire, req, reply, errors.answer(error, req));
}

// What the server itself found wrong, in the wire's words.
function known(parts: ServerParts, errors: WireErrors, thrown: unknown, req: FastifyRequest): unknown {
  if (thrown instanceof MalformedJson) return errors.make.malformedJson(thrown.message);
  if (parts.retryable(thrown)) return errors.make.unavailable(1);
  const code = (thrown as { code?: unknown }).code;
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return errors.make.unsupportedBody(req.headers['content-type'] ?? '');
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return errors.make.tooLarge(BODY_MAX);
  return thrown;
}

// Refused changes and refused access are kept; a GET of something that is not there is no refusal worth a line. (U5)
async function keep(
  parts: ServerParts,
  errors: WireErrors,
  error: unknown,
  reason: Refused['reason'],
  req: FastifyRequest,
): Promise<void> {
  const caller = req.caller;
  const worth =
    !['GET', 'HEAD'].includes(req.method) ||
    reason.status === 403 ||
    reason.code === 'InsufficientPermissions';
  if (caller === null || errors.recorded(error) || !worth || reason.status >= 500) return;
  const operation = req.routeOptions.config.posternRoute?.operation ?? `${req.method} (no such endpoint)`;
  await parts
    .refused({ caller, operation, reason, correlation: req.correlation })
    .catch((e) => parts.failed(e, req.correlation));
}

async function signIn(parts: ServerParts, req: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const headers = Object.fromEntries(Object.entries(req.headers).map(([k, v]) => [k, String(v)]));
  const form = typeof req.body === 'object' && req.body !== null ? (req.body as Record<string, unknown>) : {};
  const answer = await parts.authenticator.handle(
    { method: req.method, url: targetOf(req), headers, form },
    req.origin,
  );
  return reply
    .code(answer.status)
    .headers(answer.headers)
    .serializer((v) => JSON.stringify(v))
    .send(answer.body);
}

function observe(parts: ServerParts, req: FastifyRequest, reply: FastifyReply): void {
  const operation = req.routeOptions.config.posternRoute?.operation ?? 'other';
  parts.observed?.(operation, reply.statusCode, Number(process.hrtime.bigint() - req.since) / 1e9);
}
