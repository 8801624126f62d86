import type { Refusal, RefusalCode, RefusalOf } from '../core/refusal.ts';
import type { Duration, Instant, WrittenDuration } from '../core/values.ts';
import { printDuration, printInstant } from '../core/values.ts';
import { ArmError, type ErrorDetail } from './armError.ts';
import { EXTENSION_ERRORS } from './extensionErrors.ts';
import { ruleId } from './policyWords.ts';
import { principalWord } from './principalWords.ts';
import { authorizationFailed } from './problems.ts';
import { ROLE_ERRORS } from './roleErrors.ts';
import { SCOPE_ERRORS } from './scopeErrors.ts';
import { REQUEST_STATUS } from './status.ts';
import type { Told, Worded } from './told.ts';
import { bad } from './worded.ts';

export type { Told } from './told.ts';

const rule = (name: string, message: string, target: string): Worded => ({
  ...bad('RoleAssignmentRequestPolicyValidationFailed', message),
  rule: name,
  target,
});

const limit = (d: Duration): string => (d % 60_000 === 0 ? `${d / 60_000} minutes` : printDuration(d));
const period = (start: Instant, end: Instant | null): string =>
  `${printInstant(start)} to ${end === null ? 'no end' : printInstant(end)}`;
const atMost = ({ text }: WrittenDuration): string => `The policy allows at most ${text}.`;

