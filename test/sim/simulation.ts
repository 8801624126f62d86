import { createHash } from 'node:crypto';
import type { Ask, Command } from '../../src/core/command.ts';
import { after, duration, type Instant } from '../../src/core/values.ts';
import type { World } from '../../src/core/world.ts';
import { Busy } from '../../src/engine/batch.ts';
import { engine } from '../../src/engine/engine.ts';
import type { Outcome } from '../../src/engine/outcome.ts';
import { type Store, StoreUnavailable } from '../../src/engine/ports.ts';
import { begin } from './begin.ts';
import { type Chance, ofSeed, percent, pick } from './chance.ts';
import { type Deliveries, deliveries } from './chaosStore.ts';
import { estate, guid, T0 } from './estate.ts';
import { type Answerer, Breach, type Law } from './law.ts';
import { LAWS, mustHold } from './laws.ts';
import { modelStore } from './modelStore.ts';
import { anyCommand, anyFocus, anyInstant } from './moves.ts';
import { type Replica, type Surroundings, startReplica } from './replica.ts';
import { storyteller } from './retelling.ts';

/** What a simulation runs: the product's engine on the model of its store, or one of them with a fault planted. */
export interface SimulationParts {
  readonly engine: typeof engine;
  readonly store: () => Store;
  readonly laws: readonly Law[];
}

interface Answered {
  readonly cmd: Command;
  readonly outcome: Outcome;
  /** Whether the request was there when it was asked. */
  readonly known: boolean;
}

/** Replicas on one store, and everything that may happen to them. All of it hangs on one seed. */
export class Simulation {
  /** What was answered, and how often. */
  readonly outcomes: Record<string, number> = {};
  seq = 0;
  now: Instant = T0;
  private readonly chance: Chance;
  private readonly queue: Deliveries = deliveries();
  private readonly parts: SimulationParts;
  private readonly store: Store;
  private readonly replicas: Replica[] = [];
  private readonly digest = createHash('sha256');
  private readonly asked: Ask[] = [];
  private readonly focus: ReturnType<typeof anyFocus>;
  private failures: number;
  private answered: Answered[] = [];
  private before: World = estate();
  private teller = storyteller(this.before);
  private looked: Instant | null = null;
  private fault: unknown;

  constructor(seed: number, given: Partial<SimulationParts>) {
    this.parts = { engine, store: modelStore, laws: LAWS, ...given };
    this.chance = ofSeed(seed);
    this.store = this.parts.store();
    this.focus = anyFocus(this.chance);
    this.failures = pick(this.chance, [0, 3, 10]);
  }

  async begin(): Promise<void> {
    this.before = await begin(this.store, this.before);
    this.teller = storyteller(this.before);
    this.seq = (await this.store.everything()).seq;
    for (let place = this.chance.below(2); place >= 0; place--) this.start(place);
  }

  /** One thing happens somewhere, and some of what was on its way arrives. */
  async step(step: number): Promise<void> {
    const { before: world, now, chance, focus } = this;
    const place = chance.below(this.replicas.length);
    const replica = this.replicas[place];
    const roll = chance.below(100);
    if (roll < 12) this.now = anyInstant({ world, now, chance, step, focus });
    else if (roll < 18) this.tick(replica);
    else if (roll < 20 || !replica?.engine) this.start(place);
    else if (roll < 28 && this.asked.length > 0) this.submit(replica, again(chance, this.asked));
    else if (roll < 65) this.submit(replica, this.remember(anyCommand({ world, now, chance, step, focus })));
    for (let i = chance.below(6); i > 0 && this.queue.waiting > 0; i--) await this.arrival();
    await this.look();
  }

  /** Failures stop, and all that waits is answered. */
  async calmDown(): Promise<void> {
    this.failures = 0;
    await this.drain();
    for (const place of this.replicas.keys()) this.start(place);
    await this.drain();
  }

  /** Time passes and the tick looks, with nobody disturbing. */
  async later(ms: number, laws: readonly Law[]): Promise<void> {
    this.now = after(this.now, duration(ms));
    this.tick(this.replicas[0]);
    await this.drain();
    await this.look(laws);
  }

