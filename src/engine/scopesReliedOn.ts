import type { Command } from '../core/command.ts';
import { containersIn } from '../core/decide/scopeTree.ts';
import type { EntityRef } from '../core/event.ts';
import type { Facts } from '../core/facts.ts';
import type { Plane } from '../core/target.ts';
import type { ScopeKey } from '../core/values.ts';

interface Where {
  readonly plane: Plane;
  readonly scopes: readonly (ScopeKey | null)[];
}

/**
 * The named scopes that contain what a command makes: none of them may have been deleted or moved meanwhile, else something
 * would be given in a scope that is gone, or by somebody whose authority went with the old parent. (Z2)
 */
export function scopesReliedOn(facts: Facts, cmd: Command): readonly EntityRef[] {
  const where = whereOf(cmd);
  if (!where) return [];
  const keys = where.scopes.flatMap((key) => (key === null ? [] : containersIn(facts, where.plane, key)));
  return [...new Set(keys)]
    .filter((key) => facts.world.scope.has(key))
    .map((id): EntityRef => ({ kind: 'scope', id }));
}

function whereOf(cmd: Command): Where | null {
  switch (cmd.type) {
    case 'adminAssign':
    case 'adminRenew':
    case 'selfRenew':
    case 'selfActivate':
    case 'grant':
      return { plane: cmd.holding.plane, scopes: [cmd.holding.scope] };
    case 'setPolicy':
      return { plane: cmd.target.plane, scopes: [cmd.target.scope] };
    case 'putScope':
      return { plane: cmd.plane, scopes: [cmd.scope.key, cmd.scope.parent] };
    case 'changeScope':
      return { plane: cmd.plane, scopes: [cmd.scope, cmd.parent] };
    case 'tagScope':
    case 'deleteScope':
      return { plane: cmd.plane, scopes: [cmd.scope] };
    case 'defineRole':
    case 'removeRole':
    case 'putDenyAssignment':
    case 'removeDenyAssignment':
    case 'adminUpdate':
    case 'adminExtend':
    case 'selfExtend':
    case 'adminRemove':
    case 'selfDeactivate':
    case 'cancel':
    case 'review':
    case 'withdraw':
    case 'putPrincipal':
    case 'addCredential':
    case 'tick':
    case 'advanceClock':
      return null;
  }
}