/** ARM's word for everything the core can refuse: what was wrong, what is allowed, who can change it. */
const ERRORS = {
  notAuthorized: (r, { caller, pathOf }) => {
    const { status, code, message, details } = authorizationFailed(caller, r.action, pathOf(r.scope));
    return { status, code, message, details };
  },
  interactiveSignInRequired: () =>
    bad(
      'RoleAssignmentRequestNotEligible',
      'A workload identity (service principal) cannot activate a role, ask for more time or decide about a request: all need a person who signs in. Sign in as the eligible user, or ask an Owner or User Access Administrator for an active assignment (AdminAssign) of the service principal.',
    ),
  notForSomebodyElse: () =>
    bad(
      'InsufficientPermissions',
      'Self requests are made by the principal itself: principalId must be the object id of the caller. For somebody else an Owner or User Access Administrator sends AdminAssign or AdminRemove.',
    ),
  roleNotFound: (r) =>
    bad(
      'RoleDefinitionDoesNotExist',
      `The specified role definition with ID '${r.role}' does not exist. GET roleDefinitions at the scope lists those that do.`,
    ),
  roleNotAssignable: (r, { pathOf }) =>
    bad(
      'RoleDefinitionDoesNotExist',
      `The role definition with ID '${r.role}' cannot be assigned at '${pathOf(r.scope)}'. Use a scope at or below one of its assignableScopes; who may write the role definition can add one.`,
    ),
  principalNotFound: (r, { about, tenant }) =>
    about !== 'roleAssignment'
      ? bad(
          'SubjectNotFound',
          `The subject is not found. The principal '${r.principal}' must be the object id of a user or group of this directory.`,
        )
      : bad(
          'PrincipalNotFound',
          `Principal ${r.principal} does not exist in the directory ${tenant}. Check that you have the correct principal ID: the object id of a user, group or service principal.`,
        ),
  principalDisabled: (r) =>
    bad(
      'RoleAssignmentRequestNotEligible',
      `The principal '${r.principal}' is disabled and can hold nothing. An administrator of the directory can enable it.`,
    ),
  principalKindDiffers: (r) =>
    bad(
      'UnmatchedPrincipalType',
      `The PrincipalId '${r.principal}' has type '${principalWord(r.has)}', which is different from specified PrincipalType '${principalWord(r.given)}'. Send '${principalWord(r.has)}', or leave principalType out.`,
    ),
  workloadNotEligible: (r) =>
    bad(
      'InvalidRoleAssignmentRequest',
      `The principal '${r.principal}' is a service principal, which cannot activate a role and so cannot be eligible. Allowed are users and groups; a service principal can get an active assignment (roleAssignmentScheduleRequests).`,
    ),
  requestExists: (r) => ({
    status: 409,
    code: 'RoleAssignmentRequestExists',
    message: `A role assignment request with Id: ${r.request} already exists. Only the identical request may be repeated; give another one a new GUID.`,
  }),
  requestNotFound: (r) => ({
    status: 404,
    code: 'RoleAssignmentRequestNotFound',
    message: `The role assignment request '${r.request}' is not found.`,
  }),
  nameTaken: (r) =>
    bad(
      'RoleAssignmentUpdateNotPermitted',
      `The name '${r.name}' was given to something else before, and a name is never used twice. Send a new GUID.`,
    ),
  eligibilityNotFound: () =>
    bad(
      'RoleAssignmentDoesNotExist',
      'The Role assignment does not exist. No eligibility in force covers this principal, role and scope (EligibilityRule): activate at the scope of an eligibility or below it. GET roleEligibilityScheduleInstances?$filter=asTarget() lists yours; an Owner or User Access Administrator can make you eligible.',
    ),
  scheduleNotFound: (r) =>
    bad(
      'RoleAssignmentDoesNotExist',
      `The Role assignment does not exist. There is no ${r.kind === 'eligibility' ? 'eligible' : 'active'} assignment of this principal, role and scope in force or to come; it may have ended already.`,
    ),
  ...EXTENSION_ERRORS,
  alreadyAssigned: (r, { about }) =>
    about !== 'roleAssignment'
      ? bad(
          'RoleAssignmentExists',
          `The Role assignment already exists. The principal has this role at this scope already${r.kind === 'eligibility' ? ' as eligible' : ''}; end that one first.`,
        )
      : {
          status: 409,
          code: 'RoleAssignmentExists',
          // az takes this for success when it finds these words.
          message:
            'The role assignment already exists. The same principal, role and scope stand under another name.',
        },
  pendingRequest: (r) =>
    bad(
      'PendingRoleAssignmentRequest',
      `There is already an existing pending Role assignment request. Wait for the decision about '${r.request}', or cancel it.`,
    ),
  overlapsPending: (r) =>
    bad(
      'OverlapsPendingRoleAssignmentRequests',
      `The requested period overlaps existing role assignment requests: ${period(r.start, r.end)} is taken. Ask for a time outside it, or cancel that request.`,
    ),
  updateNotPermitted: () =>
    bad(
      'RoleAssignmentUpdateNotPermitted',
      'Tenant ID, application ID, principal ID, and scope are not allowed to be updated. Only description and condition are; for the rest use a new name.',
    ),
  conditionDiffers: () =>
    bad(
      'InvalidRoleAssignmentRequest',
      "The condition differs from the eligibility's. Leave the condition out, or send the one of the eligibility.",
    ),
  periodEmpty: (r) =>
    r.start === r.end
      ? bad(
          'ActiveDurationTooShort',
          'The Active duration is too short. The requested period has no length: ask for a duration greater than zero.',
        )
      : bad(
          'InvalidRoleAssignmentRequestSchedule',
          `The period ends (${printInstant(r.end)}) before it starts (${printInstant(r.start)}). The end must lie after the start; a start in the past counts as now.`,
        ),
  endsTooSoon: (r) =>
    bad(
      'ActiveDurationTooShort',
      `The Active duration is too short. Miniumum Required is ${limit(r.floor)}. Ask for at least that.`,
    ),
  removedTooSoon: (r) =>
    bad(
      'ActiveDurationTooShort',
      `The Active duration is too short. Miniumum Required is ${limit(r.floor)}. It can be ended from ${printInstant(r.earliest)} on.`,
    ),
  endRequired: (r) =>
    rule('ExpirationRule', `An end is required. ${atMost(r.maximum)}`, 'scheduleInfo.expiration'),
  endsTooLate: (r) =>
    rule(
      'ExpirationRule',
      `The period is too long. ${atMost(r.maximum)} From this start it may last until ${printInstant(r.latest)}.`,
      'scheduleInfo.expiration',
    ),
  justificationRequired: () =>
    rule('JustificationRule', 'A justification is required: say what it is needed for.', 'justification'),
  ticketRequired: () => rule('TicketingRule', 'A ticket number is required.', 'ticketInfo.ticketNumber'),
  mfaRequired: () =>
    rule('MfaRule', 'Multifactor authentication is required: sign in with a second factor.', 'amr'),
  authenticationContextRequired: (r, told) => stepUp(r.claim, told),
  selfApproval: () => ({
    status: 403,
    code: 'AuthorizationFailed',
    message:
      'Nobody decides about their own request. Another approver named in the policy of the role has to.',
  }),
  notAnApprover: () => ({
    status: 403,
    code: 'AuthorizationFailed',
    message:
      'You are not among those who may decide about this request. The approvers named in the policy of the role may; an Owner or User Access Administrator of the scope can change the policy.',
  }),
  approverJustificationRequired: () =>
    bad('JustificationRequired', 'The policy asks approvers for a justification: say why you decide so.'),
  stageNotOpen: () => ({
    status: 409,
    code: 'ApprovalStageAlreadyCompleted',
    message: 'This stage is not the one that is open. GET the approval: its stage with status InProgress is.',
  }),
  requestNotPending: (r) => ({
    status: 409,
    code: 'ApprovalStageAlreadyCompleted',
    message: `The request is ${REQUEST_STATUS[r.state]}: there is nothing left to decide. Only requests in PendingApproval or PendingAdminDecision can be decided.`,
  }),
  notCancelable: (r) =>
    bad(
      'RequestCannotBeCancelled',
      `Only requests in Granted, PendingApproval, PendingApprovalProvisioning, PendingAdminDecision can be cancelled. This one is ${REQUEST_STATUS[r.state]}.`,
    ),
  policyInvalid: (r) => ({
    ...bad('InvalidPolicy', `The policy is invalid. ${ruleId(r.rule)}, ${r.field}: ${r.problem}.`),
    target: ruleId(r.rule),
  }),
  mfaAndContext: () =>
    bad(
      'MfaAndAcrsConflict',
      'The Mfa and Acrs policy settings cannot be enabled simultaneously. Take MultiFactorAuthentication out of Enablement_EndUser_Assignment, or disable AuthenticationContext_EndUser_Assignment.',
    ),
  ...SCOPE_ERRORS,
  ...ROLE_ERRORS,
  clockGoesForward: (r) => bad('BadRequest', `The clock only goes forward; it is ${printInstant(r.now)}.`),
} as const satisfies { readonly [C in RefusalCode]: (r: RefusalOf<C>, told: Told) => Worded };

