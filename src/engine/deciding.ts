import { identities, viewOf } from '../core/access.ts';
import type { Command } from '../core/command.ts';
import { policyKeyOf } from '../core/decide/asking.ts';
import { decide } from '../core/decide/index.ts';
import { guarded, otherAdministrators } from '../core/decide/lastAdministrator.ts';
import type { EntityRef, Event } from '../core/event.ts';
import { entityOf } from '../core/event.ts';
import { evolve } from '../core/evolve.ts';
import type { Facts } from '../core/facts.ts';
import { policyId } from '../core/policy.ts';
import type { Request } from '../core/request.ts';
import { live } from '../core/schedule.ts';
import type { Instant, PrincipalId } from '../core/values.ts';
import type { World } from '../core/world.ts';
import type { Outcome } from './outcome.ts';
import { outcomeOf } from './outcome.ts';
import type { Change, LogLine, Recording } from './ports.ts';
import { scopesReliedOn } from './scopesReliedOn.ts';

/** A command on its way, and who asked. */
export interface Submission {
  readonly command: Command;
  readonly correlation: string;
}

/** What one command came to, before it is written. */
export interface Decided {
  readonly outcome: Outcome;
  readonly events: readonly Event[];
  readonly lines: readonly LogLine[];
  /** Every entity it changes or relies on. */
  readonly touches: readonly EntityRef[];
  readonly relies: readonly EntityRef[];
}

/** Decides one command and lets what happened become facts for the next. */
export function decideOne(facts: Facts, { command, correlation }: Submission, now: Instant): Decided {
  const decision = decide(facts, command, now);
  const events = decision.ok ? decision.events : [refusedEvent(command, decision.refusals, now)];
  const lines = events.map((event): LogLine => {
    evolve(facts.world, event);
    return { event, actor: command.actor.id, correlation, entity: versionOf(facts.world, event) };
  });
  const outcome: Outcome = decision.ok
    ? outcomeOf(facts, command, now, events.length === 0)
    : { ok: false, now, refusals: decision.refusals };
  const relies =
    decision.ok && events.length > 0
      ? [...reliesOf(facts, command, now), ...scopesReliedOn(facts, command)]
      : [];
  const changed = lines.flatMap((l) => l.entity ?? []);
  return { outcome, events, lines, relies, touches: [...changed, ...relies] };
}

const refusedEvent = (
  cmd: Command,
  reasons: Extract<Outcome, { ok: false }>['refusals'],
  at: Instant,
): Event => ({
  type: 'refused',
  operation: cmd.type,
  reasons: [...reasons],
  at,
});

function versionOf(world: World, event: Event): LogLine['entity'] {
  const entity = entityOf(event);
  if (entity === null) return null;
  const at = world[entity.kind].get(entity.id);
  if (!at) throw new Error(`bug: ${event.type} left no ${entity.kind} ${entity.id}`);
  return { ...entity, version: at.version };
}

// What must not have moved for the decision to stand: the eligibility used (T6), the schedule to be extended or renewed, the principals (L8), the policy (A7), and
// the memberships through which somebody holds the eligibility or may vote (A2).
function reliesOf(facts: Facts, cmd: Command, now: Instant): readonly EntityRef[] {
  const { request: requests } = facts.world;
  const request = requests.get(cmd.type === 'review' ? cmd.request : 'period' in cmd ? cmd.id : '');
  const steady = [...rolesGiven(facts, cmd, request), ...administratorLeft(facts, cmd, now)];
  if (!request || cmd.actor.kind === 'system') return steady;
  const people = [...new Set([request.principal, cmd.actor.id])];
  const activating = request.action === 'selfActivate';
  return [
    ...steady,
    ...people.map((id): EntityRef => ({ kind: 'principal', id })),
    { kind: 'policy', id: policyId(policyKeyOf(facts, request)) },
    ...[request.uses, request.schedule].flatMap((id) =>
      id === null ? [] : [{ kind: 'schedule', id } as const],
    ),
    ...(activating ? people.flatMap((id) => membershipsOf(facts, id, now)) : []),
  ];
}

// A custom role that is given must still be there: whoever removes it looks for holders only at that moment.
function rolesGiven({ world }: Facts, cmd: Command, request: Request | undefined): readonly EntityRef[] {
  const role = cmd.type === 'grant' ? cmd.holding.role : request?.role;
  return role !== undefined && world.role.has(role) ? [{ kind: 'role', id: role }] : [];
}

// Who takes the last but one administrator away relies on the last one (Z9).
function administratorLeft(facts: Facts, cmd: Command, now: Instant): readonly EntityRef[] {
  const { world } = facts;
  const name = cmd.type === 'withdraw' ? cmd.schedule : cmd.type === 'adminRemove' ? cmd.id : null;
  const taken = world.schedule.get(world.request.get(name ?? '')?.schedule ?? name ?? '');
  const [left] = taken && guarded(facts, taken) ? otherAdministrators(facts, taken, now) : [];
  return left ? [{ kind: 'schedule', id: left.id }] : [];
}

function membershipsOf(facts: Facts, person: PrincipalId, now: Instant): readonly EntityRef[] {
  const view = viewOf(facts);
  const all = identities(view, person, now).flatMap(({ principal }) => [...view.assignmentsOf(principal)]);
  const memberships = all.filter((s) => live(s, now) && facts.planes[s.plane].membershipOf(s) !== null);
  return memberships.map(({ id }) => ({ kind: 'schedule', id }));
}

/** What the store is told: every touched entity as it is now, with the version it was read at. */
export function recordingOf(
  world: World,
  read: Versions,
  submissions: readonly Submission[],
  decided: readonly Decided[],
): Recording {
  const lines = decided.flatMap((d) => d.lines);
  const changed = new Map(lines.flatMap((l) => (l.entity ? [[keyOf(l.entity), l.entity] as const] : [])));
  const changes = [...changed.values()].map(({ kind, id }): Change => {
    const entity = world[kind].get(id);
    if (!entity) throw new Error(`bug: ${kind} ${id} was changed and is gone`);
    return { kind, id, base: read.get(keyOf({ kind, id })) ?? 0, entity };
  });
  const relied = new Map(decided.flatMap((d) => d.relies).map((r) => [keyOf(r), r] as const));
  const relies = [...relied.values()]
    .filter((r) => !changed.has(keyOf(r)))
    .map((r) => ({ ...r, version: read.get(keyOf(r)) ?? 0 }));
  return { changes, relies, lines, verifiers: verifiersOf(submissions, decided) };
}

const verifiersOf = (
  submissions: readonly Submission[],
  decided: readonly Decided[],
): Recording['verifiers'] =>
  submissions.flatMap(({ command }, i) =>
    command.type === 'addCredential' && 'verifier' in command && decided[i]?.outcome.ok
      ? [{ credential: command.id, verifier: command.verifier }]
      : [],
  );

export type Versions = ReadonlyMap<string, number>;
export const keyOf = ({ kind, id }: EntityRef): string => `${kind} ${id}`;

/** The version of everything that was read. */
export function versionsOf(world: World): Versions {
  const versions = new Map<string, number>();
  for (const [kind, entities] of Object.entries(world)) {
    for (const [id, entity] of entities) versions.set(`${kind} ${id}`, entity.version);
  }
  return versions;
}
