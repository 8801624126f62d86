import type { EntityKind, Event } from '../core/event.ts';
import { evolve } from '../core/evolve.ts';
import type { Principal } from '../core/principal.ts';
import type { PrincipalId, ScheduleId, ScopeKey } from '../core/values.ts';
import { type Entities, type Entity, emptyWorld, type World } from '../core/world.ts';
import type { AccessIndex } from './accessIndex.ts';
import type { Change, Store, StoredLine } from './ports.ts';
import { NOTHING } from './question.ts';

export interface FollowerParts {
  readonly store: Pick<Store, 'linesAfter' | 'accessState' | 'facts'>;
  readonly access: AccessIndex;
  /** The change number the index starts from, and when it was asked for. */
  readonly start: { readonly seq: number; readonly askedAt: number };
  /** Whether others write to the store, too. */
  readonly others: boolean;
  /** Milliseconds that only grow. */
  readonly monotonic: () => number;
  /** Told of every line that is taken over, in order. */
  readonly told: (event: Event) => void;
}

/** Keeps the index in step with the log, whoever writes it, by change number. (Z5) */
export interface Follower {
  /** Up to when nothing is missing, by the monotonic clock; never, while something is known to be missing. */
  currentAt(): number;
  /** This replica wrote so many lines, the last of them with this number; the index has been told the changes. */
  wrote(seq: number, lines: number, changes: readonly Change[]): void;
  /** Somebody wrote up to this number. */
  rang(seq: number): void;
  /** The log ended at this number when it was asked for at this time. */
  heard(seq: number, askedAt: number): void;
  /** Takes over everything that was written before the call. */
  catchUp(): Promise<void>;
  /** A write may have happened: the index is not to be relied on before it was read again. */
  doubt(): void;
  doubtful(): boolean;
  /** Reads the index again if there is doubt; where nobody else writes, while nothing is being written. */
  mend(): Promise<void>;
}

const PAGE = 1_000;
const NEVER = Number.NEGATIVE_INFINITY;

export function follower(parts: FollowerParts): Follower {
  const { store, access, monotonic } = parts;
  const held = holdingsOf(access);
  // What this replica wrote after lines it has not seen yet: these are older and must not come back. By entity.
  const ahead = new Map<string, { readonly version: number; readonly seq: number }>();
  let position = parts.start.seq;
  let current = parts.start.askedAt;
  let doubtful = false;
  let whole = true;
  let turn: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  // One round after the other; whoever comes while one is under way shares the one after it.
  function catchUp(): Promise<void> {
    if (next) return next;
    const begin = () => {
      next = null;
      return round();
    };
    next = turn.then(begin, begin);
    turn = next;
    return next;
  }
  const catchUpSoon = () => void catchUp().catch(() => {});

  async function round(): Promise<void> {
    if (doubtful) await reread();
    for (let more = parts.others; more; ) more = await page();
    whole = true;
  }
  async function reread(): Promise<void> {
    whole = false;
    const { world, seq } = await store.accessState();
    access.restart(world);
    ahead.clear();
    position = seq;
    doubtful = false;
  }
  async function page(): Promise<boolean> {
    const askedAt = monotonic();
    const lines = await store.linesAfter(position, PAGE);
    if (!(await takeAll(lines))) {
      await reread();
      return true;
    }
    for (const [key, { seq }] of ahead) if (seq <= position) ahead.delete(key);
    if (lines.length === PAGE) return true;
    current = Math.max(current, askedAt);
    return false;
  }
  // False when lines are missing: change numbers have no holes, but what is old may have been removed.
  async function takeAll(lines: readonly StoredLine[]): Promise<boolean> {
    let found = emptyWorld();
    for (const [i, line] of lines.entries()) {
      if (stranger(line, found)) found = await look(lines.slice(i).filter((l) => stranger(l, found)));
      if (line.seq <= position) continue;
      if (line.seq !== position + 1 || !take(line, found)) return false;
      position = line.seq;
      parts.told(line.event);
    }
    return true;
  }
  const look = (lines: readonly StoredLine[]): Promise<World> => {
    const ids = (kind: EntityKind) => lines.flatMap(({ entity: e }) => (e?.kind === kind ? [e.id] : []));
    return store.facts({
      ...NOTHING,
      schedules: ids('schedule') as ScheduleId[],
      principals: ids('principal') as PrincipalId[],
      scopes: ids('scope') as ScopeKey[],
    });
  };
  const known = (key: string, entity: Entity | undefined): number =>
    Math.max(entity?.version ?? 0, ahead.get(key)?.version ?? 0);
  // Whether the line is about something the index had forgotten, or never had: it ended before.
  function stranger({ entity: e, seq }: StoredLine, found: World): boolean {
    const of = e === null ? null : held[e.kind];
    if (e === null || of === null || seq <= position || found[e.kind].has(e.id)) return false;
    const before = of(e.id);
    const version = known(keyOf(e), before);
    return version < e.version && (version !== e.version - 1 || (version > 0 && before === undefined));
  }
  function take({ entity: e, event }: StoredLine, found: World): boolean {
    const of = e === null ? null : held[e.kind];
    if (e === null || of === null) return true;
    const before = of(e.id);
    if (known(keyOf(e), before) >= e.version) return true;
    const entity =
      before?.version === e.version - 1 || e.version === 1
        ? evolved(event, e, before)
        : found[e.kind].get(e.id);
    if (!entity || entity.version < e.version) return false;
    access.apply([{ kind: e.kind, id: e.id, base: e.version - 1, entity }]);
    return true;
  }
  return {
    catchUp,
    currentAt: () => (doubtful || !whole ? NEVER : current),
    wrote: (seq, lines, changes) => {
      if (!parts.others || seq <= position) return;
      if (seq - lines === position) position = seq;
      else for (const c of changes) ahead.set(keyOf(c), { version: c.entity.version, seq });
    },
    rang: (seq) => {
      if (seq > position) catchUpSoon();
    },
    heard: (seq, askedAt) => {
      if (seq > position || doubtful) catchUpSoon();
      else current = Math.max(current, askedAt);
    },
    doubt: () => {
      doubtful = true;
    },
    doubtful: () => doubtful,
    mend: async () => {
      if (doubtful) await catchUp();
    },
  };
}

type Reference = { readonly kind: EntityKind; readonly id: string };
const keyOf = ({ kind, id }: Reference): string => `${kind} ${id}`;

function evolved(event: Event, { kind, id }: Reference, before: Entity | undefined): Entity | undefined {
  const world = emptyWorld();
  if (before) (world[kind] as Map<string, Entity>).set(id, before);
  evolve(world, event);
  return world[kind].get(id);
}

type Holdings = { readonly [K in EntityKind]: ((id: string) => Entities[K] | undefined) | null };

// What the index keeps of each kind; null is what no check asks for. A new kind does not compile without its line.
const holdingsOf = (access: AccessIndex): Holdings => ({
  schedule: (id) => access.schedule(id as ScheduleId),
  principal: (id): Principal | undefined => access.principal(id as PrincipalId),
  scope: (id) => access.scope(id as ScopeKey),
  request: null,
  policy: null,
  credential: null,
});
