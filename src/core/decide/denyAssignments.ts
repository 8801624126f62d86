import type { PutDenyAssignment, RemoveDenyAssignment } from '../command.ts';
import type { Decision } from '../decision.ts';
import { accept, refuse } from '../decision.ts';
import type { DenyAssignment } from '../denyAssignment.ts';
import type { Facts } from '../facts.ts';
import type { Refusal } from '../refusal.ts';
import { same } from '../same.ts';
import type { Instant, ScopeKey } from '../values.ts';

/** Makes or changes a deny assignment. One that was removed is made anew under its id. */
export function putDenyAssignment(facts: Facts, cmd: PutDenyAssignment, now: Instant): Decision {
  const draft = cmd.denyAssignment;
  const refusals = onlyTheServer(cmd.actor.kind, draft.scope);
  if (refusals.length > 0) return refuse(...refusals);
  if (!facts.world.scope.has(draft.scope)) return refuse({ code: 'scopeNotFound', scope: draft.scope });
  const row = facts.world.denyAssignment.get(draft.id);
  const there = row?.removedAt === null ? row : undefined;
  if (there && same({ ...there, ...draft }, there)) return accept();
  const made = { createdAt: there?.createdAt ?? now, createdBy: there?.createdBy ?? cmd.actor.id };
  const put: DenyAssignment = {
    ...draft,
    ...made,
    updatedAt: now,
    updatedBy: cmd.actor.id,
    removedAt: null,
    version: (row?.version ?? 0) + 1,
  };
  return accept({ type: 'denyAssignmentPut', denyAssignment: put, at: now });
}

export function removeDenyAssignment(facts: Facts, cmd: RemoveDenyAssignment, now: Instant): Decision {
  const there = facts.world.denyAssignment.get(cmd.denyAssignment);
  if (there?.removedAt !== null)
    return refuse({ code: 'denyAssignmentNotFound', denyAssignment: cmd.denyAssignment });
  const refusals = onlyTheServer(cmd.actor.kind, there.scope);
  if (refusals.length > 0) return refuse(...refusals);
  const by = cmd.actor.id;
  return accept({ type: 'denyAssignmentRemoved', denyAssignment: there.id, by, at: now });
}

// No wire writes deny assignments yet, so nobody but the server may.
const onlyTheServer = (kind: string, scope: ScopeKey): readonly Refusal[] =>
  kind === 'system'
    ? []
    : [
        {
          code: 'notAuthorized',
          plane: null,
          action: 'Microsoft.Authorization/denyAssignments/write',
          scope,
        },
      ];
