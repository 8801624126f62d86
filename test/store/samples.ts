import type { Approver } from '../../src/core/approval.ts';
import type { DenyAssignment, DenyDraft } from '../../src/core/denyAssignment.ts';
import type { Event } from '../../src/core/event.ts';
import type { Principal } from '../../src/core/principal.ts';
import type { Request } from '../../src/core/request.ts';
import type { CustomRole, Permission } from '../../src/core/role.ts';
import type { Schedule } from '../../src/core/schedule.ts';
import type { Scope } from '../../src/core/scope.ts';
import {
  days,
  type Instant,
  instant,
  principalId,
  requestId,
  roleKey,
  scheduleId,
  scopeKey,
} from '../../src/core/values.ts';

export const START = instant(Date.UTC(2030, 0, 1));
/** So many minutes after the start. */
export const at = (minute: number): Instant => instant(START + minute * 60_000);

export const guid = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
export const person = (n: number) => principalId(guid(0x1000 + n));
export const group = (n: number) => principalId(guid(0x2000 + n));
export const request = (n: number) => requestId(guid(0x3000 + n));
export const schedule = (n: number) => scheduleId(guid(0x3000 + n));

export const READER = roleKey('reader');
export const CUSTOM = roleKey('custom-1');
export const ROOT = scopeKey('/');
export const SUBSCRIPTION = scopeKey('/subscriptions/one');
export const RESOURCES = scopeKey('/subscriptions/one/resourcegroups/pay');
export const BESIDE = scopeKey('/subscriptions/one/resourcegroups/pay2');

export const principalPut = (id: Principal['id'], with_: Partial<Principal> = {}): Event => ({
  type: 'principalPut',
  at: START,
  principal: {
    id,
    kind: 'person',
    displayName: `Somebody ${id.slice(-2)}`,
    upn: null,
    mail: null,
    appId: null,
    enabled: true,
    roleAssignable: false,
    about: {},
    createdAt: START,
    version: 1,
    ...with_,
  },
});

export const scopePut = (key: Scope['key'], parent: Scope['key'] | null, version = 1): Event => ({
  type: 'scopePut',
  at: START,
  scope: {
    key,
    path: key,
    kind: 'resourceGroup',
    displayName: key,
    parent,
    tags: { environment: 'production' },
    location: null,
    createdAt: START,
    version,
  },
});

export const made = (id: Schedule['id'], with_: Partial<Schedule> = {}): Event => ({
  type: 'scheduleCreated',
  at: START,
  schedule: {
    id,
    plane: 'azure',
    role: READER,
    scope: SUBSCRIPTION,
    principal: person(1),
    kind: 'assignment',
    start: START,
    end: null,
    endedAt: null,
    endReason: null,
    activatedFrom: null,
    createdBy: null,
    createdAt: START,
    maker: null,
    updatedAt: START,
    amendedBy: null,
    condition: null,
    note: null,
    spelling: null,
    announced: 'nothing',
    version: 1,
    ...with_,
  },
});

export const READS: Permission = {
  actions: ['*/read'],
  notActions: [],
  dataActions: [],
  notDataActions: ['x/y'],
};

export const roleDefined = (id: CustomRole['id'], with_: Partial<CustomRole> = {}): Event => ({
  type: 'roleDefined',
  at: START,
  role: {
    id,
    plane: 'azure',
    name: `Role “${id}”`,
    description: 'for the tests',
    permissions: [READS],
    assignableScopes: [SUBSCRIPTION],
    createdAt: START,
    createdBy: person(1),
    updatedAt: START,
    updatedBy: person(1),
    removedAt: null,
    version: 1,
    ...with_,
  },
});

export const denial = (n: number, scope: Scope['key']): DenyDraft => ({
  id: guid(0x4000 + n),
  plane: 'azure',
  scope,
  name: `Denial ${n}`,
  description: '',
  permissions: [READS],
  principals: 'everyone',
  excluded: [person(2)],
  scopeOnly: false,
  systemProtected: true,
});
export const denied = (n: number, scope: Scope['key'], with_: Partial<DenyAssignment> = {}): Event => ({
  type: 'denyAssignmentPut',
  at: START,
  denyAssignment: {
    ...denial(n, scope),
    createdAt: START,
    createdBy: person(1),
    updatedAt: START,
    updatedBy: person(1),
    removedAt: null,
    version: 1,
    ...with_,
  },
});

/** Makes somebody a member of a group. */
export const member = (
  id: Schedule['id'],
  principal: Schedule['principal'],
  of: Schedule['principal'],
  more: Partial<Schedule> = {},
) => made(id, { plane: 'groups', role: roleKey('member'), scope: scopeKey(of), principal, ...more });

export const requested = (id: Request['id'], with_: Partial<Request> = {}): Event => ({
  type: 'requested',
  at: START,
  request: {
    id,
    plane: 'azure',
    role: READER,
    scope: SUBSCRIPTION,
    principal: person(1),
    action: 'selfActivate',
    kind: 'assignment',
    state: 'pendingApproval',
    requestor: person(1),
    createdAt: START,
    closedAt: null,
    period: { start: null, expiration: { type: 'noExpiration' } },
    start: START,
    end: null,
    uses: null,
    usesAsked: null,
    schedule: null,
    justification: 'because “it” must be; 🚪',
    ticket: { number: null, system: 'Jira' },
    condition: null,
    spelling: null,
    proof: { mfa: true, contexts: ['c1'] },
    stages: [stage(person(9))],
    stage: 0,
    stageSince: START,
    version: 1,
    ...with_,
  },
});

export const stage = (...approvers: readonly Approver['id'][]) => ({
  timeout: days(1),
  approverJustification: true,
  primary: approvers.map((id) => ({ id, of: 'person', backup: false, description: null }) as const),
  escalationEnabled: false,
  escalateAfter: days(0),
  escalation: [],
  votes: [],
});
