import type { Credential } from './credential.ts';
import type { DenyAssignment } from './denyAssignment.ts';
import type { EntityKind } from './event.ts';
import type { Policy } from './policy.ts';
import type { Principal } from './principal.ts';
import type { Request } from './request.ts';
import type { CustomRole } from './role.ts';
import type { Schedule } from './schedule.ts';
import type { Scope } from './scope.ts';

/** What is known of the state: all of it, or the part a batch of commands asked for. Entities are frozen values. */
export interface World {
  readonly request: Map<string, Request>;
  readonly schedule: Map<string, Schedule>;
  readonly policy: Map<string, Policy>;
  readonly scope: Map<string, Scope>;
  readonly principal: Map<string, Principal>;
  readonly credential: Map<string, Credential>;
  readonly role: Map<string, CustomRole>;
  readonly denyAssignment: Map<string, DenyAssignment>;
}

export interface Entities {
  readonly request: Request;
  readonly schedule: Schedule;
  readonly policy: Policy;
  readonly scope: Scope;
  readonly principal: Principal;
  readonly credential: Credential;
  readonly role: CustomRole;
  readonly denyAssignment: DenyAssignment;
}
export type Entity = Entities[EntityKind];

export const emptyWorld = (): World => ({
  request: new Map(),
  schedule: new Map(),
  policy: new Map(),
  scope: new Map(),
  principal: new Map(),
  credential: new Map(),
  role: new Map(),
  denyAssignment: new Map(),
});
