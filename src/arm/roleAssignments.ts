import type { Grant } from '../core/command.ts';
import type { Schedule } from '../core/schedule.ts';
import { live, standing } from '../core/schedule.ts';
import { parseGuid, roleKey, type ScheduleId, scheduleId } from '../core/values.ts';
import type { Answer, Route } from '../http/route.ts';
import { ArmError } from './armError.ts';
import { type Arm, type Asked, atScope, isHere, mayDo, mayNot, PLANE, READ, WRITE } from './asked.ts';
import { badValue, propertiesOf, text, word } from './bag.ts';
import { readFilter } from './filter.ts';
import { listAnswer, pagingOf } from './paging.ts';
import { PRINCIPAL_KINDS } from './principalWords.ts';
import { invalidRoleAssignmentId, notFound, roleAssignmentLimitExceeded } from './problems.ts';
import { mayRead, principalsOf, scopeFilterOf } from './reading.ts';
import { roleAssignmentView } from './roleAssignmentView.ts';
import { conditionOf, principalOf, roleOf } from './scheduleRequestBody.ts';
import { subscriptionOf } from './scope.ts';
import { made, preview, submit } from './submit.ts';
import { ASSIGNMENTS_MAX } from './usageMetrics.ts';

const TYPE = 'roleAssignments';
const ONE = `/~arm/${TYPE}/:name`;

/** Every assignment in force is a role assignment, an activated one too; its name is that of its schedule. */
export const roleAssignmentRoutes = (arm: Arm): readonly Route[] => [
  {
    wire: 'arm',
    method: 'GET',
    path: `/~arm/${TYPE}`,
    operation: `${TYPE}.list`,
    summary: 'Role assignments at, above and below a scope, as $filter says.',
    authorization: `needs ${READ}`,
    handle: atScope(arm, TYPE, list),
  },
  {
    wire: 'arm',
    method: 'GET',
    path: ONE,
    operation: `${TYPE}.get`,
    summary: 'One role assignment.',
    authorization: `needs ${READ}, or to be its principal`,
    handle: atScope(arm, TYPE, get),
  },
  {
    wire: 'arm',
    method: 'PUT',
    path: ONE,
    operation: `${TYPE}.create`,
    summary: 'Gives a role at a scope, without end.',
    authorization: `needs ${WRITE}`,
    handle: atScope(arm, TYPE, put),
  },
  {
    wire: 'arm',
    method: 'POST',
    path: `${ONE}/validate`,
    operation: `${TYPE}.validate`,
    summary: 'Says what giving a role would come to.',
    authorization: `needs ${WRITE}`,
    handle: atScope(arm, TYPE, validate),
  },
  {
    wire: 'arm',
    method: 'DELETE',
    path: ONE,
    operation: `${TYPE}.delete`,
    summary: 'Takes a role away, however it was given.',
    authorization: `needs ${WRITE}`,
    handle: atScope(arm, TYPE, remove),
  },
];

async function list(asked: Asked): Promise<Answer> {
  const { engine, call, place } = asked;
  const terms = readFilter(call.query.get('$filter'), [
    'atScope',
    'principalId',
    'assignedTo',
    'roleDefinitionId',
  ]);
  if (!mayDo(asked, READ, place.key)) throw mayNot(asked, READ, place.key);
  const whose = principalsOf(asked, terms);
  if (whose.principals?.length === 0) return listAnswer(call, []);
  const { rows, next } = await engine.store.schedules({
    plane: PLANE,
    kind: 'assignment',
    liveAt: engine.now(),
    ...scopeFilterOf(asked, terms),
    ...whose,
    ...(terms.roleDefinitionId ? { roles: terms.roleDefinitionId.map(roleKey) } : {}),
    ...pagingOf(call),
  });
  return listAnswer(
    call,
    rows.map((s) => roleAssignmentView(asked, s)),
    next,
  );
}

