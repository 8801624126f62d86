import type { Request } from '../core/request.ts';
import type { Schedule } from '../core/schedule.ts';
import type { PrincipalId } from '../core/values.ts';
import { principalId, type ScopeKey } from '../core/values.ts';
import type { ScopeFilter } from '../engine/ports.ts';
import type { Asked } from './asked.ts';
import { mayDo, READ, selves } from './asked.ts';
import type { Terms } from './filter.ts';
import { containersOf } from './place.ts';
import { insufficientPermissions } from './problems.ts';
import { kindOfKey } from './scope.ts';

/** Lists of what concerns the caller are for everybody; other lists are for those who may read at the scope. */
export function assertMayList(asked: Asked, terms: Terms): void {
  const own = terms.asTarget ?? terms.asRequestor ?? terms.asApprover ?? terms.asCreatedBy;
  if (own === undefined && !mayDo(asked, READ, asked.place.key)) {
    throw insufficientPermissions(asked.call.caller.actor.id);
  }
}

/** Where the rows of a list lie: at the scope, above it and, unless atScope() was asked, below it. */
export function scopeFilterOf(asked: Asked, terms: Terms): { readonly scope?: ScopeFilter } {
  const { engine, place } = asked;
  const at = containersOf(engine, place.key);
  if (terms.atScope) return { scope: { at } };
  return place.kind === 'tenant' ? {} : { scope: { at, below: rootsBelow(asked) } };
}

// Below a management group the data says what there is; below a subscription the path does.
function rootsBelow({ engine, place }: Asked): readonly ScopeKey[] {
  if (place.kind !== 'managementGroup') return [place.key];
  return [...engine.access.scopes()]
    .map((s) => s.key)
    .filter((key) => ['managementGroup', 'subscription'].includes(kindOfKey(key)))
    .filter((key) => containersOf(engine, key).includes(place.key));
}

/** Whose rows a list has; empty when the filter's terms leave nobody, absent when they name nobody. */
export function principalsOf(asked: Asked, terms: Terms): { readonly principals?: readonly PrincipalId[] } {
  const sets = [
    terms.principalId?.map(principalId),
    terms.assignedTo?.flatMap((id) => [principalId(id), ...asked.engine.groupsOf(principalId(id))]),
    terms.asTarget && selves(asked),
  ].filter((set) => set !== undefined);
  const [first, ...others] = sets;
  return first === undefined
    ? {}
    : { principals: first.filter((id) => others.every((set) => set.includes(id))) };
}

/** Whether a request or schedule is the caller's own, directly or through a group. */
const isOwn = (asked: Asked, row: Request | Schedule): boolean => {
  const mine = selves(asked);
  return mine.includes(row.principal) || ('requestor' in row && mine.includes(row.requestor));
};

// docs/divergences.md: arm-readers
export const mayRead = (asked: Asked, row: Request | Schedule): boolean =>
  isOwn(asked, row) || mayDo(asked, READ, row.scope);
