import type { Holding } from '../core/target.ts';
import type { PrincipalId, RoleKey } from '../core/values.ts';
import type { Asked } from './asked.ts';
import { PLANE } from './asked.ts';
import { labelOf, pathOf } from './place.ts';
import { principalType } from './principalWords.ts';
import { withoutNulls } from './resourceId.ts';
import { pimRoleIdAt } from './roleId.ts';
import { subscriptionOf } from './scope.ts';

/** The names beside the ids of a request, a schedule or an instance. */
export const expanded = (asked: Asked, holding: Holding): unknown => ({
  principal: person(asked, holding.principal),
  roleDefinition: roleLabel(asked, holding),
  scope: labelOf(asked.engine, holding.scope, asked.place),
});

function person({ engine }: Asked, id: PrincipalId): unknown {
  const known = engine.access.principal(id);
  const email = known?.mail ?? known?.upn ?? null;
  return withoutNulls({
    id,
    displayName: known?.displayName ?? null,
    email,
    type: principalType(engine, id),
  });
}

/** The names beside a role's id. */
export function roleLabel(asked: Asked, { role, scope }: Pick<Holding, 'role' | 'scope'>): unknown {
  const known = asked.engine.access.role(PLANE, role);
  const type = known?.builtIn === false ? 'CustomRole' : 'BuiltInRole';
  return withoutNulls({ id: roleIdOf(asked, role, scope), displayName: known?.name ?? null, type });
}

/** A role's id as PIM answers carry it: in a list made in a subscription every row has the subscription's form. */
export function roleIdOf({ engine, place }: Asked, role: RoleKey, scope: Holding['scope']): string {
  const written = subscriptionOf(place.key) === null ? scope : place.key;
  return pimRoleIdAt(role, written, pathOf(engine, written, place));
}
