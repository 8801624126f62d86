import type { Actor } from '../../src/core/actor.ts';
import type { Approver, StageRule } from '../../src/core/approval.ts';
import type { Facts } from '../../src/core/facts.ts';
import type { ApprovalRule, ExpirationRule, Policy, Rule } from '../../src/core/policy.ts';
import { policyId, withRules } from '../../src/core/policy.ts';
import type { Principal, PrincipalKind } from '../../src/core/principal.ts';
import type { Permission, RoleDefinition } from '../../src/core/role.ts';
import type { Schedule } from '../../src/core/schedule.ts';
import type { Scope } from '../../src/core/scope.ts';
import type { Plane, Target } from '../../src/core/target.ts';
import { PLANES } from '../../src/core/target.ts';
import {
  days,
  hours,
  type Instant,
  instant,
  minutes,
  type PrincipalId,
  principalId,
  roleKey,
  type ScopeKey,
  scheduleId,
  scopeKey,
  written,
} from '../../src/core/values.ts';
import type { World } from '../../src/core/world.ts';
import { emptyWorld } from '../../src/core/world.ts';
import { planes } from '../../src/planes/index.ts';

/** Tuesday morning; all lives begin here. */
export const T0: Instant = instant(Date.UTC(2026, 2, 3, 8));

