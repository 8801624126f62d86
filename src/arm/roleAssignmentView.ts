import type { Schedule } from '../core/schedule.ts';
import { printInstant } from '../core/values.ts';
import type { Asked } from './asked.ts';
import { pathOf } from './place.ts';
import { principalType } from './principalWords.ts';
import { resourceId, typeOf, withoutNulls } from './resourceId.ts';
import { roleIdAt } from './roleId.ts';
import { subscriptionOf } from './scope.ts';

/** An assignment in force as a role assignment. */
export function roleAssignmentView({ engine, place }: Asked, s: Schedule): unknown {
  const path = pathOf(engine, s.scope, place);
  return {
    id: resourceId(path, 'roleAssignments', s.id),
    name: s.id,
    type: typeOf('roleAssignments'),
    properties: withoutNulls({
      // az shows a role's name only when this is, by exact text, an id of the roleDefinitions of the scope it asked.
      roleDefinitionId: roleIdAt(s.role, subscriptionOf(place.key) === null ? s.scope : place.key),
      principalId: s.principal,
      principalType: principalType(engine, s.principal),
      scope: path,
      description: s.note,
      condition: s.condition?.text,
      conditionVersion: s.condition?.version,
      createdOn: printInstant(s.createdAt),
      updatedOn: printInstant(s.updatedAt),
      createdBy: s.maker,
      updatedBy: s.amendedBy ?? s.maker,
    }),
  };
}