const wordedOf = <C extends RefusalCode>(r: RefusalOf<C>, told: Told): Worded =>
  (ERRORS[r.code as C] as (r: RefusalOf<C>, told: Told) => Worded)(r, told);

// Clients read the claims out of the message or the header and sign in again with them.
function stepUp(claim: string, { tenant, origin }: Told): Worded {
  const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: claim } } });
  const challenge = [
    `authorization_uri="${origin}/${tenant}/oauth2/v2.0/authorize"`,
    'error="insufficient_claims"',
    `claims="${Buffer.from(claims).toString('base64')}"`,
  ];
  return {
    ...bad(
      'RoleAssignmentRequestAcrsValidationFailed',
      `The sign-in must satisfy the authentication context ${claim} that the policy of the role asks for. Sign in again with: claims=${encodeURIComponent(claims)}`,
    ),
    headers: { 'WWW-Authenticate': `Bearer realm="", ${challenge.join(', ')}` },
  };
}

/** The error a call is answered with when its command was refused. All failed policy rules are named in one. */
export function refusedError(refusals: readonly Refusal[], told: Told, settled: boolean): ArmError {
  const worded = refusals.map((r) => wordedOf(r, told));
  const first = worded.find((w) => w.status === 403) ?? worded.find((w) => w.rule) ?? worded[0];
  if (!first) throw new Error('bug: a command was refused without a reason');
  const message = first.rule ? policyMessage(worded) : first.message;
  const details = first.details ?? (first.rule || worded.length > 1 ? worded.map(detailOf) : []);
  return new ArmError(first.status, first.code, message, { details, settled, headers: first.headers ?? {} });
}

const detailOf = ({ code, rule: name, target, message }: Worded): ErrorDetail => ({
  code: name ?? code,
  ...(target === undefined ? {} : { target }),
  message,
});

function policyMessage(worded: readonly Worded[]): string {
  const rules = [...new Set(worded.flatMap((w) => w.rule ?? []))];
  const sentences = worded.map((w) => w.message).join(' ');
  return `The following policy rules failed: ${JSON.stringify(rules)}. ${sentences} An Owner or User Access Administrator of the scope can change the policy of the role.`;
}
