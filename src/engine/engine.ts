import type { AccessAnswer, AccessQuestion } from '../core/access.ts';
import { allows, check, groupsOf } from '../core/access.ts';
import type { Actor } from '../core/actor.ts';
import { SYSTEM } from '../core/actor.ts';
import type { Command } from '../core/command.ts';
import type { Event, RefusedReason } from '../core/event.ts';
import type { Facts } from '../core/facts.ts';
import { stageEndsAt } from '../core/request.ts';
import type { Instant, PrincipalId } from '../core/values.ts';
import { instant, later } from '../core/values.ts';
import { type AccessIndex, accessIndex } from './accessIndex.ts';
import { batches } from './batch.ts';
import { decideOne } from './deciding.ts';
import { type Follower, follower } from './follower.ts';
import type { Outcome } from './outcome.ts';
import { type Clock, Conflict, type Ids, type Store } from './ports.ts';
import { questionOf } from './question.ts';
import { type Peers, type Reliance, reliance } from './reliance.ts';

export interface EngineParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly facts: Omit<Facts, 'world'>;
  /** Called after a commit that made something due: when. */
  readonly onDue?: (at: Instant) => void;
  /** Given when others write to the store, too. */
  readonly peers?: Peers;
}

/** The only place where reading, deciding and writing meet. */
export interface Engine {
  readonly store: Store;
  readonly ids: Ids;
  readonly facts: Omit<Facts, 'world'>;
  /** Who holds what now, in memory. */
  readonly access: AccessIndex;
  /** Who is told when others have written. */
  readonly follower: Pick<Follower, 'rang' | 'heard' | 'catchUp'>;
  /** Rejects with StoreUnavailable when what is in memory may not be relied on and the store cannot say better. (Z5) */
  readonly fresh: Reliance['fresh'];
  /** Domain time; never runs backwards. (T2) */
  now(): Instant;
  /** Decides and records. A refusal is recorded too. Rejects when the store is away or others keep moving the rows. */
  submit(command: Command, correlation: string): Promise<Outcome>;
  /** What submit would answer, with nothing recorded. */
  preview(command: Command): Promise<Outcome>;
  /** Records that something was refused before it became a command. (U5) */
  refused(
    actor: PrincipalId,
    operation: string,
    reasons: readonly RefusedReason[],
    correlation: string,
  ): Promise<void>;
  check(question: AccessQuestion, at?: Instant): AccessAnswer;
  allows(
    actor: Pick<Actor, 'id'>,
    plane: AccessQuestion['plane'],
    action: string,
    scope: AccessQuestion['scope'],
  ): boolean;
  /** The person's groups now, transitively. */
  groupsOf(principal: PrincipalId): ReadonlySet<PrincipalId>;
  /** Announces what has become true; resolves when nothing is left to say, with the number of events' entities asked. */
  tick(): Promise<number>;
  /** Resolves when nothing waits and nothing is being written. */
  idle(): Promise<void>;
}

const BATCH_MAX = 256;
const TICK_MAX = 2_000;
const NOTHING_DUE: Command = { type: 'tick', actor: SYSTEM, schedules: [], requests: [] };

