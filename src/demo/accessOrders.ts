import { SYSTEM } from '../core/actor.ts';
import type { Command } from '../core/command.ts';
import type { Holding } from '../core/target.ts';
import { after, days, type Instant, scopeKey } from '../core/values.ts';
import { MEMBER } from '../planes/groups.ts';
import { ADMINISTRATOR } from './applications.ts';
import { denials } from './denials.ts';
import { ELIGIBILITIES, ELIGIBLE_MEMBERS } from './eligibilities.ts';
import { GROUPS } from './groups.ts';
import type { Names } from './names.ts';
import { grantTo, makeEligible } from './orders.ts';
import { TERMS } from './policies.ts';
import { rulesOf } from './policyRules.ts';
import { type AzureRole, azureRole } from './roles.ts';
import { STANDING } from './standing.ts';

/** Who holds what on the first day, and who may activate what from when on. */
export const accessOrders = (names: Names, origin: Instant): readonly Command[] => [
  given('administrator', { ...OWNER_OF_ALL, principal: ADMINISTRATOR.id }),
  ...STANDING.map((row) => given(row.join(' '), roleHeld(names, ...row))),
  ...GROUPS.flatMap(({ name, members }) =>
    members.map((who) => given(`${who} in ${name}`, membership(names, who, name))),
  ),
  ...eligibilities(names, origin),
  ...policies(names),
  ...denials(names),
];

const OWNER_OF_ALL = { plane: 'azure', role: azureRole('Owner'), scope: scopeKey('/') } as const;
const given = (name: string, holding: Holding): Command => grantTo(SYSTEM, { name, holding });

const roleHeld = (names: Names, who: string, role: AzureRole, scope: string): Holding => ({
  plane: 'azure',
  principal: names.who(who),
  role: azureRole(role),
  scope: names.where(scope),
});

const membership = (names: Names, who: string, group: string): Holding => ({
  plane: 'groups',
  principal: names.who(who),
  role: MEMBER,
  scope: scopeKey(names.who(group)),
});

const eligibilities = (names: Names, origin: Instant): readonly Command[] => [
  ...ELIGIBILITIES.map(([who, role, scope, length, day]) => {
    const start = day === undefined ? {} : { start: after(origin, days(day)) };
    return eligible(`${who} ${role} ${scope}`, roleHeld(names, who, role, scope), { length, ...start });
  }),
  ...ELIGIBLE_MEMBERS.map(([who, group, length]) =>
    eligible(`${who} in ${group}`, membership(names, who, group), { length }),
  ),
];

const WHY = 'Just-in-time access instead of standing access';
const eligible = (
  name: string,
  holding: Holding,
  terms: { readonly length: string; readonly start?: Instant },
): Command => makeEligible(SYSTEM, { name: `eligible ${name}`, holding }, { ...terms, why: WHY });

const policies = (names: Names): readonly Command[] =>
  TERMS.flatMap((terms) =>
    terms.roles.flatMap((role) =>
      terms.scopes.map((scope) => ({
        type: 'setPolicy',
        actor: SYSTEM,
        target: { plane: 'azure', role: azureRole(role), scope: names.where(scope) },
        rules: rulesOf(terms),
      })),
    ),
  );
