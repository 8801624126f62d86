import { type Actor, SYSTEM } from '../../src/core/actor.ts';
import type { Command } from '../../src/core/command.ts';
import { decide } from '../../src/core/decide/index.ts';
import type { Decision } from '../../src/core/decision.ts';
import { type EntityKind, type Event, entityOf } from '../../src/core/event.ts';
import { evolve } from '../../src/core/evolve.ts';
import type { Facts } from '../../src/core/facts.ts';
import { duration, hours, type Instant, minutes } from '../../src/core/values.ts';
import { emptyWorld, type World } from '../../src/core/world.ts';
import type { Change, Recording, Store } from '../../src/engine/ports.ts';
import { planes } from '../../src/planes/index.ts';

/** Whoever writes a history: decides on the whole world as it knows it, and records what came of it. */
export interface Historian {
  world(): World;
  /** Decides and records, as one batch. */
  command(command: Command, now: Instant): Promise<Decision>;
  /** Records events nobody decided. */
  happens(...events: readonly Event[]): Promise<number>;
}

// Every role but those that histories define themselves.
const everyRole: Facts['role'] = (_plane, key) =>
  key.startsWith('custom')
    ? undefined
    : {
        key,
        name: key,
        description: '',
        builtIn: true,
        permissions: [{ actions: ['*'], notActions: [], dataActions: [], notDataActions: [] }],
        assignableScopes: ['/'],
      };

export const factsIn = (world: World): Facts => ({
  world,
  planes: planes({ activationFloor: minutes(5), groupCeiling: hours(24) }),
  role: everyRole,
  settings: { removalFloor: duration(0) },
});

export function historian(...stores: readonly Store[]): Historian {
  let world = emptyWorld();
  const happens = async (actor: Actor, events: readonly Event[]): Promise<number> => {
    const { recording, after } = recordingOf(world, events, actor);
    const seqs = await Promise.all(stores.map((store) => store.record(recording)));
    world = after;
    return seqs[0] ?? 0;
  };
  return {
    world: () => world,
    happens: (...events) => happens(SYSTEM, events),
    async command(command, now) {
      const decision = decide(factsIn(world), command, now);
      if (decision.ok && decision.events.length > 0) await happens(command.actor, decision.events);
      return decision;
    },
  };
}

export const CORRELATION = '5e1f0000-0000-4000-8000-000000000001';

/** What a batch of these events would write over this world, and the world it would leave. */
export function recordingOf(
  before: World,
  events: readonly Event[],
  actor: Actor = SYSTEM,
): { readonly recording: Recording; readonly after: World } {
  const after = copyOf(before);
  const lines = events.map((event) => {
    evolve(after, event);
    const ref = entityOf(event);
    const entity = ref && { ...ref, version: after[ref.kind].get(ref.id)?.version ?? 0 };
    return { event, actor: actor.id, correlation: CORRELATION, entity };
  });
  const touched = new Map(
    events.flatMap((e) => entityOf(e) ?? []).map((ref) => [`${ref.kind} ${ref.id}`, ref]),
  );
  const changes = [...touched.values()].map(({ kind, id }) => changeOf(before, after, kind, id));
  return { recording: { changes, relies: [], lines, verifiers: [] }, after };
}

function changeOf(before: World, after: World, kind: EntityKind, id: string): Change {
  const entity = after[kind].get(id);
  if (!entity) throw new Error(`no ${kind} ${id}`);
  return { kind, id, base: before[kind].get(id)?.version ?? 0, entity };
}

export const copyOf = (world: World): World =>
  Object.fromEntries(
    Object.entries(world).map(([kind, entities]) => [kind, new Map(entities)]),
  ) as unknown as World;

/** The log's events, one after the other, from nothing. */
export async function fold(store: Store): Promise<World> {
  const world = emptyWorld();
  for (let seq = 0; ; ) {
    const lines = await store.linesAfter(seq, 7);
    for (const { event } of lines) evolve(world, event);
    const last = lines.at(-1);
    if (!last) return world;
    seq = last.seq;
  }
}