/** Starts an engine on a store: reads what access needs, and the latest instant the log has seen. */
export async function engine(parts: EngineParts): Promise<Engine> {
  const { store, ids, facts, clock, peers = null } = parts;
  const askedAt = peers?.monotonic() ?? 0;
  const [{ world, seq }, highWater] = await Promise.all([store.accessState(), store.highWater()]);
  const access = accessIndex(world, facts);
  let latest = highWater ?? instant(0);
  const now = () => {
    latest = later(latest, clock.now());
    return latest;
  };
  // Time never runs behind what any replica has recorded. (T2)
  const told = (e: Event) => {
    latest = later(latest, e.type === 'clockAdvanced' ? e.to : e.at);
    for (const at of dueBy(e)) parts.onDue?.(at);
  };
  const monotonic = peers?.monotonic ?? (() => 0);
  const start = { seq, askedAt };
  const known = follower({ store, access, start, others: peers !== null, monotonic, told });
  const sure = reliance(known, peers);
  const queue = batches({
    store,
    facts,
    now,
    sizeMax: BATCH_MAX,
    prepare: async () => {
      sure.mustKnowTheTime();
      await known.mend();
    },
    // A write failed and may have happened: the index is read again before anything else is decided. (Z5)
    doubted: () => {
      known.doubt();
      parts.onDue?.(now());
    },
    conflicted: async () => {
      if (peers) await known.catchUp();
    },
    committed: (events, changes, seq) => {
      access.apply(changes);
      if (seq !== null) known.wrote(seq, events.length, changes);
      for (const e of events) told(e);
    },
  });
  const submit = async (command: Command, correlation: string) =>
    queue.submit({ command, correlation }, await questionOf(store, facts.planes, command));
  return {
    store,
    ids,
    facts,
    access,
    follower: known,
    fresh: sure.fresh,
    now,
    submit,
    preview: (command) => preview(store, facts, command, now()),
    refused: (actor, operation, reasons, correlation) =>
      refuse(store, { now, known, follows: peers !== null }, { actor, operation, reasons, correlation }),
    ...answers(access, sure, now),
    tick: async () => {
      if (known.doubtful()) await submit(NOTHING_DUE, ids.guid());
      return tickAll(store, submit, now, ids);
    },
    idle: () => queue.idle(),
  };
}

// INVARIANT(Z5): nothing is answered from an index that may have missed a revocation.
const answers = (
  access: AccessIndex,
  { mustBeFresh }: Reliance,
  now: Engine['now'],
): Pick<Engine, 'check' | 'allows' | 'groupsOf'> => ({
  check: (question, at) => {
    mustBeFresh();
    return check(access, question, at ?? now());
  },
  allows: ({ id }, plane, action, scope) => {
    mustBeFresh();
    return allows(access, { principal: id, plane, action, scope }, now());
  },
  groupsOf: (principal) => {
    mustBeFresh();
    return groupsOf(access, principal, now());
  },
});

// When the tick will have something to say because of this event.
function dueBy(e: Event): readonly Instant[] {
  if (e.type === 'scheduleCreated') return [e.schedule.start, e.schedule.end].filter((t) => t !== null);
  const ends = e.type === 'requested' ? stageEndsAt(e.request) : null;
  return ends === null ? [] : [ends];
}

async function preview(
  store: Store,
  facts: Omit<Facts, 'world'>,
  command: Command,
  now: Instant,
): Promise<Outcome> {
  const world = await store.facts(await questionOf(store, facts.planes, command));
  return decideOne({ ...facts, world }, { command, correlation: '' }, now).outcome;
}

type Refused = Readonly<{
  actor: PrincipalId;
  operation: string;
  reasons: readonly RefusedReason[];
  correlation: string;
}>;

// A refusal depends on nothing, so the only thing that can have moved is time.
async function refuse(
  store: Store,
  { now, known, follows }: { now: Engine['now']; known: Follower; follows: boolean },
  what: Refused,
): Promise<void> {
  for (;;) {
    try {
      known.wrote(await recordRefusal(store, now(), what), 1, []);
      return;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      if (follows) await known.catchUp();
    }
  }
}

function recordRefusal(
  store: Store,
  at: Instant,
  { actor, operation, reasons, correlation }: Refused,
): Promise<number> {
  const event = { type: 'refused' as const, operation, reasons, at };
  const line = { event, actor, correlation, entity: null };
  return store.record({ changes: [], relies: [], lines: [line], verifiers: [] });
}

async function tickAll(
  store: Store,
  submit: Engine['submit'],
  now: Engine['now'],
  ids: Ids,
): Promise<number> {
  let told = 0;
  for (;;) {
    const due = await store.due(now(), TICK_MAX);
    const count = due.schedules.length + due.requests.length;
    if (count === 0) return told;
    const outcome = await submit({ type: 'tick', actor: SYSTEM, ...due }, ids.guid());
    // Nothing to say although the store said so: another replica was quicker, and will say the rest.
    if (!outcome.ok || outcome.replayed) return told;
    told += count;
  }
}
