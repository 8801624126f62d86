import { describe, expect, test } from 'vitest';
import type { RefusalCode, RefusalOf } from '../core/refusal.ts';
import {
  hours,
  instant,
  minutes,
  principalId,
  requestId,
  roleKey,
  scopeKey,
  written,
} from '../core/values.ts';
import { ArmError } from './armError.ts';
import { refusedError, type Told } from './errors.ts';
import { armErrors } from './wireErrors.ts';

const ID = '0a000000-0000-4000-8000-00000000000a';
const principal = principalId(ID);
const scope = scopeKey(`/subscriptions/${ID}`);
const T = instant(1_700_000_000_000);

/** One of every refusal the core has. */
const SAMPLES: { readonly [C in RefusalCode]: RefusalOf<C> } = {
  notAuthorized: {
    code: 'notAuthorized',
    plane: 'azure',
    action: 'Microsoft.Authorization/roleAssignments/write',
    scope,
  },
  interactiveSignInRequired: { code: 'interactiveSignInRequired' },
  notForSomebodyElse: { code: 'notForSomebodyElse' },
  roleNotFound: { code: 'roleNotFound', role: roleKey(ID) },
  roleNotAssignable: { code: 'roleNotAssignable', role: roleKey(ID), scope },
  principalNotFound: { code: 'principalNotFound', principal },
  principalDisabled: { code: 'principalDisabled', principal },
  principalKindDiffers: { code: 'principalKindDiffers', principal, has: 'person', given: 'group' },
  workloadNotEligible: { code: 'workloadNotEligible', principal },
  requestExists: { code: 'requestExists', request: requestId(ID) },
  requestNotFound: { code: 'requestNotFound', request: requestId(ID) },
  nameTaken: { code: 'nameTaken', name: ID },
  eligibilityNotFound: { code: 'eligibilityNotFound' },
  scheduleNotFound: { code: 'scheduleNotFound', kind: 'assignment' },
  heldThroughGroup: { code: 'heldThroughGroup', group: principal },
  nothingToRenew: { code: 'nothingToRenew', kind: 'eligibility' },
  notExpired: { code: 'notExpired', end: T },
  activationNotMoved: { code: 'activationNotMoved' },
  alreadyBegun: { code: 'alreadyBegun', start: T },
  endsNotLater: { code: 'endsNotLater', end: null },
  tooEarlyToExtend: { code: 'tooEarlyToExtend', opens: T },
  alreadyAssigned: { code: 'alreadyAssigned', kind: 'eligibility' },
  pendingRequest: { code: 'pendingRequest', request: requestId(ID) },
  overlapsPending: { code: 'overlapsPending', start: T, end: null },
  updateNotPermitted: { code: 'updateNotPermitted' },
  conditionDiffers: { code: 'conditionDiffers' },
  periodEmpty: { code: 'periodEmpty', start: T, end: instant(T - 1) },
  endsTooSoon: { code: 'endsTooSoon', floor: minutes(5) },
  removedTooSoon: { code: 'removedTooSoon', floor: minutes(5), earliest: T },
  endRequired: { code: 'endRequired', maximum: written(hours(8)) },
  endsTooLate: { code: 'endsTooLate', maximum: written(hours(8)), latest: T },
  justificationRequired: { code: 'justificationRequired' },
  ticketRequired: { code: 'ticketRequired' },
  mfaRequired: { code: 'mfaRequired' },
  authenticationContextRequired: { code: 'authenticationContextRequired', claim: 'c1' },
  selfApproval: { code: 'selfApproval' },
  notAnApprover: { code: 'notAnApprover' },
  approverJustificationRequired: { code: 'approverJustificationRequired' },
  stageNotOpen: { code: 'stageNotOpen' },
  requestNotPending: { code: 'requestNotPending', state: 'denied' },
  notCancelable: { code: 'notCancelable', state: 'provisioned' },
  policyInvalid: {
    code: 'policyInvalid',
    rule: 'expiration endUser assignment',
    field: 'maximumDuration',
    problem: 'too long',
  },
  mfaAndContext: { code: 'mfaAndContext' },
  roleBuiltIn: { code: 'roleBuiltIn', role: roleKey(ID) },
  roleNameTaken: { code: 'roleNameTaken', name: 'Patch crew' },
  roleInUse: { code: 'roleInUse', role: roleKey(ID) },
  roleHeldElsewhere: { code: 'roleHeldElsewhere', scopes: [scope] },
  roleInvalid: { code: 'roleInvalid', field: 'assignableScopes', problem: 'it is empty' },
  linkedNotAuthorized: {
    code: 'linkedNotAuthorized',
    action: 'Microsoft.Authorization/roleDefinitions/write',
    scope,
    linked: [scope],
  },
  lastAdministrator: { code: 'lastAdministrator', scope },
  denyAssignmentNotFound: { code: 'denyAssignmentNotFound', denyAssignment: ID },
  scopeNotFound: { code: 'scopeNotFound', scope },
  scopeFixed: { code: 'scopeFixed', scope, change: 'deleted' },
  scopeNotEmpty: { code: 'scopeNotEmpty', scope, holds: scope },
  scopeInItself: { code: 'scopeInItself', scope, parent: scope },
  scopeTooDeep: { code: 'scopeTooDeep', scope, levels: 6 },
  tooManyTags: { code: 'tooManyTags', scope, most: 50 },
  clockGoesForward: { code: 'clockGoesForward', now: T },
};
const told: Told = {
  caller: { actor: { id: principal, kind: 'person', mfa: true, contexts: [] }, name: 'Ravi', appId: ID },
  tenant: ID,
  origin: 'https://localhost',
  about: 'request',
  pathOf: (s) => s,
};

