import type { Ask, Command } from '../core/command.ts';
import { named, policyKeyOf } from '../core/decide/asking.ts';
import type { Planes } from '../core/plane.ts';
import { type Holding, holdingOf, type Target } from '../core/target.ts';
import { requestId, type ScopeKey, scheduleId, scopeKey } from '../core/values.ts';
import type { FactsQuestion, Store } from './ports.ts';

const NOTHING: FactsQuestion = {
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
    case 'adminAssign':
    case 'adminUpdate':
    case 'adminExtend':
    case 'adminRemove':
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
      );
    }
    case 'grant':
      return join(holdingFacts(planes, cmd.holding), {
        ...NOTHING,
        principals: [cmd.actor.id],
        schedules: [cmd.schedule],
        requests: [requestId(cmd.schedule)],
      });
    case 'setPolicy':
      return join(targetFacts(planes, cmd.target), { ...NOTHING, principals: [cmd.actor.id] });
    case 'putScope':
      return {
        ...NOTHING,
        principals: [cmd.actor.id],
        scopes: scopesAbove(planes, cmd.plane, cmd.scope.key, cmd.scope.parent),
      };
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
});

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

/** The question that asks for both. */
export const join = (...all: readonly FactsQuestion[]): FactsQuestion => ({
  principals: unique(all.flatMap((q) => q.principals)),
  scopes: unique(all.flatMap((q) => q.scopes)),
  requests: unique(all.flatMap((q) => q.requests)),
  schedules: unique(all.flatMap((q) => q.schedules)),
  expired: all.flatMap((q) => q.expired),
  policies: all.flatMap((q) => q.policies),
  credentials: unique(all.flatMap((q) => q.credentials)),
});

const unique = <T>(list: readonly T[]): readonly T[] => [...new Set(list)];
