import type { Actor } from './actor.ts';
import type { Verdict } from './approval.ts';
import type { Proof } from './credential.ts';
import type { DenyDraft } from './denyAssignment.ts';
import type { Rule } from './policy.ts';
import type { Principal } from './principal.ts';
import type { Period, Ticket } from './request.ts';
import type { RoleDraft } from './role.ts';
import type { Condition, Kind } from './schedule.ts';
import type { Scope } from './scope.ts';
import type { Holding, Plane, Target } from './target.ts';
import type { Instant, PrincipalId, RequestId, RoleKey, ScheduleId, ScopeKey } from './values.ts';

interface Ordered {
  readonly actor: Actor;
}

/** What all requests have in common. The id is the client's, or made by the server. */
interface Asking extends Ordered {
  readonly id: RequestId;
  readonly kind: Kind;
  readonly holding: Holding;
  readonly period: Period;
  readonly justification: string | null;
  readonly ticket: Ticket;
  readonly condition: Condition | null;
  readonly spelling: string | null;
}
export interface AdminAssign extends Asking {
  readonly type: 'adminAssign';
}
/** Changes start, end or condition of a schedule. */
export interface AdminUpdate extends Asking {
  readonly type: 'adminUpdate';
  readonly schedule: ScheduleId | null;
}
/** Moves the end of a schedule that has not ended. */
export interface AdminExtend extends Asking {
  readonly type: 'adminExtend';
  readonly schedule: ScheduleId | null;
}
/** Gives again what ended by itself a while ago. */
export interface AdminRenew extends Asking {
  readonly type: 'adminRenew';
  readonly schedule: ScheduleId | null;
}
export interface AdminRemove extends Asking {
  readonly type: 'adminRemove';
  /** The schedule meant, if the caller named one; else principal, role and scope decide. */
  readonly schedule: ScheduleId | null;
}
export interface SelfActivate extends Asking {
  readonly type: 'selfActivate';
  /** The eligibility meant, if the caller named one. */
  readonly uses: ScheduleId | null;
}
export interface SelfDeactivate extends Asking {
  readonly type: 'selfDeactivate';
  readonly schedule: ScheduleId | null;
}
/** Asks the administrators for a later end. */
export interface SelfExtend extends Asking {
  readonly type: 'selfExtend';
  readonly schedule: ScheduleId | null;
}
/** Asks the administrators for what ended by itself a while ago. */
export interface SelfRenew extends Asking {
  readonly type: 'selfRenew';
  readonly schedule: ScheduleId | null;
}
/** The requests a client makes: each leaves a request that is kept for good. */
export type Ask =
  | AdminAssign
  | AdminUpdate
  | AdminExtend
  | AdminRenew
  | AdminRemove
  | SelfActivate
  | SelfDeactivate
  | SelfExtend
  | SelfRenew;

export interface Cancel extends Ordered {
  readonly type: 'cancel';
  readonly request: RequestId;
}
export interface Review extends Ordered {
  readonly type: 'review';
  readonly request: RequestId;
  /** Which stage the vote is for; it must be the open one. */
  readonly stage: number;
  readonly verdict: Verdict;
  readonly justification: string;
}
export interface SetPolicy extends Ordered {
  readonly type: 'setPolicy';
  readonly target: Target;
  /** Only the rules that change; the others stay. */
  readonly rules: readonly Rule[];
}
/** An assignment given directly, outside any request: a role assignment, a group's member. */
export interface Grant extends Ordered {
  readonly type: 'grant';
  readonly schedule: ScheduleId;
  readonly holding: Holding;
  readonly principalKind: string | null;
  readonly note: string | null;
  readonly condition: Condition | null;
}
/** Ends an assignment by its name, outside any request. */
export interface Withdraw extends Ordered {
  readonly type: 'withdraw';
  readonly schedule: ScheduleId;
}
/** Makes or changes a named scope. */
export interface PutScope extends Ordered {
  readonly type: 'putScope';
  readonly plane: Plane;
  readonly scope: Omit<Scope, 'createdAt' | 'version' | 'deletedAt' | 'body'> & Partial<Pick<Scope, 'body'>>;
}
/** Renames a named scope, hangs it under another one, or both; null leaves that as it is. */
export interface ChangeScope extends Ordered {
  readonly type: 'changeScope';
  readonly plane: Plane;
  readonly scope: ScopeKey;
  readonly displayName: string | null;
  readonly parent: ScopeKey | null;
}
/** Changes the tags of a named scope: by these, to these, or by all but these. */
export interface TagScope extends Ordered {
  readonly type: 'tagScope';
  readonly plane: Plane;
  readonly scope: ScopeKey;
  readonly operation: 'merge' | 'replace' | 'delete';
  readonly tags: Scope['tags'];
}
/** Deletes a named scope with all that is in it, held on it or asked for on it. */
export interface DeleteScope extends Ordered {
  readonly type: 'deleteScope';
  readonly plane: Plane;
  readonly scope: ScopeKey;
}
/** Makes or changes a person, group or workload identity. */
export interface PutPrincipal extends Ordered {
  readonly type: 'putPrincipal';
  readonly principal: Omit<Principal, 'createdAt' | 'version'>;
}
/** Gives a principal something to sign in with. A verifier goes into the store beside the event, never into the log. */
export type AddCredential = Ordered & {
  readonly type: 'addCredential';
  readonly id: string;
  readonly principal: PrincipalId;
} & (
    | { readonly kind: 'password' | 'secret'; readonly verifier: string }
    | Extract<Proof, { kind: 'certificate' | 'federated' }>
  );
/** Makes or changes a custom role. */
export interface DefineRole extends Ordered {
  readonly type: 'defineRole';
  readonly role: RoleDraft;
  /** The scope at which it is asked. */
  readonly at: ScopeKey;
}
/** Removes a custom role that nobody holds or waits for. */
export interface RemoveRole extends Ordered {
  readonly type: 'removeRole';
  readonly plane: Plane;
  readonly role: RoleKey;
  readonly at: ScopeKey;
}
/** Makes or changes a deny assignment. */
export interface PutDenyAssignment extends Ordered {
  readonly type: 'putDenyAssignment';
  readonly denyAssignment: DenyDraft;
}
export interface RemoveDenyAssignment extends Ordered {
  readonly type: 'removeDenyAssignment';
  readonly denyAssignment: string;
}
/** Says what has become true with time. Asked twice at the same instant, the second answer is empty. */
export interface Tick extends Ordered {
  readonly type: 'tick';
  readonly schedules: readonly ScheduleId[];
  readonly requests: readonly RequestId[];
}
/** Moves a manual clock forward. */
export interface AdvanceClock extends Ordered {
  readonly type: 'advanceClock';
  readonly to: Instant;
}

export type Command =
  | Ask
  | Cancel
  | Review
  | SetPolicy
  | Grant
  | Withdraw
  | PutScope
  | ChangeScope
  | TagScope
  | DeleteScope
  | PutPrincipal
  | AddCredential
  | DefineRole
  | RemoveRole
  | PutDenyAssignment
  | RemoveDenyAssignment
  | Tick
  | AdvanceClock;
