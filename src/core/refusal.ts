import type { RequestState } from './request.ts';
import type { Kind } from './schedule.ts';
import type { Plane } from './target.ts';
import type {
  Duration,
  Instant,
  PrincipalId,
  RequestId,
  RoleKey,
  ScopeKey,
  WrittenDuration,
} from './values.ts';

/** A "no" with the facts a person needs to do better. Each wire maps every one of them to its own error body. */
export type Refusal =
  | {
      readonly code: 'notAuthorized';
      readonly plane: Plane | null;
      readonly action: string;
      readonly scope: ScopeKey;
    }
  | { readonly code: 'interactiveSignInRequired' }
  | { readonly code: 'notForSomebodyElse' }
  | { readonly code: 'roleNotFound'; readonly role: RoleKey }
  | { readonly code: 'roleNotAssignable'; readonly role: RoleKey; readonly scope: ScopeKey }
  | { readonly code: 'principalNotFound'; readonly principal: PrincipalId }
  | { readonly code: 'principalDisabled'; readonly principal: PrincipalId }
  | {
      readonly code: 'principalKindDiffers';
      readonly principal: PrincipalId;
      readonly has: string;
      readonly given: string;
    }
  | { readonly code: 'workloadNotEligible'; readonly principal: PrincipalId }
  | { readonly code: 'requestExists'; readonly request: RequestId }
  | { readonly code: 'requestNotFound'; readonly request: RequestId }
  | { readonly code: 'nameTaken'; readonly name: string }
  | { readonly code: 'eligibilityNotFound' }
  | { readonly code: 'scheduleNotFound'; readonly kind: Kind }
  | { readonly code: 'heldThroughGroup'; readonly group: PrincipalId }
  | { readonly code: 'nothingToRenew'; readonly kind: Kind }
  | { readonly code: 'notExpired'; readonly end: Instant | null }
  | { readonly code: 'activationNotMoved' }
  | { readonly code: 'alreadyBegun'; readonly start: Instant }
  | { readonly code: 'endsNotLater'; readonly end: Instant | null }
  | { readonly code: 'tooEarlyToExtend'; readonly opens: Instant }
  | { readonly code: 'alreadyAssigned'; readonly kind: Kind }
  | { readonly code: 'pendingRequest'; readonly request: RequestId }
  | { readonly code: 'overlapsPending'; readonly start: Instant; readonly end: Instant | null }
  | { readonly code: 'updateNotPermitted' }
  | { readonly code: 'conditionDiffers' }
  | { readonly code: 'periodEmpty'; readonly start: Instant; readonly end: Instant }
  | { readonly code: 'endsTooSoon'; readonly floor: Duration }
  | { readonly code: 'removedTooSoon'; readonly floor: Duration; readonly earliest: Instant }
  | { readonly code: 'endRequired'; readonly maximum: WrittenDuration }
  | { readonly code: 'endsTooLate'; readonly maximum: WrittenDuration; readonly latest: Instant }
  | { readonly code: 'justificationRequired' }
  | { readonly code: 'ticketRequired' }
  | { readonly code: 'mfaRequired' }
  | { readonly code: 'authenticationContextRequired'; readonly claim: string }
  | { readonly code: 'selfApproval' }
  | { readonly code: 'notAnApprover' }
  | { readonly code: 'approverJustificationRequired' }
  | { readonly code: 'stageNotOpen' }
  | { readonly code: 'requestNotPending'; readonly state: RequestState }
  | { readonly code: 'notCancelable'; readonly state: RequestState }
  | {
      readonly code: 'policyInvalid';
      readonly rule: string;
      readonly field: string;
      readonly problem: string;
    }
  | { readonly code: 'mfaAndContext' }
  | { readonly code: 'scopeNotFound'; readonly scope: ScopeKey }
  | { readonly code: 'scopeFixed'; readonly scope: ScopeKey; readonly change: 'moved' | 'deleted' | 'tagged' }
  | { readonly code: 'scopeNotEmpty'; readonly scope: ScopeKey; readonly holds: ScopeKey }
  | { readonly code: 'scopeInItself'; readonly scope: ScopeKey; readonly parent: ScopeKey }
  | { readonly code: 'scopeTooDeep'; readonly scope: ScopeKey; readonly levels: number }
  | { readonly code: 'tooManyTags'; readonly scope: ScopeKey; readonly most: number }
  | { readonly code: 'roleBuiltIn'; readonly role: RoleKey }
  | { readonly code: 'roleNameTaken'; readonly name: string }
  | { readonly code: 'roleInUse'; readonly role: RoleKey }
  | { readonly code: 'roleHeldElsewhere'; readonly scopes: readonly ScopeKey[] }
  | { readonly code: 'roleInvalid'; readonly field: string; readonly problem: string }
  | {
      readonly code: 'linkedNotAuthorized';
      readonly action: string;
      /** Where it was asked, and where it may be done. */
      readonly scope: ScopeKey;
      readonly linked: readonly ScopeKey[];
    }
  | { readonly code: 'lastAdministrator'; readonly scope: ScopeKey }
  | { readonly code: 'denyAssignmentNotFound'; readonly denyAssignment: string }
  | { readonly code: 'clockGoesForward'; readonly now: Instant };

export type RefusalCode = Refusal['code'];
export type RefusalOf<C extends RefusalCode> = Extract<Refusal, { code: C }>;
