import { waits } from '../../src/core/request.ts';
import { standing } from '../../src/core/schedule.ts';
import type { World } from '../../src/core/world.ts';
import type { Recording } from '../../src/engine/ports.ts';

const atOrBelow = (key: string, root: string): boolean => key === root || key.startsWith(`${root}/`);

/** The scopes a batch deletes although somebody else has put something into them meanwhile. */
export function leftIn({ changes }: Recording, after: World): readonly string[] {
  return changes
    .filter(({ kind }) => kind === 'scope')
    .map(({ id }) => id)
    .filter((id) => {
      const deletedAt = after.scope.get(id)?.deletedAt ?? null;
      if (deletedAt === null) return false;
      const held = [...after.schedule.values()].some(
        (s) => atOrBelow(s.scope, id) && s.announced !== 'end' && standing(s, deletedAt),
      );
      const waiting = [...after.request.values()].some((r) => atOrBelow(r.scope, id) && waits(r));
      const named = [...after.scope.values()].some(
        (s) => s.deletedAt === null && (s.parent === id || atOrBelow(s.key, id)),
      );
      return held || waiting || named;
    });
}
