import { policyKeyOf } from '../core/decide/asking.ts';
import type { Policy } from '../core/policy.ts';
import { policyId } from '../core/policy.ts';
import { assignableAt } from '../core/role.ts';
import { live } from '../core/schedule.ts';
import type { Target } from '../core/target.ts';
import type { RoleKey } from '../core/values.ts';
import { roleKey } from '../core/values.ts';
import { builtinRoles } from '../engine/builtinRoles.ts';
import type { Asked } from './asked.ts';
import { mayDo, mayNot, PLANE, READ, selves } from './asked.ts';
import type { Terms } from './filter.ts';
import { pageOfAll } from './paging.ts';
import { containersOf } from './place.ts';

/** The policies of roles at the place asked for: what was set, or the default. Every role has one at every scope. */
async function policiesOf(asked: Asked, roles: readonly RoleKey[]): Promise<readonly Policy[]> {
  const { engine } = asked;
  const keys = roles.map((role) => policyKeyOf(engine.facts, targetOf(asked, role)));
  const set = new Map((await engine.store.policies(keys)).map((p) => [policyId(p), p]));
  const { defaultRules } = engine.facts.planes[PLANE];
  return keys.map(
    (key) =>
      set.get(policyId(key)) ?? { ...key, rules: defaultRules, changedBy: null, changedAt: null, version: 0 },
  );
}

export async function policyOf(asked: Asked, role: RoleKey): Promise<Policy> {
  const [policy] = await policiesOf(asked, [role]);
  if (!policy) throw new Error('bug: a role without a policy');
  return policy;
}

export const targetOf = ({ place }: Asked, role: RoleKey): Target => ({
  plane: PLANE,
  scope: place.key,
  role,
});

/** One page of the policies a filter asks for; exactly one when it names a role. */
export async function policyPage(asked: Asked, terms: Terms) {
  const named = terms.roleDefinitionId?.map(roleKey).filter((role) => asked.engine.access.role(PLANE, role));
  const roles = named ?? [...builtinRoles().keys(), ...customAt(asked)];
  const allowed =
    mayDo(asked, READ, asked.place.key) || (named?.every((role) => mayActivate(asked, role)) ?? false);
  if (!allowed) throw mayNot(asked, READ, asked.place.key);
  const { rows, next } = pageOfAll(asked.call, roles, (role) => role);
  return { policies: await policiesOf(asked, rows), next };
}

// The custom roles that can be given here.
const customAt = ({ engine, place }: Asked): readonly RoleKey[] =>
  [...engine.access.roles()]
    .filter((r) => assignableAt(r).some((s) => containersOf(engine, place.key).includes(s)))
    .map((r) => r.id);

/** Who may read the policy of a role: readers of the scope, and those whom it will be asked about. */
export const mayReadPolicy = (asked: Asked, role: RoleKey): boolean =>
  mayDo(asked, READ, asked.place.key) || mayActivate(asked, role);

function mayActivate(asked: Asked, role: RoleKey): boolean {
  const { engine, place } = asked;
  const [now, above] = [engine.now(), containersOf(engine, place.key)];
  return selves(asked).some((id) =>
    [...engine.access.eligibilitiesOf(id)].some(
      (s) => s.plane === PLANE && s.role === role && above.includes(s.scope) && live(s, now),
    ),
  );
}
