import type { CredentialKind, CredentialOf } from '../../src/core/credential.ts';
import { stageEndsAt } from '../../src/core/request.ts';
import { dueAt, type Schedule } from '../../src/core/schedule.ts';
import { sameHolding } from '../../src/core/target.ts';
import { earlier, type Instant, type PrincipalId } from '../../src/core/values.ts';
import { emptyWorld, type World } from '../../src/core/world.ts';
import { Conflict, type Recording, type Store, type StoredLine } from '../../src/engine/ports.ts';
import { latestSeen } from '../../src/store/record/latestSeen.ts';
import { mustBeSound } from '../../src/store/record/sound.ts';
import { leftHeld, sameName } from './leftHeld.ts';
import { leftIn } from './leftIn.ts';
import { leftOpen } from './leftOpen.ts';
import { factsOf } from './modelFacts.ts';
import { byId, compare, modelQuestions } from './modelQuestions.ts';

const BEHIND_MAX_MS = 1_000;

/** The store as a world and a list of lines: the same port, so small that it is plainly right. */
export function modelStore(open = leftOpen): Store {
  let world = emptyWorld();
  let log: readonly StoredLine[] = [];
  const verifiers = new Map<string, string>();
  const all = () => ({ world: copyOf(world), seq: log.length });
  const timers = () => timersOf(world);

  return {
    facts: async (question) => copyOf(factsOf(world, question)),
    async record(recording) {
      const seen = latestSeen(log) ?? Number.NEGATIVE_INFINITY;
      if (recording.lines.some(({ event }) => event.at < seen - BEHIND_MAX_MS)) throw new Conflict([]);
      const after = applied(world, recording, open);
      world = after;
      log = [...log, ...recording.lines.map((line, i) => frozen({ ...line, seq: log.length + i + 1 }))];
      for (const { credential, verifier } of recording.verifiers) verifiers.set(credential, verifier);
      return log.length;
    },
    async due(now, limit) {
      const late = timers()
        .filter(({ at }) => at <= now)
        .slice(0, limit);
      const ids = (kind: string) => late.filter((t) => t.kind === kind).map(({ id }) => id as never);
      return { schedules: ids('schedule'), requests: ids('request') };
    },
    nextDue: async () => timers()[0]?.at ?? null,
    highWater: async () => latestSeen(log),
    linesAfter: async (seq, limit) => log.slice(seq, seq + limit),
    everything: async () => all(),
    accessState: async () => {
      const { scope, principal, schedule, ...more } = all().world;
      const role = new Map([...more.role].filter(([, r]) => r.removedAt === null));
      const denied = [...more.denyAssignment].filter(([, d]) => d.removedAt === null);
      const open = new Map([...schedule].filter(([, s]) => s.announced !== 'end'));
      const denyAssignment = new Map(denied);
      const world = { ...emptyWorld(), scope, principal, schedule: open, role, denyAssignment };
      return { world, seq: log.length };
    },

    ...modelQuestions(() => world),
    credentials: async <K extends CredentialKind>(principal: PrincipalId, kind: K) =>
      byId(world.credential).filter(
        (c): c is CredentialOf<K> => c.principal === principal && c.kind === kind,
      ),
    verifiers: async (principal, kind) =>
      byId(world.credential)
        .filter((c) => c.principal === principal && c.kind === kind)
        .flatMap((c) => verifiers.get(c.id) ?? []),
  };
}

/** The world after a batch; throws, and changes nothing, where the batch does not fit it. */
function applied(before: World, recording: Recording, stillOpen: typeof leftOpen): World {
  mustBeSound(recording);
  const expected = [
    ...recording.changes.map(({ kind, id, base }) => ({ kind, id, version: base })),
    ...recording.relies,
  ];
  const moved = expected.filter(({ kind, id, version }) => (before[kind].get(id)?.version ?? 0) !== version);
  if (moved.length > 0) throw new Conflict(moved.map(({ id }) => id));
  const after = copyOf(before);
  for (const { kind, id, entity } of recording.changes)
    (after[kind] as Map<string, unknown>).set(id, frozen(entity));
  const changed = recording.changes.flatMap(({ kind, id }) =>
    kind === 'schedule' ? (after.schedule.get(id) ?? []) : [],
  );
  if (anyOverlap(changed, [...after.schedule.values()])) throw new Conflict([]);
  if (sameName(after)) throw new Conflict([]);
  const open = [...stillOpen(recording, after), ...leftIn(recording, after), ...leftHeld(recording, after)];
  if (open.length > 0) throw new Conflict(open);
  return after;
}

/** INVARIANT(L4): of the schedules of one holding that are not announced as ended, no two share an instant. */
function anyOverlap(changed: readonly Schedule[], all: readonly Schedule[]): boolean {
  const open = (s: Schedule) => s.announced !== 'end' && s.start < endOf(s);
  const share = (a: Schedule, b: Schedule) =>
    a.id !== b.id && a.kind === b.kind && sameHolding(a, b) && a.start < endOf(b) && b.start < endOf(a);
  return changed.filter(open).some((a) => all.some((b) => open(b) && share(a, b)));
}
const endOf = (s: Schedule): number => earlier(s.end, s.endedAt) ?? Number.POSITIVE_INFINITY;

function timersOf({ schedule, request }: World) {
  const schedules = [...schedule.values()].map((s) => ({
    kind: 'schedule',
    id: s.id as string,
    at: dueAt(s),
  }));
  const requests = [...request.values()].map((r) => ({
    kind: 'request',
    id: r.id as string,
    at: stageEndsAt(r),
  }));
  return [...schedules, ...requests]
    .filter((t): t is typeof t & { at: Instant } => t.at !== null)
    .sort((a, b) => a.at - b.at || compare(a.id, b.id));
}

const copyOf = (world: World): World =>
  Object.fromEntries(
    Object.entries(world).map(([kind, entities]) => [kind, new Map(entities)]),
  ) as unknown as World;

/** A copy that nobody can change: neither the caller afterwards nor a reader. */
function frozen<T>(value: T): T {
  return freeze(structuredClone(value));
}
function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null)
    for (const part of Object.values(Object.freeze(value))) freeze(part);
  return value;
}
