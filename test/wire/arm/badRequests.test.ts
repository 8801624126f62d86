import { IDS, OTHER_RG, ROLES, roleId, T0 } from './armTenant.ts';
import {
  activate,
  assign,
  type Case,
  eligibility,
  eligibleRavi,
  lasting,
  POLICY_FAILED,
  put,
  refused,
  THERE,
} from './refusing.ts';

const BODIES: readonly Case[] = [
  put('no body', undefined, '400 InvalidRoleAssignmentRequest', /JSON object/),
  put('a list for a body', [], '400 InvalidRoleAssignmentRequest', /must be an object/),
  put('no properties', {}, '400 InvalidRoleAssignmentRequest', /'properties'/),
  put(
    'no principal',
    assign({ principalId: null }),
    '400 InvalidRoleAssignmentRequest',
    /'principalId' is required/,
  ),
  put('a principal that is no GUID', assign({ principalId: 'mina' }), '400 InvalidPrincipalId', /GUID/),
  put(
    'a principal that is a number',
    assign({ principalId: 7 }),
    '400 InvalidRoleAssignmentRequest',
    /must be a text/,
  ),
  put(
    'a role id that is none',
    assign({ roleDefinitionId: 'Reader' }),
    '400 InvalidRoleDefinitionId',
    /roleDefinitions\/\{guid\}/,
  ),
  put('a name that is no GUID', assign(), '400 InvalidRoleAssignmentRequest', /GUID/, {
    target: eligibility('mine'),
  }),
  put(
    'a request type there is none of',
    assign({ requestType: 'AdminRevoke' }),
    '400 InvalidRoleAssignmentRequest',
    /AdminAssign, AdminUpdate, AdminExtend, AdminRenew, AdminRemove, SelfExtend, SelfRenew/,
  ),
  put(
    'activating an eligibility request',
    activate(),
    '400 InvalidRoleAssignmentRequest',
    /'SelfActivate'.*AdminAssign, AdminUpdate/,
  ),
  put('another scope in the body', assign({ scope: OTHER_RG }), '400 InvalidScope', /rg-Payments/),
  put(
    'a justification the store cannot keep',
    assign({ justification: 'a\0b' }),
    '400 InvalidRoleAssignmentRequest',
    /Unicode/,
  ),
  put(
    'half a character',
    assign({ justification: 'a\ud800' }),
    '400 InvalidRoleAssignmentRequest',
    /Unicode/,
  ),
  put(
    'a condition without its version',
    assign({ condition: 'true' }),
    '400 InvalidRoleAssignmentRequest',
    /together/,
  ),
  put(
    'a condition of an unknown version',
    assign({ condition: 'true', conditionVersion: '3.0' }),
    '400 InvalidRoleAssignmentRequest',
    /2\.0/,
  ),
  put('a duration of nothing', assign(lasting('PT0S')), '400 ActiveDurationTooShort', /greater than zero/),
  put('a duration in years', assign(lasting('P1Y')), '400 InvalidRoleAssignmentRequestSchedule', /P365D/),
  put(
    'half an hour written as a fraction',
    assign(lasting('PT2.5H')),
    '400 InvalidRoleAssignmentRequestSchedule',
    /PT2H30M/,
  ),
  put(
    'a duration that is none',
    assign(lasting('8 hours')),
    '400 InvalidRoleAssignmentRequestSchedule',
    /ISO 8601/,
  ),
  put(
    'a duration of four minutes',
    assign(lasting('PT4M')),
    '400 ActiveDurationTooShort',
    /Miniumum Required is 5 minutes/,
  ),
  put(
    'an end before the start',
    assign({
      scheduleInfo: { expiration: { type: 'AfterDateTime', endDateTime: new Date(T0 - 1).toISOString() } },
    }),
    '400 InvalidRoleAssignmentRequestSchedule',
    /before it starts/,
  ),
  put(
    'a start without an offset',
    assign({ scheduleInfo: { startDateTime: '2026-05-21T08:00:00' } }),
    '400 InvalidRoleAssignmentRequestSchedule',
    /offset/,
  ),
  put(
    'a kind of expiration nobody knows',
    assign({ scheduleInfo: { expiration: { type: 'Never' } } }),
    '400 InvalidRoleAssignmentRequestSchedule',
    /AfterDuration, AfterDateTime, NoExpiration/,
  ),
  put(
    'a role that is not there',
    assign({ roleDefinitionId: roleId('reader').replace(ROLES.reader, IDS.omar) }),
    '400 RoleDefinitionDoesNotExist',
    /does not exist/,
  ),
  put(
    'a role that is not assignable here',
    assign({ roleDefinitionId: ROLES.local }),
    '400 RoleDefinitionDoesNotExist',
    /assignableScopes/,
  ),
  put(
    'a principal that is not there',
    assign({ principalId: ROLES.reader }),
    '400 SubjectNotFound',
    /object id/,
  ),
  put(
    'an eligible service principal',
    assign({ principalId: IDS.bot }),
    '400 InvalidRoleAssignmentRequest',
    /users and groups/,
  ),
  put('no right to assign', assign(), '403 AuthorizationFailed', /over scope '.*rg-Payments'/, {
    who: 'ravi',
  }),
  put('the same twice under two names', eligibleRavi(), '400 RoleAssignmentExists', /already exists/),
  put(
    'another body under a used name',
    assign({ justification: 'other' }),
    '409 RoleAssignmentRequestExists',
    /new GUID/,
    { target: eligibility(THERE.requested) },
  ),
  put(
    'a removal of nothing',
    assign({ requestType: 'AdminRemove' }),
    '400 RoleAssignmentDoesNotExist',
    /does not exist/,
  ),
  put(
    'an end beyond the policy',
    assign(lasting('P366D')),
    `400 ${POLICY_FAILED}`,
    /\["ExpirationRule"\].*P365D/,
  ),
  put(
    'no end where the policy wants one',
    assign({ scheduleInfo: { expiration: { type: 'NoExpiration' } } }),
    `400 ${POLICY_FAILED}`,
    /\["ExpirationRule"\].*end is required/,
  ),
];

refused('a request is told what is wrong with it', BODIES);
