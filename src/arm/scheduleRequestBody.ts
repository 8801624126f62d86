import type { Ask } from '../core/command.ts';
import { parseCondition } from '../core/condition/parse.ts';
import type { Action, Ticket } from '../core/request.ts';
import type { Condition, Kind } from '../core/schedule.ts';
import { parseGuid, principalId, requestId, type ScheduleId, scheduleId } from '../core/values.ts';
import type { Asked } from './asked.ts';
import { PLANE } from './asked.ts';
import { type Bag, badValue, bag, neededText, propertiesOf, text } from './bag.ts';
import { WORDS } from './kindWords.ts';
import { periodOf } from './period.ts';
import { scopeOf } from './place.ts';
import {
  invalidBody,
  invalidCondition,
  invalidPrincipalId,
  invalidRoleDefinitionId,
  invalidScope,
} from './problems.ts';
import { parseRoleId } from './roleId.ts';
import { REQUEST_TYPE } from './status.ts';

/** The command of a request's body. Its name is the client's. */
export function toCommand(asked: Asked, kind: Kind, name: string): Ask {
  const properties = propertiesOf(asked.call, 'InvalidRoleAssignmentRequest');
  const action = actionOf(properties, kind);
  assertSameScope(asked, properties);
  const { role, spelling } = roleOf(properties);
  const common = {
    actor: asked.call.caller.actor,
    id: requestId(nameOf(name)),
    kind,
    holding: { plane: PLANE, scope: asked.place.key, role, principal: principalOf(properties) },
    period: periodOf(properties),
    justification: text(properties, 'justification'),
    ticket: ticketOf(properties),
    condition: conditionOf(properties),
    spelling,
  };
  switch (action) {
    case 'adminAssign':
      return { ...common, type: action };
    case 'adminUpdate':
    case 'adminExtend':
    case 'adminRenew':
    case 'adminRemove':
    case 'selfDeactivate':
    case 'selfExtend':
    case 'selfRenew':
      return { ...common, type: action, schedule: targetOf(properties, kind) };
    case 'selfActivate':
      return { ...common, type: action, uses: scheduleNamed(properties, 'linkedRoleEligibilityScheduleId') };
  }
}

function nameOf(name: string): string {
  const guid = parseGuid(name);
  if (guid !== null) return guid;
  throw invalidBody(
    'InvalidRoleAssignmentRequest',
    `The name of a request is a GUID the client chooses; '${name}' is none.`,
  );
}

const OF_BOTH: readonly Action[] = [
  'adminAssign',
  'adminUpdate',
  'adminExtend',
  'adminRenew',
  'adminRemove',
  'selfExtend',
  'selfRenew',
];
const OFFERED: { readonly [K in Kind]: readonly Action[] } = {
  eligibility: OF_BOTH,
  assignment: [...OF_BOTH, 'selfActivate', 'selfDeactivate'],
};

function actionOf(properties: Bag, kind: Kind): Action {
  const given = neededText(properties, 'requestType');
  const action = OFFERED[kind].find((a) => REQUEST_TYPE[a].toLowerCase() === given.toLowerCase());
  if (action) return action;
  const offered = OFFERED[kind].map((a) => REQUEST_TYPE[a]).join(', ');
  throw badValue(
    properties,
    `'requestType' is '${given}', which ${WORDS[kind].requests} does not take. Accepted are ${offered}.`,
  );
}

// Terraform repeats the scope of the path in the body.
function assertSameScope({ place }: Asked, properties: Bag): void {
  const given = text(properties, 'scope');
  if (given !== null && scopeOf(given).key !== place.key) {
    throw invalidScope(given, `the body names another scope than the path, which says '${place.path}'`);
  }
}

/** The role a body names, in any of the forms of its id. */
export function roleOf(properties: Bag) {
  const given = neededText(properties, 'roleDefinitionId');
  const parsed = parseRoleId(given);
  if (parsed === null) throw invalidRoleDefinitionId(given);
  return parsed;
}

/** The principal a body names. */
export function principalOf(properties: Bag) {
  const given = neededText(properties, 'principalId');
  const guid = parseGuid(given);
  if (guid === null) throw invalidPrincipalId(given);
  return principalId(guid);
}

function ticketOf(properties: Bag): Ticket {
  const given = bag(properties, 'ticketInfo');
  return { number: given && text(given, 'ticketNumber'), system: given && text(given, 'ticketSystem') };
}

const CONDITION_CHARACTERS_MAX = 8_192;
/** The condition a body carries, or null. */
export function conditionOf(properties: Bag): Condition | null {
  const [given, version] = [text(properties, 'condition'), text(properties, 'conditionVersion')];
  if (given === null && version === null) return null;
  if (given === null || version === null)
    throw badValue(properties, "'condition' and 'conditionVersion' must come together.");
  if (!['1.0', '2.0'].includes(version))
    throw badValue(properties, `'conditionVersion' is '${version}'. Allowed is 2.0.`);
  if (given.length > CONDITION_CHARACTERS_MAX) {
    throw badValue(properties, `'condition' is longer than ${CONDITION_CHARACTERS_MAX} characters.`);
  }
  const parsed = parseCondition(given);
  if (!parsed.ok) throw invalidCondition(conditionProblem(parsed));
  return { text: given, version };
}

/** Why a text is no condition, and how one reads. */
export const conditionProblem = ({ problem, position }: { problem: string; position: number }): string =>
  `${problem}, at character ${position + 1}. It reads like (!(ActionMatches{'{action}'})) OR (@Request[{attribute}] ForAnyOfAnyValues:GuidEquals {{guid}, {guid}}).`;

// A schedule and its instance have the same name here, so either says which is meant.
const targetOf = (properties: Bag, kind: Kind): ScheduleId | null =>
  scheduleNamed(properties, WORDS[kind].targetScheduleId) ??
  scheduleNamed(properties, WORDS[kind].targetInstanceId);

function scheduleNamed(properties: Bag, name: string): ScheduleId | null {
  const given = text(properties, name);
  if (given === null || given === '') return null;
  const guid = parseGuid(given.split('/').at(-1) ?? '');
  if (guid !== null) return scheduleId(guid);
  throw badValue(
    properties,
    `'${name}' is '${given}'. It must be the id of a schedule or instance, or the GUID at its end.`,
  );
}
