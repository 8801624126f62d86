import type { EntityKind, Event } from '../core/event.ts';
import { evolve } from '../core/evolve.ts';
import type { Principal } from '../core/principal.ts';
import type { PrincipalId, ScheduleId, ScopeKey } from '../core/values.ts';
import { type Entities, type Entity, emptyWorld, type World } from '../core/world.ts';
import type { AccessIndex } from './accessIndex.ts';
import type { Change, Store, StoredLine } from './ports.ts';
import { NOTHING } from './question.ts';

/** What the index has taken over of the log, line by line, whoever wrote them. */
export interface Takeover {
  /** The change number up to which nothing is missing. */
  position(): number;
  /** The index was read again and stands at this number. */
  restarted(seq: number): void;
  /** This replica wrote so many lines, the last of them with this number; the index has been told the changes. */
  wrote(seq: number, lines: number, changes: readonly Change[]): void;
  /** Takes lines over, in their order. False when some are missing: what is old may have been removed. */
  all(lines: readonly StoredLine[]): Promise<boolean>;
}

export function takeover(
  start: number,
  access: AccessIndex,
  store: Pick<Store, 'facts'>,
  told: (event: Event) => void,
): Takeover {
  const held = holdingsOf(access);
  // What this replica wrote after lines it has not seen yet: these are older and must not come back. By entity.
  const ahead = new Map<string, { readonly version: number; readonly seq: number }>();
  let position = start;

  const known = (of: Reference, before: Entity | undefined): number =>
    Math.max(before?.version ?? 0, ahead.get(keyOf(of))?.version ?? 0);
  // Whether the line is about something the index has forgotten: it had ended.
  function stranger({ entity: e, seq }: StoredLine, found: World): boolean {
    const of = e === null ? null : held[e.kind];
    if (e === null || of === null || seq <= position || found[e.kind].has(e.id)) return false;
    const before = of(e.id);
    const version = known(e, before);
    return version < e.version && (version !== e.version - 1 || (version > 0 && before === undefined));
  }
  function take({ entity: e, event }: StoredLine, found: World): boolean {
    const of = e === null ? null : held[e.kind];
    if (e === null || of === null) return true;
    const before = of(e.id);
    if (known(e, before) >= e.version) return true;
    const follows = before?.version === e.version - 1 || e.version === 1;
    const entity = follows ? evolved(event, e, before) : found[e.kind].get(e.id);
    if (!entity || entity.version < e.version) return false;
    access.apply([{ kind: e.kind, id: e.id, base: e.version - 1, entity }]);
    return true;
  }
  async function all(lines: readonly StoredLine[]): Promise<boolean> {
    let found = emptyWorld();
    for (const [i, line] of lines.entries()) {
      if (stranger(line, found)) found = await look(store, lines.slice(i));
      if (line.seq <= position) continue;
      if (line.seq !== position + 1 || !take(line, found)) return false;
      position = line.seq;
      told(line.event);
    }
    for (const [key, { seq }] of ahead) if (seq <= position) ahead.delete(key);
    return true;
  }
  return {
    all,
    position: () => position,
    restarted: (seq) => {
      ahead.clear();
      position = seq;
    },
    wrote: (seq, lines, changes) => {
      if (seq <= position) return;
      if (seq - lines === position) position = seq;
      else for (const c of changes) ahead.set(keyOf(c), { version: c.entity.version, seq });
    },
  };
}

type Reference = { readonly kind: EntityKind; readonly id: string };
const keyOf = ({ kind, id }: Reference): string => `${kind} ${id}`;

/** What lines are about, as it is now. */
function look(store: Pick<Store, 'facts'>, lines: readonly StoredLine[]): Promise<World> {
  const ids = (kind: EntityKind) => [
    ...new Set(lines.flatMap(({ entity: e }) => (e?.kind === kind ? [e.id] : []))),
  ];
  return store.facts({
    ...NOTHING,
    schedules: ids('schedule') as ScheduleId[],
    principals: ids('principal') as PrincipalId[],
    scopes: ids('scope') as ScopeKey[],
  });
}

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
  role: (id) => [...access.roles()].find((role) => role.id === id),
  denyAssignment: (id) => [...access.denials()].find((denial) => denial.id === id),
  credential: null,
});
