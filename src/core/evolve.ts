import type { Event } from './event.ts';
import { policyId } from './policy.ts';
import type { Request } from './request.ts';
import { closed, MOVES } from './request.ts';
import type { Schedule } from './schedule.ts';
import { earlier } from './values.ts';
import type { World } from './world.ts';

/** What an event means: the one place where state changes. Folding the log from nothing gives the tables. (U1) */
export function evolve(world: World, e: Event): void {
  switch (e.type) {
    case 'requested':
      world.request.set(e.request.id, e.request);
      return;
    case 'voted':
      change(world.request, e.request, (r) => withVote(r, e));
      return;
    case 'requestMoved':
      change(world.request, e.request, (r) => moved(r, e));
      return;
    case 'scheduleCreated':
      world.schedule.set(e.schedule.id, e.schedule);
      return;
    case 'scheduleAmended':
      change(world.schedule, e.schedule, (s) => ({
        ...s,
        note: e.note,
        condition: e.condition,
        amendedBy: e.by,
        updatedAt: e.at,
      }));
      return;
    case 'scheduleRescheduled':
      change(world.schedule, e.schedule, (s) => rescheduled(s, e));
      return;
    case 'accessBegan':
      change(world.schedule, e.schedule, (s) => ({ ...s, announced: 'begin' as const }));
      return;
    case 'accessEnded':
      change(world.schedule, e.schedule, (s) => ended(s, e));
      return;
    case 'policyChanged':
      world.policy.set(policyId(e.policy), e.policy);
      return;
    case 'scopePut':
      world.scope.set(e.scope.key, { body: null, deletedAt: null, ...e.scope });
      return;
    case 'scopeDeleted':
      change(world.scope, e.scope, (s) => ({ ...s, deletedAt: e.at }));
      return;
    case 'principalPut':
      world.principal.set(e.principal.id, e.principal);
      return;
    case 'credentialAdded':
      // Lines from before there were certificates do not say what a credential is recognized by.
      world.credential.set(e.credential.id, { ...RECOGNIZED_BY_NOTHING, ...e.credential });
      return;
    case 'roleDefined':
      world.role.set(e.role.id, e.role);
      return;
    case 'roleRemoved':
      change(world.role, e.role, (r) => ({ ...r, ...removal(e) }));
      return;
    case 'denyAssignmentPut':
      world.denyAssignment.set(e.denyAssignment.id, e.denyAssignment);
      return;
    case 'denyAssignmentRemoved':
      change(world.denyAssignment, e.denyAssignment, (d) => ({ ...d, ...removal(e) }));
      return;
    case 'clockAdvanced':
    case 'refused':
      return;
  }
}

const RECOGNIZED_BY_NOTHING: object = { recognizedBy: null };
const removal = ({ at, by }: Extract<Event, { by: unknown }>) => ({
  removedAt: at,
  updatedAt: at,
  updatedBy: by,
});

function change<T extends { readonly version: number }>(
  map: Map<string, T>,
  id: string,
  to: (entity: T) => T,
): void {
  const entity = map.get(id);
  if (!entity) throw new Error(`bug: an event changes ${id}, which is not there`);
  map.set(id, { ...to(entity), version: entity.version + 1 });
}

function withVote(r: Request, e: Extract<Event, { type: 'voted' }>): Request {
  const stages = r.stages.map((s, i) => (i === r.stage ? { ...s, votes: [...s.votes, e.vote] } : s));
  const next = e.completesStage && r.stage + 1 < r.stages.length;
  return next ? { ...r, stages, stage: r.stage + 1, stageSince: e.at } : { ...r, stages };
}

// INVARIANT(L1): a move outside the table is a bug, whoever decided it.
function moved(r: Request, e: Extract<Event, { type: 'requestMoved' }>): Request {
  if (!MOVES[r.state].includes(e.to))
    throw new Error(`bug: request ${r.id} cannot move from ${r.state} to ${e.to}`);
  return { ...r, state: e.to, schedule: e.schedule ?? r.schedule, closedAt: closed(e.to) ? e.at : null };
}

// INVARIANT(T5): whoever decided it, the end of what was activated only ever moves nearer.
function rescheduled(
  s: Schedule,
  { start, end, at }: Extract<Event, { type: 'scheduleRescheduled' }>,
): Schedule {
  if (s.activatedFrom !== null && earlier(end, s.end) !== end)
    throw new Error(`bug: the end of the activation ${s.id} would move later`);
  return { ...s, start, end, updatedAt: at };
}

function ended(s: Schedule, e: Extract<Event, { type: 'accessEnded' }>): Schedule {
  const endedAt = e.reason === 'expired' ? s.endedAt : e.at;
  return { ...s, endedAt, endReason: e.reason, announced: 'end', updatedAt: e.at };
}
