import type { JWK } from 'jose';
import type pg from 'pg';
import type { Instant } from '../core/values.ts';
import type { SignInStore } from '../engine/ports.ts';
import { ask } from './ask.ts';

type Payload = Record<string, unknown>;

/** Where sign-ins keep what they leave behind. */
export interface SignInPersistence extends SignInStore {
  /** Removes what had expired at this instant; returns how much. */
  removeExpired(at: Date): Promise<number>;
}

// What was consumed stays so, whatever is written over it.
const PUT = `
  insert into signin_payload (model, id, payload, expires_at, uid, user_code, grant_id)
  values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (model, id) do update set payload = excluded.payload, expires_at = excluded.expires_at,
    uid = excluded.uid, user_code = excluded.user_code, grant_id = excluded.grant_id`;
const GET = 'select payload, consumed_at from signin_payload where model = $1';
const CONSUME = `
  update signin_payload set consumed_at = $3 where model = $1 and id = $2 and consumed_at is null returning id`;

export function signInPersistence(pool: pg.Pool): SignInPersistence {
  const run = (text: string, ...values: unknown[]) => ask<{ id: string }>(pool, { text, values });
  const one = (where: string, ...values: unknown[]) => payloadOf(pool, `${GET} and ${where}`, values);
  return {
    put: async (model, id, payload, expiresAt) => {
      const { uid = null, userCode = null, grantId = null } = payload;
      await run(
        PUT,
        model,
        id,
        JSON.stringify(payload),
        expiresAt?.toISOString() ?? null,
        uid,
        userCode,
        grantId,
      );
    },
    get: (model, id) => one('id = $2', model, id),
    find: (model, by, value) => one(by === 'uid' ? 'uid = $2' : 'user_code = $2', model, value),
    consume: async (model, id, at) => (await run(CONSUME, model, id, at.toISOString())).length === 1,
    remove: async (model, id) => {
      await run('delete from signin_payload where model = $1 and id = $2', model, id);
    },
    removeGrant: async (grantId) => {
      await run(`delete from signin_payload where grant_id = $1 or (model = 'Grant' and id = $1)`, grantId);
    },
    removeExpired: async (at) =>
      (await run('delete from signin_payload where expires_at <= $1 returning id', at.toISOString())).length,
    keys: async () =>
      (await ask<{ jwk: JWK }>(pool, { text: 'select jwk from signin_key order by number desc' })).map(
        ({ jwk }) => jwk,
      ),
    addKey: async (jwk) => {
      await run('insert into signin_key (jwk) values ($1)', JSON.stringify(jwk));
    },
  };
}

async function payloadOf(pool: pg.Pool, text: string, values: readonly unknown[]): Promise<Payload | null> {
  const [row] = await ask<{ payload: Payload; consumed_at: Instant | null }>(pool, { text, values });
  if (!row) return null;
  const { payload, consumed_at: at } = row;
  return at === null ? payload : { ...payload, consumed: Math.floor(at / 1_000) };
}
