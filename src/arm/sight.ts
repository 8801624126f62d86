import { live } from '../core/schedule.ts';
import type { ScopeKey } from '../core/values.ts';
import type { Call } from '../http/route.ts';
import type { Arm } from './asked.ts';
import { PLANE, selves } from './asked.ts';
import { PAGE_SIZE } from './paging.ts';
import { containersOf } from './place.ts';

/**
 * Which scopes somebody is shown: those at, above or below one where they hold, may activate or have to decide something.
 * docs/divergences.md: arm-sight
 */
export async function sightOf(arm: Arm, call: Call): Promise<(key: ScopeKey) => boolean> {
  const { engine } = arm;
  const concerned = new Set([...heldBy(arm, call), ...(await waitingFor(arm, call))]);
  const above = new Set([...concerned].flatMap((key) => containersOf(engine, key)));
  return (key) => above.has(key) || containersOf(engine, key).some((c) => concerned.has(c));
}

function heldBy({ engine }: Arm, call: Call): readonly ScopeKey[] {
  const now = engine.now();
  return selves({ engine, call })
    .flatMap((id) => [...engine.access.assignmentsOf(id), ...engine.access.eligibilitiesOf(id)])
    .filter((s) => s.plane === PLANE && live(s, now))
    .map((s) => s.scope);
}

async function waitingFor({ engine }: Arm, call: Call): Promise<readonly ScopeKey[]> {
  const { rows } = await engine.store.requests({
    plane: PLANE,
    states: ['pendingApproval'],
    approvers: selves({ engine, call }),
    limit: PAGE_SIZE,
  });
  return rows.map((r) => r.scope);
}
