import type { Ask, Command, DefineRole, RemoveRole } from '../core/command.ts';
import { named, policyKeyOf } from '../core/decide/asking.ts';
import type { Planes } from '../core/plane.ts';
import { assignableAt, roleNameKey } from '../core/role.ts';
import { type Holding, holdingOf, type Target } from '../core/target.ts';
import { requestId, type ScopeKey, scheduleId, scopeKey } from '../core/values.ts';
import type { FactsQuestion, Store } from './ports.ts';

/** Asks for nothing. */
export const NOTHING: FactsQuestion = {
  principals: [],
  scopes: [],
  requests: [],
  schedules: [],
  expired: [],
  policies: [],
  credentials: [],
};

/** Which facts a command asks for. A review or removal by name first looks up whose holding it is about. */
export async function questionOf(store: Store, planes: Planes, cmd: Command): Promise<FactsQuestion> {
  switch (cmd.type) {
    case 'adminRemove':
      return join(asking(planes, cmd), administrators(planes, cmd.holding));
    case 'adminAssign':
    case 'adminUpdate':
    case 'adminExtend':
    case 'selfActivate':
    case 'selfDeactivate':
    case 'selfExtend':
      return asking(planes, cmd);
    case 'adminRenew':
    case 'selfRenew':
      return join(asking(planes, cmd), {
        ...NOTHING,
        expired: [{ ...holdingOf(cmd.holding), kind: cmd.kind }],
      });
    case 'cancel':
    case 'review': {
      const about = await store.request(cmd.request);
      return join(
        { ...NOTHING, principals: [cmd.actor.id], requests: [cmd.request] },
        about ? holdingFacts(planes, about) : NOTHING,
      );
    }
    case 'withdraw': {
      const about = await store.schedule(cmd.schedule);
      return join(
        { ...NOTHING, principals: [cmd.actor.id], schedules: [cmd.schedule] },
        about ? holdingFacts(planes, about) : NOTHING,
        about ? administrators(planes, about) : NOTHING,
      );
    }
    case 'grant':
      return join(holdingFacts(planes, cmd.holding), administrators(planes, cmd.holding), {
        ...NOTHING,
        principals: [cmd.actor.id],
        schedules: [cmd.schedule],
        requests: [requestId(cmd.schedule)],
      });
    case 'setPolicy':
      return join(targetFacts(planes, cmd.target), { ...NOTHING, principals: [cmd.actor.id] });
    case 'defineRole':
    case 'removeRole':
      return roleFacts(store, planes, cmd);
    case 'putDenyAssignment':
      return {
        ...NOTHING,
        scopes: [cmd.denyAssignment.scope],
        denyAssignments: [cmd.denyAssignment.id],
      };
    case 'removeDenyAssignment':
      return { ...NOTHING, denyAssignments: [cmd.denyAssignment] };
    case 'putScope':
    case 'changeScope':
    case 'tagScope':
    case 'deleteScope':
      return scopeFacts(planes, cmd);
    case 'putPrincipal':
      return { ...NOTHING, principals: [cmd.principal.id] };
    case 'addCredential':
      return { ...NOTHING, principals: [cmd.principal], credentials: [cmd.id] };
    case 'tick':
      return { ...NOTHING, schedules: cmd.schedules, requests: cmd.requests };
    case 'advanceClock':
      return NOTHING;
  }
}

// A scope that changes is asked for with all above it; one that moves or goes, with what is in it.
function scopeFacts(planes: Planes, cmd: ScopeCommand): FactsQuestion {
  const key = cmd.type === 'putScope' ? cmd.scope.key : cmd.scope;
  const parent = cmd.type === 'putScope' ? cmd.scope.parent : cmd.type === 'changeScope' ? cmd.parent : null;
  const goes = cmd.type === 'deleteScope';
  return {
    ...NOTHING,
    principals: [cmd.actor.id],
    scopes: scopesAbove(planes, cmd.plane, key, parent),
    ...(goes || cmd.type === 'changeScope' ? { below: [key] } : {}),
    ...(goes ? { emptied: [key] } : {}),
  };
}
type ScopeCommand = Extract<Command, { type: 'putScope' | 'changeScope' | 'tagScope' | 'deleteScope' }>;

