import type { EntityKind, Event } from '../../src/core/event.ts';
import { evolve } from '../../src/core/evolve.ts';
import { policyId, ruleOf } from '../../src/core/policy.ts';
import type { RequestState } from '../../src/core/request.ts';
import type { Instant } from '../../src/core/values.ts';
import type { World } from '../../src/core/world.ts';
import type { LogLine } from '../../src/engine/ports.ts';
import { PLANES_HERE } from './estate.ts';
import { actsAs, inForce } from './reference.ts';

/** What is known of one request from the log alone. */
export interface Story {
  readonly states: RequestState[];
  /** The longest activation its policy allowed when it was asked and when it was granted. */
  maximum: number;
  /** Schedules created in its name. */
  grants: number;
  /** Votes by people who were, when they voted, no approver of the open stage. */
  strangers: number;
}

/** The log told again from the beginning: the state it comes to, and what it says of each request. */
export interface Retelling {
  readonly world: World;
  readonly stories: ReadonlyMap<string, Story>;
  /** Lines whose entity version is not the one after the last, or that name what they do not change. */
  readonly gaps: number;
}

export const copyOf = (world: World): World => ({
  request: new Map(world.request),
  schedule: new Map(world.schedule),
  policy: new Map(world.policy),
  scope: new Map(world.scope),
  principal: new Map(world.principal),
  credential: new Map(world.credential),
  role: new Map(world.role),
  denyAssignment: new Map(world.denyAssignment),
});

/** The same in steps, so that nobody tells the beginning again and again. */
export function storyteller(origin: World): {
  hear(lines: readonly LogLine[]): void;
  readonly told: Retelling;
} {
  const world = copyOf(origin);
  const stories = new Map<string, Story>();
  let gaps = 0;
  const hear = (lines: readonly LogLine[]) => {
    for (const { event, entity } of lines) {
      const before = entity === null ? 0 : versionIn(world, entity.kind, entity.id);
      remember(stories, world, event);
      evolve(world, event);
      const next = entity === null ? 0 : versionIn(world, entity.kind, entity.id);
      if (entity !== null && (entity.version !== before + 1 || next !== entity.version)) gaps++;
    }
  };
  return {
    hear,
    get told() {
      return { world, stories, gaps };
    },
  };
}

const versionIn = (world: World, kind: EntityKind, id: string): number => world[kind].get(id)?.version ?? 0;

function remember(stories: Map<string, Story>, world: World, e: Event): void {
  if (e.type === 'requested') {
    const maximum = maximumOf(world, e.request);
    stories.set(e.request.id, { states: [e.request.state], maximum, grants: 0, strangers: 0 });
  }
  if (e.type === 'requestMoved') stories.get(e.request)?.states.push(e.to);
  if (e.type === 'voted' && !mayVote(world, e.request, e.vote.by, e.at))
    bump(stories, e.request, 'strangers');
  if (e.type !== 'scheduleCreated' || e.schedule.createdBy === null) return;
  bump(stories, e.schedule.createdBy, 'grants');
  const story = stories.get(e.schedule.createdBy);
  if (story) story.maximum = Math.min(story.maximum, maximumOf(world, e.schedule));
}

function bump(stories: Map<string, Story>, request: string, what: 'grants' | 'strangers'): void {
  const story = stories.get(request);
  if (story) story[what]++;
}

function mayVote(world: World, request: string, by: Parameters<typeof actsAs>[1], at: Instant): boolean {
  const r = world.request.get(request);
  const identities = actsAs(world, by, at);
  if (r?.stages[r.stage]?.decidedBy === 'administrators') return administersAll(world, identities, at);
  return r?.stages[r.stage]?.primary.some((a) => identities.has(a.id)) ?? false;
}

// In the simulator's estate the administrators of every target are those who hold one of these at the root.
const administersAll = (world: World, identities: ReadonlySet<string>, at: Instant): boolean =>
  [...world.schedule.values()].some(
    (s) =>
      ['owner', 'privileged'].includes(s.role) &&
      s.scope === '/' &&
      s.kind === 'assignment' &&
      identities.has(s.principal) &&
      inForce(s, at),
  );

function maximumOf(world: World, r: Parameters<typeof policyId>[0]): number {
  const plane = PLANES_HERE[r.plane];
  const policy = world.policy.get(policyId({ plane: r.plane, ...plane.policyOf(r) }));
  const rule = ruleOf(policy?.rules ?? plane.defaultRules, 'expiration', {
    caller: 'endUser',
    level: 'assignment',
  });
  return rule?.maximum.length ?? 0;
}