describe('every refusal of the core has its error', () => {
  test.each(Object.values(SAMPLES))('$code: a status, a code and whole sentences', (refusal) => {
    const { status, code, message } = refusedError([refusal], told, true);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(code).toMatch(/^[A-Z]\w+$/);
    expect(message).toMatch(/^[A-Z].{20,}/s);
    expect(message).not.toMatch(/undefined|null|\[object|NaN/);
  });

  test('what policies refuse is one error with all rules, whatever else is refused', () => {
    const { justificationRequired, endsTooLate, authenticationContextRequired, ticketRequired } = SAMPLES;
    const error = refusedError(
      [authenticationContextRequired, endsTooLate, justificationRequired, ticketRequired],
      told,
      true,
    );
    expect(error.code).toBe('RoleAssignmentRequestPolicyValidationFailed');
    expect(error.message).toMatch(
      /^The following policy rules failed: \["ExpirationRule","JustificationRule","TicketingRule"\]/,
    );
    expect(error.details.map((d) => d.code)).toContain('ExpirationRule');
  });

  test('who may not do it at all is told only that', () => {
    const error = refusedError([SAMPLES.policyInvalid, SAMPLES.notAuthorized], told, true);
    expect([error.status, error.code]).toEqual([403, 'AuthorizationFailed']);
    expect(error.details[0]?.message).toContain('Owner and User Access Administrator');
  });

  test('the same refusal has the code of the type that was put', () => {
    const code = (about: Told['about'], refusal: keyof typeof SAMPLES) => {
      const error = refusedError([SAMPLES[refusal]], { ...told, about }, true);
      return `${error.status} ${error.code}`;
    };
    expect(code('request', 'alreadyAssigned')).toBe('400 RoleAssignmentExists');
    expect(code('roleAssignment', 'alreadyAssigned')).toBe('409 RoleAssignmentExists');
    expect(code('request', 'principalNotFound')).toBe('400 SubjectNotFound');
    expect(code('roleAssignment', 'principalNotFound')).toBe('400 PrincipalNotFound');
  });
});

describe('what is thrown', () => {
  const call = { correlation: ID, origin: 'https://localhost' };
  test('a bug is a 500 that says nothing but its correlation id', () => {
    const answer = armErrors.answer(new Error('secret'), call);
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toContain('secret');
    expect(JSON.stringify(answer.body)).toContain(ID);
    expect(armErrors.reason(new Error('secret'))).toBe(null);
  });
  test('without a token the challenge stands in the header', () => {
    const error = armErrors.make.unauthenticated({
      code: 'AuthenticationFailed',
      wwwAuthenticate: 'Bearer x="y"',
    });
    expect(armErrors.answer(error, call)).toMatchObject({
      status: 401,
      headers: { 'WWW-Authenticate': 'Bearer x="y"' },
    });
  });
  test('only what the engine has decided is in the log already', () => {
    expect(armErrors.recorded(new ArmError(400, 'X', 'x'))).toBe(false);
    expect(armErrors.recorded(new ArmError(400, 'X', 'x', { settled: true }))).toBe(true);
  });
});
