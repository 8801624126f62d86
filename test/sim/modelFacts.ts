import { policyId } from '../../src/core/policy.ts';
import { type Request, waits } from '../../src/core/request.ts';
import type { Schedule } from '../../src/core/schedule.ts';
import { sameHolding } from '../../src/core/target.ts';
import { emptyWorld, type World } from '../../src/core/world.ts';
import type { FactsQuestion, HoldingOfKind } from '../../src/engine/ports.ts';
import { compare } from './modelQuestions.ts';

const open = (s: Schedule): boolean => s.announced !== 'end';
const pending = (r: Request): boolean => r.state === 'pendingApproval';
const undecided = (r: Request): boolean => r.state === 'pendingAdminDecision';
const makesMember = (s: Schedule): boolean =>
  open(s) && s.plane === 'groups' && s.kind === 'assignment' && s.role === 'member';

/** The part of a world that a batch asks for, as engine/ports.ts words it. */
export function factsOf(all: World, q: FactsQuestion): World {
  const schedules = [...all.schedule.values()];
  const requests = [...all.request.values()];
  const asked = requests.filter((r) => q.requests.includes(r.id));
  const named = new Set<string>([...q.principals, ...asked.flatMap((r) => [r.principal, r.requestor])]);
  const holders = closure(named, (id) =>
    schedules.filter((s) => makesMember(s) && s.principal === id).map((s) => s.scope),
  );
  const places = closure(
    [...q.scopes, ...asked.map((r) => r.scope)],
    (key) => all.scope.get(key as never)?.parent ?? [],
  );
  const under = closure(q.below ?? [], (key) =>
    [...all.scope.values()].filter((s) => s.parent === key || s.key.startsWith(`${key}/`)).map((s) => s.key),
  );
  const emptied = (scope: string) => lies(scope, q.emptied ?? []);

  const found = new Set<string>([
    ...q.schedules,
    ...asked.flatMap((r) => [r.id, r.uses ?? r.id, r.schedule ?? r.id]),
    ...q.expired.flatMap((h) => latestExpired(schedules, h) ?? []),
  ]);
  const held = (s: Schedule) =>
    open(s) && holders.has(s.principal) && (places.has(s.scope) || makesMember(s));
  const administers = (s: Schedule) =>
    open(s) && s.kind === 'assignment' && (q.holdersOf ?? []).includes(s.role) && places.has(s.scope);
  const loaded = schedules.filter(
    (s) => found.has(s.id) || held(s) || administers(s) || (open(s) && emptied(s.scope)),
  );
  const uses = <T extends Schedule | Request>(all: readonly T[], counts: (x: T) => boolean) =>
    firstEach(all.filter((x) => counts(x) && (q.roleUses ?? []).includes(x.role)));
  const [usedBySchedule, usedByRequest] = [uses(schedules, open), uses(requests, waits)];
  const roles = new Set<string>([...(q.roles ?? []), ...[...loaded, ...asked].map(({ role }) => role)]);
  const people = new Set<string>([
    ...holders,
    ...loaded.filter((s) => (q.holdersOf ?? []).includes(s.role)).map((s) => s.principal),
  ]);
  const eligibilities = new Set<string | null>(
    loaded.filter((s) => s.kind === 'eligibility').map((s) => s.id),
  );
  const derived = schedules.filter((s) => open(s) && eligibilities.has(s.activatedFrom));

  const about = new Set<string | null>(loaded.map((s) => s.id));
  const creators = new Set<string | null>([
    ...loaded.filter((s) => q.schedules.includes(s.id)).map((s) => s.createdBy),
    ...derived.map((s) => s.createdBy),
  ]);
  const grantedBy = new Set<string | null>(loaded.map((s) => s.createdBy));
  const wanted = (r: Request) =>
    asked.includes(r) ||
    creators.has(r.id) ||
    (r.state === 'granted' && grantedBy.has(r.id)) ||
    (pending(r) && eligibilities.has(r.uses)) ||
    (undecided(r) && about.has(r.schedule)) ||
    (waits(r) && (named.has(r.principal) || emptied(r.scope)));

  return {
    ...emptyWorld(),
    schedule: new Map([...loaded, ...derived, ...usedBySchedule].map((s) => [s.id, s])),
    request: new Map([...requests.filter(wanted), ...usedByRequest].map((r) => [r.id, r])),
    principal: only(all.principal, people),
    scope: only(all.scope, new Set([...places, ...under])),
    policy: new Map(
      [...all.policy].filter(([id, p]) => q.policies.some((k) => policyId(k) === id) || emptied(p.scope)),
    ),
    credential: only(all.credential, new Set(q.credentials)),
    role: rolesAsked(all, q, roles),
    denyAssignment: denialsAsked(all, q, places),
  };
}

const lies = (scope: string, roots: readonly string[]): boolean =>
  roots.some((root) => scope === root || scope.startsWith(`${root}/`));

const rolesAsked = (all: World, q: FactsQuestion, keys: ReadonlySet<string>): World['role'] =>
  new Map(
    [...all.role].filter(([id, r]) => keys.has(id) || (q.roleNames ?? []).includes(r.name.toLowerCase())),
  );

const denialsAsked = (all: World, q: FactsQuestion, places: ReadonlySet<string>): World['denyAssignment'] =>
  new Map(
    [...all.denyAssignment].filter(
      ([id, d]) => (q.denyAssignments ?? []).includes(id) || (d.removedAt === null && places.has(d.scope)),
    ),
  );

/** Of each role, at each scope, the one with the smallest id. */
function firstEach<T extends { readonly id: string; readonly role: string; readonly scope: string }>(
  all: readonly T[],
): readonly T[] {
  const sorted = [...all].sort((a, b) => (a.id < b.id ? -1 : 1));
  const key = (x: T) => `${x.role} ${x.scope}`;
  return sorted.filter((x, i) => sorted.findIndex((y) => key(y) === key(x)) === i);
}

function latestExpired(all: readonly Schedule[], h: HoldingOfKind): string | undefined {
  return all
    .filter(
      (s) => s.kind === h.kind && sameHolding(s, h) && s.endReason === 'expired' && s.activatedFrom === null,
    )
    .sort((a, b) => (b.end ?? 0) - (a.end ?? 0) || compare(a.id, b.id))[0]?.id;
}

function closure(
  from: Iterable<string>,
  next: (id: string) => string | readonly string[],
): ReadonlySet<string> {
  const found = new Set<string>(from);
  for (const id of found) for (const further of [next(id)].flat()) found.add(further);
  return found;
}

const only = <T>(all: ReadonlyMap<string, T>, ids: ReadonlySet<string>): Map<string, T> =>
  new Map([...all].filter(([id]) => ids.has(id)));
