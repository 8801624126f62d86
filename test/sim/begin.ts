import { SYSTEM } from '../../src/core/actor.ts';
import { type Event, entityOf } from '../../src/core/event.ts';
import type { World } from '../../src/core/world.ts';
import type { Change, LogLine, Store } from '../../src/engine/ports.ts';
import { guid, T0 } from './estate.ts';

/** Writes scopes, principals and schedules into an empty store, by the only way there is. */
export async function begin(store: Store, world: World): Promise<World> {
  const events: readonly Event[] = [
    ...[...world.scope.values()].map((scope) => ({ type: 'scopePut' as const, scope, at: T0 })),
    ...[...world.principal.values()].map((principal) => ({
      type: 'principalPut' as const,
      principal,
      at: T0,
    })),
    ...[...world.schedule.values()].map((schedule) => ({
      type: 'scheduleCreated' as const,
      schedule,
      at: T0,
    })),
  ];
  const written = events.map((event) => writing(world, event));
  const [changes, lines] = [written.map((w) => w.change), written.map((w) => w.line)];
  await store.record({ changes, relies: [], lines, verifiers: [] });
  return (await store.everything()).world;
}

function writing(world: World, event: Event): { readonly change: Change; readonly line: LogLine } {
  const ref = entityOf(event);
  const entity = ref === null ? undefined : world[ref.kind].get(ref.id);
  if (!ref || !entity) throw new Error(`${event.type} is about nothing`);
  const line = { event, actor: SYSTEM.id, correlation: guid(0), entity: { ...ref, version: 1 } };
  return { change: { ...ref, base: 0, entity }, line };
}
