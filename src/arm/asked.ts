import type { Plane } from '../core/target.ts';
import type { PrincipalId, ScopeKey } from '../core/values.ts';
import type { Engine } from '../engine/engine.ts';
import type { Answer, Call } from '../http/route.ts';
import { assertApiVersion, type ResourceType } from './apiVersions.ts';
import { type Place, pathOf, placeOf } from './place.ts';
import { authorizationFailed } from './problems.ts';
import type { Throttle } from './throttle.ts';

/** The plane all of this wire is about. */
export const PLANE: Plane = 'azure';

/** What the wire stands on. */
export interface Arm {
  readonly engine: Engine;
  readonly tenant: { readonly id: string; readonly displayName: string; readonly domain: string };
  readonly profile: 'friendly' | 'strict';
  /** How much each caller may ask; absent: as much as they like. */
  readonly throttle?: Throttle;
}

/** A call about something under Microsoft.Authorization at a scope that is there. */
export interface Asked extends Arm {
  readonly call: Call;
  readonly place: Place;
}

type Handler = (call: Call) => Promise<Answer>;

/** A handler behind the first checks of every call: the api-version, then the scope. */
export const atScope =
  (arm: Arm, type: ResourceType, handle: (asked: Asked) => Promise<Answer>): Handler =>
  async (call) => {
    assertApiVersion(call, type);
    return handle({ ...arm, call, place: placeOf(arm.engine, call.scope) });
  };

export const READ = 'Microsoft.Authorization/roleAssignments/read';
export const WRITE = 'Microsoft.Authorization/roleAssignments/write';

/** Whether the caller's roles let them do this at a scope. */
export const mayDo = (
  { engine, call }: Pick<Asked, 'engine' | 'call'>,
  action: string,
  scope: ScopeKey,
): boolean => engine.allows(call.caller.actor, PLANE, action, scope);

/** The error for those whose roles do not. */
export const mayNot = ({ engine, call }: Pick<Asked, 'engine' | 'call'>, action: string, scope: ScopeKey) =>
  authorizationFailed(call.caller, action, pathOf(engine, scope));

/** The caller and every group they are in. */
export const selves = ({ engine, call }: Pick<Asked, 'engine' | 'call'>): readonly PrincipalId[] => [
  call.caller.actor.id,
  ...engine.groupsOf(call.caller.actor.id),
];

/** Whether something at a scope is what a path at the place asked for means: it lies there, or no scope was given. */
export const isHere = ({ place }: Asked, scope: ScopeKey): boolean =>
  place.key === scope || place.kind === 'tenant';