async function get(asked: Asked): Promise<Answer> {
  const schedule = await there(asked);
  if (!schedule || !live(schedule, asked.engine.now())) throw notFound('roleAssignment', nameIn(asked));
  if (!mayRead(asked, schedule)) throw mayNot(asked, READ, schedule.scope);
  return { status: 200, body: roleAssignmentView(asked, schedule) };
}

const nameIn = ({ call }: Asked): string => call.params['name'] ?? '';

function nameOf(asked: Asked): ScheduleId {
  const guid = parseGuid(nameIn(asked));
  if (guid === null) throw invalidRoleAssignmentId(nameIn(asked));
  return scheduleId(guid);
}

async function there(asked: Asked): Promise<Schedule | null> {
  const s = await asked.engine.store.schedule(nameOf(asked));
  const stands = s?.plane === PLANE && s.kind === 'assignment' && standing(s, asked.engine.now());
  return s && stands && isHere(asked, s.scope) ? s : null;
}

async function put(asked: Asked): Promise<Answer> {
  const command = toCommand(asked);
  const before = asked.engine.access.schedule(command.schedule);
  if (!before) await assertRoom(asked, command);
  const { schedule } = await submit(asked, asked.call, command, 'roleAssignment');
  return { status: before ? 200 : 201, body: roleAssignmentView(asked, made(schedule, 'schedule')) };
}

// Counted in memory: of several at the same moment on different servers one too many may get through. An activation is never
// refused for want of room.
async function assertRoom(asked: Asked, command: Grant): Promise<void> {
  const { engine, call, place } = asked;
  const subscription = subscriptionOf(place.key);
  const max = subscription === null ? ASSIGNMENTS_MAX.above : ASSIGNMENTS_MAX.subscription;
  if (engine.access.assignmentsIn(place.key) < max) return;
  await preview(asked, call, command, 'roleAssignment'); // What is wrong with it otherwise is said first.
  throw roleAssignmentLimitExceeded(
    max,
    subscription === null ? place.path : `/subscriptions/${subscription}`,
  );
}

// The real service has another code here than where it refuses the same thing.
const VALIDATION_CODES: { readonly [code: string]: string } = {
  RoleDefinitionDoesNotExist: 'InvalidRoleDefinitionId',
};

async function validate(asked: Asked): Promise<Answer> {
  const command = toCommand(asked);
  try {
    await preview(asked, asked.call, command, 'roleAssignment');
    return { status: 200, body: { isValid: true } };
  } catch (error) {
    if (!(error instanceof ArmError) || error.status === 403) throw error;
    const { code, message } = error;
    const errorInfo = { code: VALIDATION_CODES[code] ?? code, message };
    return { status: 200, body: { isValid: false, errorInfo } };
  }
}

const DESCRIPTION_CHARACTERS_MAX = 2_048;

function toCommand(asked: Asked): Grant {
  const properties = propertiesOf(asked.call, 'InvalidRequestContent');
  const note = text(properties, 'description');
  if ((note ?? '').length > DESCRIPTION_CHARACTERS_MAX) {
    throw badValue(properties, `'description' is longer than ${DESCRIPTION_CHARACTERS_MAX} characters.`);
  }
  return {
    type: 'grant',
    actor: asked.call.caller.actor,
    schedule: nameOf(asked),
    holding: {
      plane: PLANE,
      scope: asked.place.key,
      role: roleOf(properties).role,
      principal: principalOf(properties),
    },
    principalKind: word(properties, 'principalType', PRINCIPAL_KINDS),
    note,
    condition: conditionOf(properties),
  };
}

// What is not there is gone already: 204, for those who could have removed it.
async function remove(asked: Asked): Promise<Answer> {
  const schedule = await there(asked);
  if (!schedule) {
    if (!mayDo(asked, WRITE, asked.place.key)) throw mayNot(asked, WRITE, asked.place.key);
    return { status: 204 };
  }
  const command = { type: 'withdraw', actor: asked.call.caller.actor, schedule: schedule.id } as const;
  await submit(asked, asked.call, command, 'roleAssignment');
  return { status: 200, body: roleAssignmentView(asked, schedule) };
}
