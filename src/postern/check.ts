import { Type } from 'typebox';
import { parseArmScope } from '../arm/scope.ts';
import type { AccessAnswer, AccessQuestion } from '../core/access.ts';
import type { Instant } from '../core/values.ts';
import { parseGuid, parseInstant, principalId, printInstant } from '../core/values.ts';
import type { Engine } from '../engine/engine.ts';
import type { Call, Route } from '../http/route.ts';
import { PosternError } from './errors.ts';

const LIST_MAX = 1_000;
const READ = 'Microsoft.Authorization/roleAssignments/read';

const Question = Type.Object({
  principalId: Type.String({ description: 'Object id of a person, group or workload identity' }),
  action: Type.String({ description: 'For example Microsoft.Compute/virtualMachines/start/action' }),
  scope: Type.String({ description: 'ARM path of the scope' }),
  at: Type.Optional(Type.String({ description: 'RFC 3339 instant; now when absent' })),
  isDataAction: Type.Optional(Type.Boolean()),
});

/** May this principal do this at this scope? One question, or a list of up to 1,000. */
export const checkRoute = (engine: Engine): Route => ({
  wire: 'postern',
  method: 'POST',
  path: '/_postern/check',
  operation: 'access.check',
  summary: 'Whether a principal may do something at a scope, until when, and because of which assignments',
  authorization: 'needs roleAssignments/read at the scope, or to ask about oneself',
  body: Type.Union([Question, Type.Array(Question, { maxItems: LIST_MAX })]),
  handle: async (call) => {
    if (!Array.isArray(call.body)) return { status: 200, body: answer(engine, call, call.body) };
    if (call.body.length > LIST_MAX)
      throw bad(`at most ${LIST_MAX} questions fit into one call; ${call.body.length} were sent`);
    return { status: 200, body: call.body.map((question) => answer(engine, call, question)) };
  },
});

const bad = (problem: string) =>
  new PosternError(400, 'InvalidCheck', `The check cannot be answered: ${problem}.`);

function answer(engine: Engine, call: Call, body: unknown) {
  const { question, at } = parse(body);
  const own = question.principal === call.caller.actor.id;
  if (!own && !engine.allows(call.caller.actor, 'azure', READ, question.scope)) {
    throw new PosternError(
      403,
      'AuthorizationFailed',
      `Asking about others needs '${READ}' at the scope; you may ask about yourself.`,
    );
  }
  return print(engine, question, engine.check(question, at));
}

function parse(body: unknown): { readonly question: AccessQuestion; readonly at?: Instant } {
  const text = (name: string): string => {
    const value = (body as Record<string, unknown> | undefined)?.[name];
    if (typeof value !== 'string' || value === '') throw bad(`'${name}' must be a text`);
    return value;
  };
  const guid = parseGuid(text('principalId'));
  if (guid === null) throw bad("'principalId' must be an object id (a GUID)");
  const data = (body as { isDataAction?: unknown }).isDataAction === true;
  const question: AccessQuestion = {
    plane: 'azure',
    principal: principalId(guid),
    action: text('action'),
    scope: scopeOf(text('scope')),
    data,
  };
  if ((body as { at?: unknown }).at === undefined) return { question };
  const at = parseInstant(text('at'));
  if (at === null) throw bad("'at' must be an RFC 3339 instant with an offset, such as 2026-01-31T12:00:00Z");
  return { question, at };
}

function scopeOf(text: string) {
  const scope = parseArmScope(text);
  if ('key' in scope) return scope.key;
  throw bad(
    scope.problem === 'malformed' ? `the scope is malformed: ${scope.why}` : "'scope' names no subscription",
  );
}

const print = (engine: Engine, asked: AccessQuestion, { allowed, until, because }: AccessAnswer) => ({
  allowed,
  until: until === null ? null : printInstant(until),
  because: because.map(({ schedule, until: end }) => ({
    assignment: schedule.id,
    role: schedule.role,
    roleName: engine.access.role(schedule.plane, schedule.role)?.name ?? null,
    scope: engine.access.scope(schedule.scope)?.path ?? schedule.scope,
    principalId: schedule.principal,
    through:
      schedule.principal === asked.principal
        ? null
        : (engine.access.principal(schedule.principal)?.displayName ?? null),
    until: end === null ? null : printInstant(end),
  })),
});
