import { actionMatcher } from './actionPattern.ts';
import { type About, conditionHolds } from './condition/evaluate.ts';
import { type DenyAssignment, names } from './denyAssignment.ts';
import type { Planes } from './plane.ts';
import type { Principal } from './principal.ts';
import type { CustomRole, Permission, RoleDefinition } from './role.ts';
import { roleIn } from './role.ts';
import type { Schedule } from './schedule.ts';
import { live } from './schedule.ts';
import { parentIn, type Scope } from './scope.ts';
import type { Plane } from './target.ts';
import type { Instant, PrincipalId, RoleKey, ScopeKey } from './values.ts';
import { earlier } from './values.ts';

/** What an access check reads: a whole index in memory, or the facts of one batch. */
export interface AccessView {
  /** Every assignment the principal holds itself, live or not. */
  assignmentsOf(principal: PrincipalId): Iterable<Schedule>;
  /** The same, of exactly one scope; whoever can find them more quickly than by looking at all says so. */
  assignmentsAt?(principal: PrincipalId, scope: ScopeKey): Iterable<Schedule>;
  /** The same, of those that make the principal a group's member. */
  membershipsOf?(principal: PrincipalId): Iterable<Schedule>;
  principal(id: PrincipalId): Principal | undefined;
  parentOf(scope: ScopeKey): ScopeKey | null;
  /** The role of this key, whoever defined it. */
  role(plane: Plane, key: RoleKey): RoleDefinition | undefined;
  /** The deny assignments at exactly this scope. */
  denialsAt(scope: ScopeKey): Iterable<DenyAssignment>;
  readonly planes: Planes;
}

export interface AccessQuestion {
  readonly principal: PrincipalId;
  readonly plane: Plane;
  readonly action: string;
  readonly scope: ScopeKey;
  /** True when the action is on data, false when it is on the resource. */
  readonly data?: boolean;
  /** The holding that is to be given or taken, where that is the question: some conditions ask about it. */
  readonly about?: About;
}

/** One assignment that allows it. */
export interface Ground {
  readonly schedule: Schedule;
  /** When this ground ends by itself; null is never. */
  readonly until: Instant | null;
}

export interface AccessAnswer {
  readonly allowed: boolean;
  /** When the last ground ends, if nothing changes; null is never, or not allowed at all. */
  readonly until: Instant | null;
  readonly because: readonly Ground[];
}

/** May this principal do this at t? Denied unless a live assignment allows it and no deny assignment stands against it. (Z1, T1) */
export function check(view: AccessView, q: AccessQuestion, t: Instant): AccessAnswer {
  const because = [...grounds(view, q, t)];
  const until = because.some((g) => g.until === null) ? null : Math.max(...because.map((g) => g.until ?? 0));
  return because.length === 0
    ? { allowed: false, until: null, because }
    : { allowed: true, until: until as Instant | null, because };
}

/** The first ground is enough for a yes. */
export const allows = (view: AccessView, q: AccessQuestion, t: Instant): boolean =>
  grounds(view, q, t).next().done !== true;

function* grounds(view: AccessView, q: AccessQuestion, t: Instant): Generator<Ground> {
  const containers = new Set(view.planes[q.plane].containers(q.scope, (s) => view.parentOf(s)));
  const who = identities(view, q.principal, t);
  const spared = sparedUntil(view, q, containers, who);
  if (spared === 'denied') return;
  for (const { principal, until } of who) {
    for (const s of heldAt(view, principal, containers)) {
      if (s.plane !== q.plane || !live(s, t) || !permits(view, s, q)) continue;
      yield { schedule: s, until: earlier(spared, earlier(until, s.end)) };
    }
  }
}

function* heldAt(
  view: AccessView,
  principal: PrincipalId,
  scopes: ReadonlySet<ScopeKey>,
): Generator<Schedule> {
  if (view.assignmentsAt) for (const scope of scopes) yield* view.assignmentsAt(principal, scope);
  else for (const s of view.assignmentsOf(principal)) if (scopes.has(s.scope)) yield s;
}

// Until when deny assignments let it pass: null is for good. Whom one spares as a member of a group is spared while a member.
function sparedUntil(
  view: AccessView,
  q: AccessQuestion,
  containers: ReadonlySet<ScopeKey>,
  who: readonly Identity[],
): Instant | null | 'denied' {
  let spared: Instant | null = null;
  for (const scope of containers) {
    for (const d of view.denialsAt(scope)) {
      if (!forbids(d, q) || !who.some((i) => names(d.principals, i.principal))) continue;
      const [first, ...others] = who.filter((i) => d.excluded.includes(i.principal)).map((i) => i.until);
      if (first === undefined) return 'denied';
      spared = earlier(
        spared,
        others.reduce((a, b) => (lasts(a, b) ? a : b), first),
      );
    }
  }
  return spared;
}

