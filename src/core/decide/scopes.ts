import type { ChangeScope, PutScope, TagScope } from '../command.ts';
import { authorized } from '../confer.ts';
import type { Decision } from '../decision.ts';
import { accept, refuse } from '../decision.ts';
import type { Facts } from '../facts.ts';
import type { Refusal } from '../refusal.ts';
import { same } from '../same.ts';
import type { Scope, ScopeKind } from '../scope.ts';
import { namedScope } from '../scope.ts';
import type { Instant } from '../values.ts';
import { deletedAbove, fixed, treeRefusals } from './scopeTree.ts';
import { firstOf } from './staged.ts';
import { tagged } from './tags.ts';

/** Makes a named scope, or changes it where it hangs. Its path keeps the case of the first writing. */
export function putScope(facts: Facts, cmd: PutScope, now: Instant): Decision {
  const { scope, plane } = cmd;
  const there = namedScope(facts.world.scope, scope.key);
  const refusals = firstOf(
    () => parentRefusals(facts, cmd),
    () => {
      const about = { plane, scope: there ? scope.key : (scope.parent ?? scope.key) };
      return authorized(facts, cmd.actor, about, facts.planes[plane].scopes.writtenBy(scope), now);
    },
    () => (there ? placeRefusals(cmd, there) : []),
    () => (there?.parent === scope.parent ? [] : treeRefusals(facts, plane, scope, scope.parent)),
  );
  if (refusals.length > 0) return refuse(...refusals);
  const { createdAt = now, path = scope.path } = there ?? {};
  const version = facts.world.scope.get(scope.key)?.version ?? 0;
  return written(
    { ...scope, path, createdAt, version, body: scope.body ?? null, deletedAt: null },
    there,
    now,
  );
}

function written(put: Scope, there: Scope | undefined, now: Instant): Decision {
  if (same(put, there)) return accept();
  return accept({ type: 'scopePut', scope: { ...put, version: put.version + 1 }, at: now });
}

// What hangs on what. The server's own orders are not asked: they make what is at the top.
const PARENTS: { readonly [K in ScopeKind]: readonly ScopeKind[] } = {
  tenant: [],
  managementGroup: ['managementGroup'],
  subscription: ['managementGroup'],
  resourceGroup: ['subscription'],
  resource: ['subscription', 'resourceGroup'],
};

function parentRefusals(facts: Facts, { plane, scope, actor }: PutScope): readonly Refusal[] {
  const { parent } = scope;
  const above = parent === null ? null : namedScope(facts.world.scope, parent);
  const fits = actor.kind === 'system' || (above && PARENTS[scope.kind].includes(above.kind));
  if (above === undefined || !fits) return [{ code: 'scopeNotFound', scope: parent ?? scope.key }];
  const gone = deletedAbove(facts, plane, scope.key, 'above');
  return gone === null ? [] : [{ code: 'scopeNotFound', scope: gone }];
}

// What a scope is does not change, and to move one is an order of its own: more depends on it than on its name.
const placeRefusals = ({ actor, scope }: PutScope, there: Scope): readonly Refusal[] =>
  actor.kind === 'system' || (there.kind === scope.kind && there.parent === scope.parent)
    ? []
    : [{ code: 'updateNotPermitted' }];

/** Renames a scope or hangs it under another parent, which changes what is inherited: see movedBy. (Z2) */
export function changeScope(facts: Facts, cmd: ChangeScope, now: Instant): Decision {
  const there = namedScope(facts.world.scope, cmd.scope);
  if (!there) return refuse({ code: 'scopeNotFound', scope: cmd.scope });
  const displayName = cmd.displayName ?? there.displayName;
  const parent = cmd.parent ?? there.parent;
  const moves = parent !== there.parent;
  const refusals = firstOf(
    () => (cmd.displayName === null ? [] : mayWrite(facts, cmd, there, now)),
    () => (moves || cmd.displayName === null ? moveRefusals(facts, cmd, there, now) : []),
  );
  return refusals.length > 0 ? refuse(...refusals) : written({ ...there, displayName, parent }, there, now);
}

const mayWrite = (facts: Facts, { actor, plane, scope }: ChangeScope, there: Scope, now: Instant) =>
  authorized(facts, actor, { plane, scope }, facts.planes[plane].scopes.writtenBy(there), now);

function moveRefusals(facts: Facts, cmd: ChangeScope, there: Scope, now: Instant): readonly Refusal[] {
  const { plane, actor } = cmd;
  const to = cmd.parent ?? there.parent;
  if (to === null || fixed(facts, there, 'moved'))
    return [{ code: 'scopeFixed', scope: there.key, change: 'moved' }];
  const above = namedScope(facts.world.scope, to);
  if (!above || !PARENTS[there.kind].includes(above.kind)) return [{ code: 'scopeNotFound', scope: to }];
  const needs = facts.planes[plane].scopes.movedBy(there, to);
  const lists = needs.length > 0 ? needs : [[]];
  return firstOf(
    ...lists.map((ways) => () => {
      const [first] = ways;
      const scope = first?.by === 'action' ? first.scope : there.key;
      return authorized(facts, actor, { plane, scope }, ways, now);
    }),
    () => treeRefusals(facts, plane, there, to),
  );
}

const TAGS_MAX = 50;

/** Changes a scope's tags. */
export function tagScope(facts: Facts, cmd: TagScope, now: Instant): Decision {
  const { plane, scope } = cmd;
  const there = namedScope(facts.world.scope, scope);
  if (!there) return refuse({ code: 'scopeNotFound', scope });
  const tags = tagged(there.tags, cmd);
  const refusals = firstOf(
    () => (fixed(facts, there, 'tagged') ? [{ code: 'scopeFixed', scope, change: 'tagged' }] : []),
    () => authorized(facts, cmd.actor, { plane, scope }, facts.planes[plane].scopes.taggedBy(there), now),
    () => (Object.keys(tags).length > TAGS_MAX ? [{ code: 'tooManyTags', scope, most: TAGS_MAX }] : []),
  );
  return refusals.length > 0 ? refuse(...refusals) : written({ ...there, tags }, there, now);
}
