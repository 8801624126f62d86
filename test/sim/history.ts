import { check, viewOf } from '../../src/core/access.ts';
import { SYSTEM } from '../../src/core/actor.ts';
import type { Command } from '../../src/core/command.ts';
import { decide } from '../../src/core/decide/index.ts';
import type { Decision } from '../../src/core/decision.ts';
import { entityOf } from '../../src/core/event.ts';
import { evolve } from '../../src/core/evolve.ts';
import type { Facts } from '../../src/core/facts.ts';
import { stageEndsAt } from '../../src/core/request.ts';
import { dueAt } from '../../src/core/schedule.ts';
import type { Instant } from '../../src/core/values.ts';
import type { World } from '../../src/core/world.ts';
import type { LogLine } from '../../src/engine/ports.ts';
import { type Chance, percent, pick } from './chance.ts';
import { estate, factsOf, T0 } from './estate.ts';
import { Breach, type Law } from './law.ts';
import { LAWS, mustHold } from './laws.ts';
import { anyCommand, anyFocus, anyInstant } from './moves.ts';
import { copyOf, type Retelling, storyteller } from './retelling.ts';
import { SAID } from './timeLaws.ts';

/** What a history runs on: the product's own functions, or one of them with a fault planted. */
export interface Parts {
  readonly decide: (facts: Facts, cmd: Command, now: Instant) => Decision;
  readonly evolve: typeof evolve;
  readonly check: typeof check;
  readonly laws: readonly Law[];
}
const PRODUCT: Parts = { decide, evolve, check, laws: LAWS };

/** The ids the tick would be given: everything of which there is something to say. */
export const dueNow = (world: World, now: Instant): Command => ({
  type: 'tick',
  actor: SYSTEM,
  schedules: [...world.schedule.values()].filter((s) => (dueAt(s) ?? now + 1) <= now).map((s) => s.id),
  requests: [...world.request.values()].filter((r) => (stageEndsAt(r) ?? now + 1) <= now).map((r) => r.id),
});

/** A history without any store: commands and waits as chance has it, every law asked after each of them. */
export function history(chance: Chance, steps: number, parts: Partial<Parts> = {}): Retelling {
  const { decide: deciding, evolve: evolving, check: checking, laws } = { ...PRODUCT, ...parts };
  const world = estate();
  const facts = factsOf(world);
  const teller = storyteller(world);
  const earlier: Command[] = [];
  const focus = anyFocus(chance);
  let now = T0;
  const answerers = [
    { check: (q: Parameters<typeof check>[1], t: Instant) => checking(viewOf(facts), q, t), current: true },
  ];

  function order(cmd: Command): readonly LogLine[] {
    const before = copyOf(world);
    const decision = deciding(facts, cmd, now);
    mustBeUntouched(before, world);
    const events = decision.ok ? decision.events : [];
    const fresh = events.map((event): LogLine => {
      evolving(world, freeze(event));
      const entity = entityOf(event);
      const version = entity === null ? 0 : (world[entity.kind].get(entity.id)?.version ?? 0);
      return { event, actor: cmd.actor.id, correlation: '', entity: entity && { ...entity, version } };
    });
    teller.hear(fresh);
    mustHold({ before, after: world, fresh, told: teller.told, now, answerers }, laws);
    return fresh;
  }

  for (let step = 1; step <= steps; step++) {
    const situation = { world, now, chance, step, focus };
    if (percent(chance, 30)) now = anyInstant(situation);
    if (percent(chance, 12)) {
      order(dueNow(world, now));
      mustHold({ before: world, after: world, fresh: [], told: teller.told, now, answerers }, [SAID]);
      if (order({ ...dueNow(world, now), ...everything(world) }).length > 0) throw new Breach(ONCE, 'it did');
      continue;
    }
    const again = percent(chance, 10) && earlier.length > 0;
    const cmd = again ? pick(chance, earlier) : anyCommand(situation);
    earlier.push(freeze(cmd));
    order(cmd);
  }
  return teller.told;
}

const everything = (world: World) => ({
  schedules: [...world.schedule.values()].map((s) => s.id),
  requests: [...world.request.values()].map((r) => r.id),
});

/** Deciding reads: every entity is the very one it was. Entities themselves are frozen and would throw. */
function mustBeUntouched(before: World, world: World): void {
  for (const [kind, entities] of Object.entries(before) as [keyof World, Map<string, unknown>][]) {
    const now = world[kind] as Map<string, unknown>;
    const same = now.size === entities.size && [...entities].every(([id, entity]) => now.get(id) === entity);
    if (!same) throw new Breach(PURE, kind);
  }
}

/** What is said of time is said once. */
export const ONCE: Law = {
  id: 'tick',
  says: 'the tick asked twice at one instant says nothing the second time',
  broken: () => undefined,
};
/** Deciding only reads. */
export const PURE: Law = {
  id: 'pure',
  says: 'deciding leaves its facts as they are',
  broken: () => undefined,
};

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value))
    for (const part of Object.values(Object.freeze(value))) freeze(part);
  return value;
}