const forbids = (d: DenyAssignment, q: AccessQuestion): boolean =>
  d.plane === q.plane &&
  d.removedAt === null &&
  (!d.scopeOnly || d.scope === q.scope) &&
  d.permissions.some((p) => roleAllows(p, q.action, q.data === true));

// A condition that does not hold, or of which nobody knows whether it does, allows nothing: deny by default.
function permits(view: AccessView, s: Schedule, q: AccessQuestion): boolean {
  const role = view.role(s.plane, s.role);
  const met = (condition: string | undefined) => condition === undefined || conditionHolds(condition, q);
  const allowed = role?.permissions.some((p) => roleAllows(p, q.action, q.data === true) && met(p.condition));
  return allowed === true && met(s.condition?.text);
}

/** Whether one permission entry covers an action: what it allows, less what it takes away again. */
export function roleAllows(p: Permission, action: string, data: boolean): boolean {
  const m = matchers(p);
  return data ? m.data(action) && !m.notData(action) : m.action(action) && !m.notAction(action);
}

type Matcher = (action: string) => boolean;
const compiled = new WeakMap<
  Permission,
  { action: Matcher; notAction: Matcher; data: Matcher; notData: Matcher }
>();
function matchers(p: Permission) {
  const known = compiled.get(p);
  if (known) return known;
  const made = {
    action: actionMatcher(p.actions),
    notAction: actionMatcher(p.notActions),
    data: actionMatcher(p.dataActions),
    notData: actionMatcher(p.notDataActions),
  };
  compiled.set(p, made);
  return made;
}

/** Somebody as whom a principal acts: itself, or a group it is in, and how long. */
export interface Identity {
  readonly principal: PrincipalId;
  readonly until: Instant | null;
}

/** The principal and every enabled group it is in at t, transitively. Of several ways in, the one that lasts longest counts. */
export function identities(view: AccessView, principal: PrincipalId, t: Instant): readonly Identity[] {
  if (view.principal(principal)?.enabled !== true) return [];
  const best = new Map<PrincipalId, Instant | null>([[principal, null]]);
  const queue: PrincipalId[] = [principal];
  for (let member = queue.shift(); member !== undefined; member = queue.shift()) {
    const limit = best.get(member) ?? null;
    for (const { group, end } of memberships(view, member, t)) {
      const until = earlier(limit, end);
      if (best.has(group) && !lasts(until, best.get(group) ?? null)) continue;
      best.set(group, until);
      queue.push(group);
    }
  }
  return [...best].map(([id, until]) => ({ principal: id, until }));
}

/** Whether end a is later than end b, where null is never. */
const lasts = (a: Instant | null, b: Instant | null): boolean => b !== null && (a === null || a > b);

function* memberships(view: AccessView, member: PrincipalId, t: Instant) {
  for (const s of view.membershipsOf?.(member) ?? view.assignmentsOf(member)) {
    const group = view.planes[s.plane].membershipOf(s);
    if (group !== null && live(s, t) && view.principal(group)?.enabled === true) yield { group, end: s.end };
  }
}

/** The groups a principal is in at t, transitively. */
export const groupsOf = (view: AccessView, principal: PrincipalId, t: Instant): ReadonlySet<PrincipalId> =>
  new Set(
    identities(view, principal, t)
      .map((i) => i.principal)
      .filter((id) => id !== principal),
  );

/** The view over the facts of a decision. */
export function viewOf(facts: {
  readonly world: {
    readonly schedule: ReadonlyMap<string, Schedule>;
    readonly principal: ReadonlyMap<string, Principal>;
    readonly scope: ReadonlyMap<string, Scope>;
    readonly role: ReadonlyMap<string, CustomRole>;
    readonly denyAssignment: ReadonlyMap<string, DenyAssignment>;
  };
  readonly planes: Planes;
  readonly role: (plane: Plane, key: RoleKey) => RoleDefinition | undefined;
}): AccessView {
  const { world, planes, role } = facts;
  return {
    planes,
    role: (plane, key) => roleIn(role, world.role, plane, key),
    denialsAt: (scope) => [...world.denyAssignment.values()].filter((d) => d.scope === scope),
    principal: (id) => world.principal.get(id),
    parentOf: parentIn(world.scope),
    assignmentsOf: (id) =>
      [...world.schedule.values()].filter((s) => s.principal === id && s.kind === 'assignment'),
  };
}