/** The n-th name of a series, so that a test can read what it made. */
export const guid = (n: number, series = 0): string =>
  `${series.toString(16).padStart(8, '0')}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

const who = (n: number): PrincipalId => principalId(guid(n, 0xa));
export const RAVI = who(1);
export const ANIKA = who(2);
export const MINA = who(3);
/** Administers every target. */
export const OMAR = who(4);
/** A workload identity. */
export const BOT = who(5);
/** Ravi and Anika are members. */
export const ONCALL = who(6);
/** Whom policies name as approvers: Anika, and Ravi, who must still not approve for himself. */
export const APPROVERS = who(7);
/** The group that the groups plane's target is about. */
export const VAULT = who(8);

const ROOT = scopeKey('/');
export const SUBSCRIPTION = scopeKey(`/subscriptions/${guid(1, 0xb)}`);
export const GROUP_SCOPE = scopeKey(`${SUBSCRIPTION}/resourcegroups/payments`);
export const RESOURCE = scopeKey(`${GROUP_SCOPE}/providers/microsoft.keyvault/vaults/cards`);

/** The role whose life is told on each plane, and where. */
export const TARGETS: Readonly<Record<Plane, Target>> = {
  azure: { plane: 'azure', role: roleKey('contributor'), scope: GROUP_SCOPE },
  entra: { plane: 'entra', role: roleKey('helpdesk'), scope: ROOT },
  groups: { plane: 'groups', role: roleKey('member'), scope: scopeKey(VAULT) },
};
export const EVERY_PLANE = PLANES.map((plane) => ({ plane, target: TARGETS[plane] }));
/** What a holder of the target can do, to ask the access check with. */
export const ABILITY: Readonly<Record<Plane, string>> = {
  azure: 'Microsoft.KeyVault/vaults/read',
  entra: 'microsoft.directory/users/password/update',
  groups: 'open',
};

const permission = (given: Partial<Permission>): Permission => ({
  actions: [],
  notActions: [],
  dataActions: [],
  notDataActions: [],
  ...given,
});
const definition = (key: string, given: Partial<Permission>, assignableScopes = ['/']): RoleDefinition => ({
  key: roleKey(key),
  name: key,
  description: '',
  builtIn: true,
  permissions: [permission(given)],
  assignableScopes,
});

const ROLES: Readonly<Record<Plane, readonly RoleDefinition[]>> = {
  azure: [
    definition('owner', { actions: ['*'] }),
    definition('contributor', { actions: ['*'], notActions: ['Microsoft.Authorization/*/Write'] }),
    definition('reader', { actions: ['*/read'] }),
    definition('blobs', { dataActions: ['Microsoft.Storage/*'], notDataActions: ['*/delete'] }),
    definition('local', { actions: ['*'] }, [GROUP_SCOPE]),
  ],
  entra: [
    definition('privileged', {
      actions: [
        'microsoft.directory/roleAssignments/allProperties/allTasks',
        'microsoft.directory/groups/members/update',
      ],
    }),
    definition('helpdesk', { actions: ['microsoft.directory/users/password/update'] }),
  ],
  groups: [definition('member', { actions: ['open'] }), definition('owner', {})],
};
export const role: Facts['role'] = (plane, key) => ROLES[plane].find((r) => r.key === key);

export const PLANES_HERE = planes({ activationFloor: minutes(5), groupCeiling: hours(24) });
export const RULES: Omit<Facts, 'world'> = {
  planes: PLANES_HERE,
  role,
  settings: { removalFloor: minutes(0) },
};

const principal = (id: PrincipalId, kind: PrincipalKind, displayName: string): Principal => ({
  id,
  kind,
  displayName,
  upn: kind === 'person' ? `${displayName.toLowerCase()}@example.com` : null,
  mail: null,
  appId: kind === 'workload' ? id : null,
  enabled: true,
  roleAssignable: true,
  about: {},
  createdAt: T0,
  version: 1,
});
const scope = (key: ScopeKey, kind: Scope['kind'], parent: ScopeKey | null): Scope => ({
  key,
  path: key,
  kind,
  displayName: key,
  parent,
  tags: {},
  location: null,
  createdAt: T0,
  body: null,
  deletedAt: null,
  version: 1,
});

let made = 0;
/** An assignment or eligibility that stands since long ago, unless told otherwise. */
export const schedule = (given: Partial<Schedule> & Pick<Schedule, 'principal'> & Target): Schedule => ({
  id: scheduleId(guid(++made, 0xc)),
  kind: 'assignment',
  start: instant(T0 - days(30)),
  end: null,
  endedAt: null,
  endReason: null,
  activatedFrom: null,
  createdBy: null,
  createdAt: instant(T0 - days(30)),
  updatedAt: instant(T0 - days(30)),
  condition: null,
  note: null,
  maker: null,
  amendedBy: null,
  spelling: null,
  announced: 'begin',
  version: 1,
  ...given,
});
export const memberOf = (group: PrincipalId, member: PrincipalId, given: Partial<Schedule> = {}): Schedule =>
  schedule({
    principal: member,
    plane: 'groups',
    role: roleKey('member'),
    scope: scopeKey(group),
    ...given,
  });
export const eligible = (target: Target, holder: PrincipalId, given: Partial<Schedule> = {}): Schedule =>
  schedule({ ...target, principal: holder, kind: 'eligibility', ...given });

/** The estate before anybody is eligible for anything: people, groups, scopes, and Omar's standing administration. */
export function estate(...more: readonly Schedule[]): World {
  const world = emptyWorld();
  const people: readonly (readonly [PrincipalId, PrincipalKind, string])[] = [
    [RAVI, 'person', 'Ravi'],
    [ANIKA, 'person', 'Anika'],
    [MINA, 'person', 'Mina'],
    [OMAR, 'person', 'Omar'],
    [BOT, 'workload', 'Bot'],
    [ONCALL, 'group', 'Oncall'],
    [APPROVERS, 'group', 'Approvers'],
    [VAULT, 'group', 'Vault'],
  ];
  for (const [id, kind, name] of people) world.principal.set(id, principal(id, kind, name));
  world.scope.set(ROOT, scope(ROOT, 'tenant', null));
  world.scope.set(SUBSCRIPTION, scope(SUBSCRIPTION, 'subscription', ROOT));
  world.scope.set(GROUP_SCOPE, scope(GROUP_SCOPE, 'resourceGroup', SUBSCRIPTION));
  const standing = [
    schedule({ principal: OMAR, plane: 'azure', role: roleKey('owner'), scope: ROOT }),
    schedule({ principal: OMAR, plane: 'entra', role: roleKey('privileged'), scope: ROOT }),
    memberOf(ONCALL, RAVI),
    memberOf(ONCALL, ANIKA),
    memberOf(APPROVERS, ANIKA),
    memberOf(APPROVERS, RAVI),
  ];
  for (const [i, s] of standing.entries()) standing[i] = { ...s, id: scheduleId(guid(i + 1, 0x5)) };
  for (const s of [...standing, ...more]) world.schedule.set(s.id, s);
  return world;
}
export const factsOf = (world: World, given: Partial<Facts> = {}): Facts => ({ ...RULES, world, ...given });

export const person = (id: PrincipalId, given: Partial<Actor> = {}): Actor => ({
  id,
  kind: id === BOT ? 'workload' : 'person',
  mfa: true,
  contexts: [],
  ...given,
});

const approver = (id: PrincipalId, of: Approver['of']): Approver => ({
  id,
  of,
  backup: false,
  description: null,
});
export const stage = (given: Partial<StageRule> = {}): StageRule => ({
  timeout: days(1),
  approverJustification: true,
  primary: [approver(APPROVERS, 'group')],
  escalationEnabled: false,
  escalateAfter: minutes(0),
  escalation: [],
  ...given,
});
export const named = (...ids: readonly PrincipalId[]): StageRule =>
  stage({ primary: ids.map((id) => approver(id, id === APPROVERS || id === ONCALL ? 'group' : 'person')) });

/** The approval rule of an activation that wants a yes from each of these stages. */
export const consent = (...stages: readonly StageRule[]): ApprovalRule => ({
  caller: 'endUser',
  level: 'assignment',
  kind: 'approval',
  required: true,
  requiredForExtension: false,
  requestorJustification: true,
  mode: stages.length > 1 ? 'serial' : 'singleStage',
  stages,
});

/** The rule that eligibilities must end within this. */
export const yearly: ExpirationRule = {
  caller: 'admin',
  level: 'eligibility',
  kind: 'expiration',
  required: true,
  maximum: written(days(365)),
  exceptions: [],
};

/** The target's policy with some rules replaced, put into the world. */
export function withPolicy(world: World, target: Target, ...rules: readonly Rule[]): World {
  const plane = PLANES_HERE[target.plane];
  const key = { plane: target.plane, ...plane.policyOf(target) };
  const there = world.policy.get(policyId(key));
  const policy: Policy = {
    ...key,
    rules: withRules(there?.rules ?? plane.defaultRules, rules),
    changedBy: OMAR,
    changedAt: T0,
    version: (there?.version ?? 0) + 1,
  };
  world.policy.set(policyId(key), policy);
  return world;
}
