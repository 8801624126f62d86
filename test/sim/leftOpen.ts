import { waits } from '../../src/core/request.ts';
import { standing } from '../../src/core/schedule.ts';
import type { World } from '../../src/core/world.ts';
import type { Recording } from '../../src/engine/ports.ts';

/**
 * What a batch closes although something that must close with it was opened meanwhile by somebody else: eligibilities that
 * were ended with an activation or a waiting request left open, or that end before an activation does (T6), schedules that
 * were ended with a request left waiting to extend them, disabled principals with a request left waiting (L8).
 */
export function leftOpen({ changes }: Recording, after: World): readonly string[] {
  const ended = changes
    .filter(({ kind, id }) => kind === 'schedule' && isOver(after, id))
    .map(({ id }) => id);
  const disabled = changes.filter(
    ({ kind, id }) => kind === 'principal' && after.principal.get(id)?.enabled === false,
  );
  const waiting = [...after.request.values()].filter(waits);
  return [
    ...ended.filter((id) => {
      const endedAt = after.schedule.get(id)?.endedAt ?? null;
      return [...after.schedule.values()].some(
        (s) => s.activatedFrom === id && endedAt !== null && standing(s, endedAt),
      );
    }),
    ...ended.filter((id) => waiting.some((r) => r.uses === id)),
    ...shortened(changes, after),
    ...changes
      .filter(({ kind, id }) => kind === 'schedule' && (after.schedule.get(id)?.endedAt ?? null) !== null)
      .filter(({ id }) => waiting.some((r) => r.action === 'selfExtend' && r.schedule === id))
      .map(({ id }) => id),
    ...disabled.map(({ id }) => id).filter((id) => waiting.some((r) => r.principal === id)),
  ];
}

// Eligibilities that end before something that came from them does.
function shortened(changes: Recording['changes'], after: World): readonly string[] {
  return changes.flatMap(({ kind, id }) => {
    const s = kind === 'schedule' ? after.schedule.get(id) : undefined;
    if (s?.kind !== 'eligibility' || s.end === null || s.announced === 'end') return [];
    const { end } = s;
    return [...after.schedule.values()].some((d) => d.activatedFrom === id && standing(d, end)) ? [id] : [];
  });
}

function isOver(world: World, id: string): boolean {
  const s = world.schedule.get(id);
  return s?.kind === 'eligibility' && s.endedAt !== null;
}
