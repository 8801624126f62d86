import { standing } from '../../src/core/schedule.ts';
import type { World } from '../../src/core/world.ts';
import type { Recording } from '../../src/engine/ports.ts';

/**
 * What a batch closes although something that must close with it was opened meanwhile by somebody else: eligibilities that
 * were ended with an activation or a waiting request left open, disabled principals with a request left waiting. (T6, L8)
 */
export function leftOpen({ changes }: Recording, after: World): readonly string[] {
  const ended = changes
    .filter(({ kind, id }) => kind === 'schedule' && isOver(after, id))
    .map(({ id }) => id);
  const disabled = changes.filter(
    ({ kind, id }) => kind === 'principal' && after.principal.get(id)?.enabled === false,
  );
  const waiting = [...after.request.values()].filter((r) => r.state === 'pendingApproval');
  return [
    ...ended.filter((id) => {
      const endedAt = after.schedule.get(id)?.endedAt ?? null;
      return [...after.schedule.values()].some(
        (s) => s.activatedFrom === id && endedAt !== null && standing(s, endedAt),
      );
    }),
    ...ended.filter((id) => waiting.some((r) => r.uses === id)),
    ...disabled.map(({ id }) => id).filter((id) => waiting.some((r) => r.principal === id)),
  ];
}

function isOver(world: World, id: string): boolean {
  const s = world.schedule.get(id);
  return s?.kind === 'eligibility' && s.endedAt !== null;
}
