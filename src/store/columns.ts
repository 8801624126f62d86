import type { Stage } from '../core/approval.ts';
import type { EntityKind } from '../core/event.ts';
import { policyId } from '../core/policy.ts';
import { stageEndsAt } from '../core/request.ts';
import { assignableAt, roleNameKey } from '../core/role.ts';
import { dueAt } from '../core/schedule.ts';
import type { Instant } from '../core/values.ts';
import type { Entities } from '../core/world.ts';
import { readInstant, writeInstant } from './instants.ts';

/** How a field is stored: as it is, or as a timestamptz. */
type Stored = 'plain' | 'instant';
type Fields<T> = { readonly [F in keyof T]-?: Stored };

const MADE_AND_CHANGED = {
  createdAt: 'instant',
  createdBy: 'plain',
  updatedAt: 'instant',
  updatedBy: 'plain',
  removedAt: 'instant',
  version: 'plain',
} as const;
const PLAIN_TARGET = { plane: 'plain', role: 'plain', scope: 'plain', principal: 'plain' } as const;

// A field that an entity gains does not compile until it has its line here; its column has the same name in snake case.
const FIELDS: { readonly [K in EntityKind]: Fields<Entities[K]> } = {
  scope: {
    key: 'plain',
    path: 'plain',
    kind: 'plain',
    displayName: 'plain',
    parent: 'plain',
    tags: 'plain',
    location: 'plain',
    body: 'plain',
    createdAt: 'instant',
    deletedAt: 'instant',
    version: 'plain',
  },
  principal: {
    id: 'plain',
    kind: 'plain',
    displayName: 'plain',
    upn: 'plain',
    mail: 'plain',
    appId: 'plain',
    enabled: 'plain',
    roleAssignable: 'plain',
    about: 'plain',
    createdAt: 'instant',
    version: 'plain',
  },
  credential: {
    id: 'plain',
    principal: 'plain',
    kind: 'plain',
    recognizedBy: 'plain',
    createdAt: 'instant',
    version: 'plain',
  },
  policy: {
    plane: 'plain',
    scope: 'plain',
    role: 'plain',
    rules: 'plain',
    changedBy: 'plain',
    changedAt: 'instant',
    version: 'plain',
  },
  schedule: {
    ...PLAIN_TARGET,
    id: 'plain',
    kind: 'plain',
    start: 'instant',
    end: 'instant',
    endedAt: 'instant',
    endReason: 'plain',
    activatedFrom: 'plain',
    createdBy: 'plain',
    createdAt: 'instant',
    maker: 'plain',
    updatedAt: 'instant',
    amendedBy: 'plain',
    condition: 'plain',
    note: 'plain',
    spelling: 'plain',
    announced: 'plain',
    version: 'plain',
  },
  request: {
    ...PLAIN_TARGET,
    id: 'plain',
    action: 'plain',
    kind: 'plain',
    state: 'plain',
    requestor: 'plain',
    createdAt: 'instant',
    closedAt: 'instant',
    period: 'plain',
    start: 'instant',
    end: 'instant',
    uses: 'plain',
    usesAsked: 'plain',
    schedule: 'plain',
    justification: 'plain',
    ticket: 'plain',
    condition: 'plain',
    spelling: 'plain',
    proof: 'plain',
    stages: 'plain',
    stage: 'plain',
    stageSince: 'instant',
    version: 'plain',
  },
  role: {
    ...MADE_AND_CHANGED,
    id: 'plain',
    plane: 'plain',
    name: 'plain',
    description: 'plain',
    permissions: 'plain',
    assignableScopes: 'plain',
  },
  denyAssignment: {
    ...MADE_AND_CHANGED,
    id: 'plain',
    plane: 'plain',
    scope: 'plain',
    name: 'plain',
    description: 'plain',
    permissions: 'plain',
    principals: 'plain',
    excluded: 'plain',
    scopeOnly: 'plain',
    systemProtected: 'plain',
  },
};

// What is asked for and no field says: computed where it is written, so that the database and the core cannot differ.
const COMPUTED: { readonly [K in EntityKind]: (entity: Entities[K]) => object } = {
  scope: () => ({}),
  principal: (p) => ({ upn_key: lower(p.upn), mail_key: lower(p.mail), name_key: lower(p.displayName) }),
  credential: () => ({}),
  policy: (p) => ({ id: policyId(p) }),
  role: (r) => ({ name_key: roleNameKey(r.name), assignable_keys: assignableAt(r) }),
  denyAssignment: () => ({}),
  schedule: (s) => ({ due_at: stored(dueAt(s)) }),
  request: (r) => ({
    due_at: stored(stageEndsAt(r)),
    approvers: [...new Set(r.stages.flatMap(namedIn))],
  }),
};

const namedIn = (s: Stage): readonly string[] =>
  s.decidedBy ? [s.decidedBy] : s.primary.map(({ id }) => id);

export type Row = { readonly [column: string]: unknown };

/** How names are compared where case does not count. */
export const lower = <T extends string | null>(text: T): T =>
  (text === null ? text : text.toLowerCase()) as T;

const stored = (t: Instant | null): string | null => (t === null ? null : writeInstant(t));
const columnOf = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

interface Column {
  readonly field: string;
  readonly column: string;
  readonly instant: boolean;
}
const columnsOf = (fields: { readonly [field: string]: Stored }): readonly Column[] =>
  Object.entries(fields).map(([field, as]) => ({
    field,
    column: columnOf(field),
    instant: as === 'instant',
  }));
const COLUMNS = Object.fromEntries(
  Object.entries(FIELDS).map(([kind, fields]) => [kind, columnsOf(fields)]),
) as { readonly [K in EntityKind]: readonly Column[] };

/** An entity as the row of its table, in JSON's types. */
export function toRow<K extends EntityKind>(kind: K, entity: Entities[K]): Row {
  const values = entity as unknown as Row;
  const fields = COLUMNS[kind].map(({ field, column, instant }) => {
    const value = values[field] ?? null;
    return [column, instant ? stored(value as Instant | null) : value];
  });
  return { ...Object.fromEntries(fields), ...COMPUTED[kind](entity) };
}

/** A row, as row_to_json gives it, as the entity it holds. */
export function fromRow<K extends EntityKind>(kind: K, row: Row): Entities[K] {
  const fields = COLUMNS[kind].map(({ field, column, instant }) => {
    const value = row[column];
    return [field, instant && value !== null ? readInstant(value as string) : value];
  });
  return Object.fromEntries(fields) as unknown as Entities[K];
}
