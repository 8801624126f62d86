import type { Vote } from './approval.ts';
import type { Credential } from './credential.ts';
import type { DenyAssignment } from './denyAssignment.ts';
import type { Policy } from './policy.ts';
import { policyId } from './policy.ts';
import type { Principal } from './principal.ts';
import type { Request, RequestState } from './request.ts';
import type { CustomRole } from './role.ts';
import type { Condition, EndReason, Schedule } from './schedule.ts';
import type { PutScopeFields } from './scope.ts';
import type { Instant, PrincipalId, RequestId, RoleKey, ScheduleId, ScopeKey } from './values.ts';

/** What happened. Each event changes exactly one entity, by one version; the last two change none. (U1) */
export type Event = { readonly at: Instant } & (
  | { readonly type: 'requested'; readonly request: Request }
  | {
      readonly type: 'voted';
      readonly request: RequestId;
      readonly vote: Vote;
      readonly completesStage: boolean;
    }
  | {
      readonly type: 'requestMoved';
      readonly request: RequestId;
      readonly to: RequestState;
      readonly schedule: ScheduleId | null;
    }
  | { readonly type: 'scheduleCreated'; readonly schedule: Schedule }
  | {
      readonly type: 'scheduleAmended';
      readonly schedule: ScheduleId;
      readonly note: string | null;
      readonly condition: Condition | null;
      readonly by: PrincipalId;
    }
  | {
      readonly type: 'scheduleRescheduled';
      readonly schedule: ScheduleId;
      readonly start: Instant;
      readonly end: Instant | null;
    }
  | { readonly type: 'accessBegan'; readonly schedule: ScheduleId }
  | { readonly type: 'accessEnded'; readonly schedule: ScheduleId; readonly reason: EndReason }
  | { readonly type: 'policyChanged'; readonly policy: Policy }
  | { readonly type: 'scopePut'; readonly scope: PutScopeFields }
  | { readonly type: 'scopeDeleted'; readonly scope: ScopeKey }
  | { readonly type: 'principalPut'; readonly principal: Principal }
  | { readonly type: 'credentialAdded'; readonly credential: Credential }
  | { readonly type: 'roleDefined'; readonly role: CustomRole }
  | { readonly type: 'roleRemoved'; readonly role: RoleKey; readonly by: PrincipalId }
  | { readonly type: 'denyAssignmentPut'; readonly denyAssignment: DenyAssignment }
  | { readonly type: 'denyAssignmentRemoved'; readonly denyAssignment: string; readonly by: PrincipalId }
  | { readonly type: 'clockAdvanced'; readonly to: Instant }
  | { readonly type: 'refused'; readonly operation: string; readonly reasons: readonly RefusedReason[] }
);

/** Why something was refused, as the log keeps it: the code, and the facts beside it. */
export interface RefusedReason {
  readonly code: string;
  readonly [fact: string]: unknown;
}

export type EntityKind =
  | 'request'
  | 'schedule'
  | 'policy'
  | 'scope'
  | 'principal'
  | 'credential'
  | 'role'
  | 'denyAssignment';
export const ENTITY_KINDS: readonly EntityKind[] = [
  'request',
  'schedule',
  'policy',
  'scope',
  'principal',
  'credential',
  'role',
  'denyAssignment',
];
export interface EntityRef {
  readonly kind: EntityKind;
  readonly id: string;
}

/** The entity an event changes; null for the events that change none. */
export function entityOf(e: Event): EntityRef | null {
  switch (e.type) {
    case 'requested':
      return { kind: 'request', id: e.request.id };
    case 'voted':
    case 'requestMoved':
      return { kind: 'request', id: e.request };
    case 'scheduleCreated':
      return { kind: 'schedule', id: e.schedule.id };
    case 'scheduleAmended':
    case 'scheduleRescheduled':
    case 'accessBegan':
    case 'accessEnded':
      return { kind: 'schedule', id: e.schedule };
    case 'policyChanged':
      return { kind: 'policy', id: policyId(e.policy) };
    case 'scopePut':
      return { kind: 'scope', id: e.scope.key };
    case 'scopeDeleted':
      return { kind: 'scope', id: e.scope };
    case 'principalPut':
      return { kind: 'principal', id: e.principal.id };
    case 'credentialAdded':
      return { kind: 'credential', id: e.credential.id };
    case 'roleDefined':
      return { kind: 'role', id: e.role.id };
    case 'roleRemoved':
      return { kind: 'role', id: e.role };
    case 'denyAssignmentPut':
      return { kind: 'denyAssignment', id: e.denyAssignment.id };
    case 'denyAssignmentRemoved':
      return { kind: 'denyAssignment', id: e.denyAssignment };
    case 'clockAdvanced':
    case 'refused':
      return null;
  }
}
