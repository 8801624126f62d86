import type { DefineRole, RemoveRole } from '../command.ts';
import { authorized } from '../confer.ts';
import type { Decision } from '../decision.ts';
import { accept, refuse } from '../decision.ts';
import type { Facts } from '../facts.ts';
import type { Authority } from '../plane.ts';
import type { Refusal } from '../refusal.ts';
import { waits } from '../request.ts';
import type { CustomRole, RoleDraft } from '../role.ts';
import { assignableAt, roleNameKey } from '../role.ts';
import { same } from '../same.ts';
import type { Instant, RoleKey, ScopeKey } from '../values.ts';
import { after, duration } from '../values.ts';
import { firstOf } from './staged.ts';

/** Makes or changes a custom role. What it lets its holders do changes at once. */
export function defineRole(facts: Facts, cmd: DefineRole, now: Instant): Decision {
  const { role } = cmd;
  const row = facts.world.role.get(role.id);
  const there = row?.removedAt === null ? row : undefined;
  const refusals = firstOf(
    () => builtIn(facts, role),
    () => invalid(facts, role),
    () => mayDefine(facts, cmd, there, now),
    () => nameTaken(facts, role),
    () => heldElsewhere(facts, role),
  );
  if (refusals.length > 0) return refuse(...refusals);
  if (there && same({ ...there, ...role }, there)) return accept();
  return accept({ type: 'roleDefined', role: defined(cmd, row, there, now), at: now });
}

/** Removes a custom role. What somebody holds, may activate or waits for is removed first. */
export function removeRole(facts: Facts, cmd: RemoveRole, now: Instant): Decision {
  const { plane, actor } = cmd;
  const there = facts.world.role.get(cmd.role);
  if (facts.role(plane, cmd.role)) return refuse({ code: 'roleBuiltIn', role: cmd.role });
  if (there?.plane !== plane || there.removedAt !== null)
    return refuse({ code: 'roleNotFound', role: cmd.role });
  const ways = (scope: ScopeKey) => facts.planes[plane].roleWrittenBy(scope, 'delete');
  const refusals = firstOf(
    () => everywhere(facts, cmd, assignableAt(there), ways, now),
    () => (usesOf(facts, there.id).length > 0 ? [{ code: 'roleInUse', role: there.id }] : []),
  );
  if (refusals.length > 0) return refuse(...refusals);
  return accept({ type: 'roleRemoved', role: there.id, by: actor.id, at: now });
}

const builtIn = (facts: Facts, { plane, id }: RoleDraft): readonly Refusal[] =>
  facts.role(plane, id) ? [{ code: 'roleBuiltIn', role: id }] : [];

function invalid(facts: Facts, role: RoleDraft): readonly Refusal[] {
  const scopes = assignableAt(role);
  const groups = scopes.filter((key) => facts.world.scope.get(key)?.kind === 'managementGroup');
  const onData = role.permissions.some((p) => p.dataActions.length + p.notDataActions.length > 0);
  const at = (field: string, problem: string): Refusal => ({ code: 'roleInvalid', field, problem });
  return [
    ...(scopes.length === 0 ? [at('assignableScopes', 'it must name at least one scope')] : []),
    ...(scopes.some((key) => facts.world.scope.get(key)?.kind === 'tenant')
      ? [at('assignableScopes', "only built-in roles can be given at '/'; name management groups or below")]
      : []),
    ...(new Set(groups).size > 1 ? [at('assignableScopes', 'it may name only one management group')] : []),
    ...(groups.length > 0 && onData
      ? [at('dataActions', 'a role with data actions cannot be given at a management group')]
      : []),
  ];
}

/**
 * Who makes a role must be allowed to at every scope where it can or could be given. Changing what one does gives its holders
 * something, so it needs, at all these scopes, the right to give roles as well, under no condition. (Z2)
 */
function mayDefine(
  facts: Facts,
  cmd: DefineRole,
  there: CustomRole | undefined,
  now: Instant,
): readonly Refusal[] {
  const { role } = cmd;
  const plane = facts.planes[role.plane];
  const scopes = [...new Set([...assignableAt(role), ...(there ? assignableAt(there) : [])])];
  const gives = there !== undefined && !same(there.permissions, role.permissions);
  const target = (scope: ScopeKey) => ({ plane: role.plane, role: role.id, scope });
  return firstOf(
    () => everywhere(facts, asked(cmd), scopes, (scope) => plane.roleWrittenBy(scope, 'write'), now),
    () =>
      gives
        ? everywhere(
            facts,
            asked(cmd),
            scopes,
            (scope) => plane.administeredBy(target(scope), 'schedules'),
            now,
          )
        : [],
  );
}

const asked = ({ actor, at, role }: DefineRole) => ({ actor, at, plane: role.plane });

function everywhere(
  facts: Facts,
  { actor, at, plane }: Pick<RemoveRole, 'actor' | 'at' | 'plane'>,
  scopes: readonly ScopeKey[],
  ways: (scope: ScopeKey) => readonly Authority[],
  now: Instant,
): readonly Refusal[] {
  const missing = (scope: ScopeKey) => authorized(facts, actor, { plane, scope }, ways(scope), now);
  const here = missing(at);
  if (here.length > 0) return here;
  const linked = scopes.filter((scope) => missing(scope).length > 0);
  const [way] = ways(at);
  const action = way?.by === 'action' ? way.action : 'ownership';
  return linked.length === 0 ? [] : [{ code: 'linkedNotAuthorized', action, scope: at, linked }];
}

function nameTaken({ world }: Facts, role: RoleDraft): readonly Refusal[] {
  const taken = [...world.role.values()].some(
    (r) =>
      r.id !== role.id &&
      r.plane === role.plane &&
      r.removedAt === null &&
      roleNameKey(r.name) === roleNameKey(role.name),
  );
  return taken ? [{ code: 'roleNameTaken', name: role.name }] : [];
}

// The scopes where somebody holds it, may activate it or waits for it; the facts have one example of each.
const usesOf = ({ world }: Facts, role: RoleKey): readonly ScopeKey[] => [
  ...new Set([
    ...[...world.schedule.values()]
      .filter((s) => s.role === role && s.announced !== 'end')
      .map((s) => s.scope),
    ...[...world.request.values()].filter((r) => r.role === role && waits(r)).map((r) => r.scope),
  ]),
];

// Nobody holds a role where it cannot be given: whoever may change it there would not be asked any more. (Z2)
function heldElsewhere(facts: Facts, role: RoleDraft): readonly Refusal[] {
  const allowed = assignableAt(role);
  const parentOf = (s: ScopeKey) => facts.world.scope.get(s)?.parent ?? null;
  const within = (scope: ScopeKey) =>
    facts.planes[role.plane].containers(scope, parentOf).some((c) => allowed.includes(c));
  const scopes = usesOf(facts, role.id).filter((scope) => !within(scope));
  return scopes.length === 0 ? [] : [{ code: 'roleHeldElsewhere', scopes }];
}

const INSTANT = duration(1);
function defined(
  { role, actor }: DefineRole,
  row: CustomRole | undefined,
  there: CustomRole | undefined,
  now: Instant,
): CustomRole {
  const createdAt = there?.createdAt ?? now;
  return {
    ...role,
    createdAt,
    createdBy: there?.createdBy ?? actor.id,
    // Terraform takes a change for not yet made while both instants are the same.
    updatedAt: there && now <= createdAt ? after(createdAt, INSTANT) : now,
    updatedBy: actor.id,
    removedAt: null,
    version: (row?.version ?? 0) + 1,
  };
}