  hash = (): string => this.digest.copy().digest('hex');

  private start(place: number): void {
    const surroundings: Surroundings = {
      engine: this.parts.engine,
      store: this.store,
      deliveries: this.queue,
      chance: this.chance,
      failures: () => this.failures,
      now: () => this.now,
      seen: () => this.seq,
      wrote: (by, acknowledged) => {
        for (const other of this.replicas) if (other !== by || !acknowledged) other.current = false;
      },
    };
    this.replicas[place] = startReplica(surroundings);
  }

  private submit({ engine }: Replica, cmd: Command): void {
    const known = 'period' in cmd && this.before.request.has(cmd.id);
    engine?.submit(cmd, guid(0)).then(
      (outcome) => {
        this.note(`${cmd.type} ${wordOf(outcome)}`);
        this.answered.push({ cmd, outcome, known });
      },
      (error: Error) => this.failed(cmd.type, error),
    );
  }

  private tick(replica: Replica | undefined): void {
    replica?.engine?.tick().then(
      () => this.note('tick'),
      (error: Error) => this.failed('tick', error),
    );
  }

  /** A bad store is an excuse, and so are others who were quicker; nothing else is. */
  private failed(what: string, error: Error): void {
    this.note(`${what} ${error.constructor.name}`);
    if (!(error instanceof StoreUnavailable || error instanceof Busy)) this.fault = error;
  }

  private note(what: string): void {
    this.outcomes[what] = (this.outcomes[what] ?? 0) + 1;
    this.digest.update(what);
  }

  private remember(cmd: Command): Command {
    if ('period' in cmd) this.asked.push(cmd);
    return cmd;
  }

  private async arrival(): Promise<void> {
    await this.queue.deliver(this.chance);
    await this.look();
  }

  private async drain(): Promise<void> {
    for (await this.look(); this.queue.waiting > 0; ) await this.arrival();
  }

  /** Lets all that follows from an arrival happen, and asks the laws. */
  private async look(laws = this.parts.laws): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (this.fault) throw this.fault;
    const fresh = await this.store.linesAfter(this.seq, 10_000);
    const quiet = fresh.length === 0 && this.answered.length === 0 && this.now === this.looked;
    if (quiet && laws === this.parts.laws) return;
    this.looked = this.now;
    this.seq += fresh.length;
    for (const line of fresh) this.digest.update(JSON.stringify(line));
    this.teller.hear(fresh);
    const { world } = await this.store.everything();
    const { before, now } = this;
    mustHold({ before, after: world, fresh, told: this.teller.told, now, answerers: this.answerers() }, laws);
    for (const one of this.answered.splice(0)) mustBeKept(world, one);
    this.before = world;
  }

  private answerers = (): readonly Answerer[] =>
    this.replicas.flatMap(({ engine, current }) =>
      engine ? [{ check: (q, t) => engine.check(q, t), current }] : [],
    );
}

const wordOf = (outcome: Outcome): string =>
  outcome.ok ? (outcome.replayed ? 'again' : 'done') : outcome.refusals.map((r) => r.code).join();

/** What was asked before: the very same, or the same name with something else in it. */
function again(chance: Chance, asked: readonly Ask[]): Ask {
  const cmd = pick(chance, asked);
  return percent(chance, 70) ? cmd : { ...cmd, justification: `${cmd.justification} after all` };
}

const KEPT: Law = {
  id: 'L5',
  says: 'an answered request is there, and its name stands for it for good',
  broken: () => undefined,
};

/** What a client was told must be so: the request is there, is the one that was asked for, and was made once. */
function mustBeKept(world: World, { cmd, outcome, known }: Answered): void {
  if (!('period' in cmd) || !outcome.ok) return;
  const there = world.request.get(cmd.id);
  if (there?.justification !== cmd.justification)
    throw new Breach(KEPT, `${cmd.id} was answered and is not there`);
  if (known && !outcome.replayed) throw new Breach(KEPT, `${cmd.id} was made twice`);
}
