import type { JWK } from 'jose';
import type { SignInStore } from '../../engine/ports.ts';

type Payload = Record<string, unknown>;
interface Row {
  readonly model: string;
  readonly id: string;
  readonly payload: Payload;
  readonly expiresAt: Date | null;
}

/** What sign-ins leave behind, in memory: for the simulator and for tests. */
export function memorySignInStore(): SignInStore {
  const rows = new Map<string, Row>();
  const keys: JWK[] = [];
  const at = (model: string, id: string) => `${model} ${id}`;
  const alive = (row: Row | undefined) =>
    row && (row.expiresAt === null || row.expiresAt.getTime() > Date.now()) ? row : undefined;
  const shown = (row: Row | undefined) => (alive(row) ? structuredClone(row?.payload ?? null) : null);
  return {
    async put(model, id, payload, expiresAt) {
      // What was consumed stays so, whatever is written over it.
      const { consumed } = rows.get(at(model, id))?.payload ?? {};
      const kept = { ...structuredClone(payload), ...(consumed === undefined ? {} : { consumed }) };
      rows.set(at(model, id), { model, id, payload: kept, expiresAt });
    },
    get: async (model, id) => shown(rows.get(at(model, id))),
    find: async (model, by, value) =>
      shown([...rows.values()].find((row) => row.model === model && row.payload[by] === value)),
    async consume(model, id, when) {
      const row = alive(rows.get(at(model, id)));
      if (!row || row.payload['consumed'] !== undefined) return false;
      const consumed = Math.floor(when.getTime() / 1000);
      rows.set(at(model, id), { ...row, payload: { ...row.payload, consumed } });
      return true;
    },
    remove: async (model, id) => void rows.delete(at(model, id)),
    async removeGrant(grantId) {
      for (const [key, row] of rows)
        if (row.payload['grantId'] === grantId || (row.model === 'Grant' && row.id === grantId))
          rows.delete(key);
    },
    keys: async () => structuredClone(keys),
    addKey: async (jwk) => void keys.unshift(structuredClone(jwk)),
  };
}