function asking(planes: Planes, cmd: Ask): FactsQuestion {
  const name = named(cmd);
  return join(holdingFacts(planes, cmd.holding), {
    ...NOTHING,
    principals: [cmd.actor.id],
    requests: [cmd.id],
    schedules: [scheduleId(cmd.id), ...(name === null ? [] : [name])],
  });
}

const holdingFacts = (planes: Planes, holding: Holding): FactsQuestion => {
  const target = targetFacts(planes, holding);
  return { ...target, principals: [holding.principal] };
};

const targetFacts = (planes: Planes, target: Target): FactsQuestion => ({
  ...NOTHING,
  scopes: scopesAbove(planes, target.plane, target.scope, null),
  policies: [policyKeyOf({ planes }, target)],
  roles: [target.role],
});

// Whoever takes away a role that lets people give roles has to know who else has one.
const administrators = (planes: Planes, { plane, role }: Target): FactsQuestion => {
  const all = planes[plane].administrators;
  return { ...NOTHING, holdersOf: all.includes(role) ? all : [] };
};

// What the path alone says; the store adds what lies above by data. The tenant is where directory roles are held.
const scopesAbove = (
  planes: Planes,
  plane: Target['plane'],
  scope: ScopeKey,
  parent: ScopeKey | null,
): readonly ScopeKey[] => [
  ...planes[plane].containers(scope, () => null),
  ...(parent === null ? [] : [parent]),
  scopeKey('/'),
];

// Who changes a role must be allowed to wherever it may and could be given, so what stands now is looked up first; what lies
// above the scopes it is held at says whether it may be held there.
async function roleFacts(store: Store, planes: Planes, cmd: DefineRole | RemoveRole): Promise<FactsQuestion> {
  const [plane, id] = cmd.type === 'defineRole' ? [cmd.role.plane, cmd.role.id] : [cmd.plane, cmd.role];
  const question: FactsQuestion = { ...NOTHING, roles: [id], roleUses: [id] };
  const { role, schedule, request } = await store.facts(question);
  const drafts = [...role.values(), ...(cmd.type === 'defineRole' ? [cmd.role] : [])];
  const held = [...schedule.values(), ...request.values()].map(({ scope }) => scope);
  const scopes = [cmd.at, ...drafts.flatMap(assignableAt), ...held];
  return {
    ...question,
    principals: [cmd.actor.id],
    scopes: unique(scopes.flatMap((scope) => scopesAbove(planes, plane, scope, null))),
    roleNames: cmd.type === 'defineRole' ? [roleNameKey(cmd.role.name)] : [],
  };
}

/** The question that asks for both. */
export const join = (...all: readonly FactsQuestion[]): FactsQuestion => ({
  principals: unique(all.flatMap((q) => q.principals)),
  scopes: unique(all.flatMap((q) => q.scopes)),
  requests: unique(all.flatMap((q) => q.requests)),
  schedules: unique(all.flatMap((q) => q.schedules)),
  expired: all.flatMap((q) => q.expired),
  policies: all.flatMap((q) => q.policies),
  credentials: unique(all.flatMap((q) => q.credentials)),
  below: unique(all.flatMap((q) => q.below ?? [])),
  emptied: unique(all.flatMap((q) => q.emptied ?? [])),
  roles: unique(all.flatMap((q) => q.roles ?? [])),
  roleNames: unique(all.flatMap((q) => q.roleNames ?? [])),
  roleUses: unique(all.flatMap((q) => q.roleUses ?? [])),
  holdersOf: unique(all.flatMap((q) => q.holdersOf ?? [])),
  denyAssignments: unique(all.flatMap((q) => q.denyAssignments ?? [])),
});

const unique = <T>(list: readonly T[]): readonly T[] => [...new Set(list)];
