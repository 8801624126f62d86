import { policyId } from '../../src/core/policy.ts';
import { live, standing } from '../../src/core/schedule.ts';
import type { ScopeKey } from '../../src/core/values.ts';
import type { World } from '../../src/core/world.ts';
import type { Page, Paging, ScopeFilter, Store } from '../../src/engine/ports.ts';

type Questions = Pick<
  Store,
  'request' | 'schedule' | 'policies' | 'schedules' | 'requests' | 'principals' | 'scopes'
>;

/** The store's questions about one kind of entity, by looking at all of them. */
export const modelQuestions = (now: () => World): Questions => ({
  request: async (id) => now().request.get(id) ?? null,
  schedule: async (id) => now().schedule.get(id) ?? null,
  policies: async (keys) =>
    byId(now().policy).filter((p) => keys.some((key) => policyId(key) === policyId(p))),
  schedules: async (q) =>
    page(
      now().schedule,
      q,
      (s) =>
        s.plane === q.plane &&
        s.kind === q.kind &&
        within(s.scope, q.scope) &&
        oneOf(q.principals, s.principal) &&
        oneOf(q.roles, s.role) &&
        oneOf(q.ids, s.id) &&
        (q.liveAt === undefined || live(s, q.liveAt)) &&
        (q.standingAt === undefined || standing(s, q.standingAt)),
    ),
  requests: async (q) =>
    page(
      now().request,
      q,
      (r) =>
        r.plane === q.plane &&
        (q.kind === undefined || r.kind === q.kind) &&
        within(r.scope, q.scope) &&
        oneOf(q.principals, r.principal) &&
        oneOf(q.requestors, r.requestor) &&
        oneOf(q.roles, r.role) &&
        oneOf(q.states, r.state) &&
        (q.approvers === undefined ||
          r.stages.some((s) =>
            s.decidedBy
              ? oneOf(q.approvers, s.decidedBy)
              : s.primary.some(({ id }) => oneOf(q.approvers, id)),
          )),
    ),
  principals: async (q) =>
    page(
      now().principal,
      q,
      (p) =>
        oneOf(q.kinds, p.kind) &&
        oneOf(q.ids, p.id) &&
        (!q.is || sameText(q.is.field, p[q.is.field], q.is.value)) &&
        (!q.startsWith || starts(p[q.startsWith.field], q.startsWith.value)),
    ),
  scopes: async () => byId(now().scope),
});

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
export const byId = <T>(entities: ReadonlyMap<string, T>): readonly T[] =>
  [...entities].sort(([a], [b]) => compare(a, b)).map(([, entity]) => entity);

function page<T extends { readonly id: string }>(
  all: ReadonlyMap<string, T>,
  q: Paging,
  holds: (entity: T) => boolean,
): Page<T> {
  const found = byId(all).filter((e) => holds(e) && (!q.after || e.id > q.after));
  const rows = found.slice(0, q.limit);
  return { rows, next: found.length > q.limit ? (rows.at(-1)?.id ?? null) : null };
}

const oneOf = <T>(wanted: readonly T[] | undefined, value: T): boolean =>
  wanted === undefined || wanted.includes(value);

function within(scope: ScopeKey, filter: ScopeFilter | undefined): boolean {
  const below = (root: string) => root === '/' || scope === root || scope.startsWith(`${root}/`);
  return filter === undefined || (filter.at ?? []).includes(scope) || (filter.below ?? []).some(below);
}

const CASE_COUNTS_NOT = ['upn', 'mail'];
const sameText = (field: string, has: string | null, wanted: string): boolean =>
  CASE_COUNTS_NOT.includes(field) ? has?.toLowerCase() === wanted.toLowerCase() : has === wanted;
const starts = (has: string | null, wanted: string): boolean =>
  has?.toLowerCase().startsWith(wanted.toLowerCase()) ?? false;
