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
import type { Outcome } from './outcome.ts';
import type { Clock, Ids, Store } from './ports.ts';
import { questionOf } from './question.ts';

export interface EngineParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly facts: Omit<Facts, 'world'>;
  /** Called after a commit that made something due: when. */
  readonly onDue?: (at: Instant) => void;
}

/** The only place where reading, deciding and writing meet. */
export interface Engine {
  readonly store: Store;
  readonly ids: Ids;
  readonly facts: Omit<Facts, 'world'>;
  /** Who holds what now, in memory. */
  readonly access: AccessIndex;
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
  const { store, ids, facts, clock } = parts;
  const [{ world }, highWater] = await Promise.all([store.accessState(), store.highWater()]);
  const access = accessIndex(world, facts);
  let latest = highWater ?? instant(0);
  // A write failed and may have happened: the index is read again before anything else is decided. (Z5)
  let doubtful = false;
  const now = () => {
    latest = later(latest, clock.now());
    return latest;
  };
  const queue = batches({
    store,
    facts,
    now,
    sizeMax: BATCH_MAX,
    prepare: async () => {
      if (!doubtful) return;
      access.restart((await store.accessState()).world);
      doubtful = false;
    },
    doubted: () => {
      doubtful = true;
      parts.onDue?.(now());
    },
    committed: (events, changes) => {
      for (const e of events) latest = later(latest, e.type === 'clockAdvanced' ? e.to : e.at);
      access.apply(changes);
      for (const at of events.flatMap(dueBy)) parts.onDue?.(at);
    },
  });
  const submit = async (command: Command, correlation: string) =>
    queue.submit({ command, correlation }, await questionOf(store, facts.planes, command));
  return {
    store,
    ids,
    facts,
    access,
    now,
    submit,
    preview: (command) => preview(store, facts, command, now()),
    refused: (actor, operation, reasons, correlation) =>
      recordRefusal(store, now(), { actor, operation, reasons, correlation }),
    check: (question, at) => check(access, question, at ?? now()),
    allows: ({ id }, plane, action, scope) => allows(access, { principal: id, plane, action, scope }, now()),
    groupsOf: (principal) => groupsOf(access, principal, now()),
    tick: async () => {
      if (doubtful) await submit(NOTHING_DUE, ids.guid());
      return tickAll(store, submit, now, ids);
    },
    idle: () => queue.idle(),
  };
}

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

async function recordRefusal(
  store: Store,
  at: Instant,
  r: { actor: PrincipalId; operation: string; reasons: readonly RefusedReason[]; correlation: string },
): Promise<void> {
  const { actor, operation, reasons, correlation } = r;
  const line = {
    event: { type: 'refused' as const, operation, reasons, at },
    actor,
    correlation,
    entity: null,
  };
  await store.record({ changes: [], relies: [], lines: [line], verifiers: [] });
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
