import type { Policy } from '../core/policy.ts';
import { printInstant } from '../core/values.ts';
import type { Asked } from './asked.ts';
import { roleIdOf, roleLabel } from './expanded.ts';
import { labelOf } from './place.ts';
import { policyName } from './policyName.ts';
import { ruleView } from './policyRuleView.ts';
import { principalType } from './principalWords.ts';
import { resourceId, typeOf, withoutNulls } from './resourceId.ts';

const TYPE = 'roleManagementPolicies';
const idOf = ({ place }: Asked, p: Policy): string =>
  resourceId(place.path, TYPE, policyName(p.scope, p.role));

/** A policy as the wire shows it. Settings are not inherited, so the rules are also what is enforced. */
export function policyView(asked: Asked, p: Policy): unknown {
  const rules = p.rules.map(ruleView);
  return {
    id: idOf(asked, p),
    name: policyName(p.scope, p.role),
    type: typeOf(TYPE),
    properties: withoutNulls({
      scope: asked.place.path,
      isOrganizationDefault: p.changedAt === null,
      lastModifiedBy: changer(asked, p),
      lastModifiedDateTime: changedAt(p),
      rules,
      effectiveRules: rules,
      policyProperties: { scope: labelOf(asked.engine, p.scope, asked.place) },
    }),
  };
}

/** Which policy governs a role at a scope. */
export function policyAssignmentView(asked: Asked, p: Policy): unknown {
  const name = policyAssignmentName(p);
  const role = roleIdOf(asked, p.role, p.scope);
  return {
    id: resourceId(asked.place.path, 'roleManagementPolicyAssignments', name),
    name,
    type: typeOf('roleManagementPolicyAssignments'),
    properties: {
      scope: asked.place.path,
      roleDefinitionId: role,
      policyId: idOf(asked, p),
      effectiveRules: p.rules.map(ruleView),
      policyAssignmentProperties: {
        scope: labelOf(asked.engine, p.scope, asked.place),
        roleDefinition: roleLabel(asked, p),
        policy: withoutNulls({
          id: idOf(asked, p),
          lastModifiedBy: changer(asked, p),
          lastModifiedDateTime: changedAt(p),
        }),
      },
    },
  };
}

export const policyAssignmentName = (p: Pick<Policy, 'scope' | 'role'>): string =>
  `${policyName(p.scope, p.role)}_${p.role}`;

const changedAt = (p: Policy): string | null => (p.changedAt === null ? null : printInstant(p.changedAt));

function changer({ engine }: Asked, { changedBy }: Policy): unknown {
  const who = changedBy === null ? undefined : engine.access.principal(changedBy);
  return withoutNulls({
    id: changedBy,
    displayName: who?.displayName,
    type: changedBy && principalType(engine, changedBy),
    email: who?.mail ?? who?.upn,
  });
}
