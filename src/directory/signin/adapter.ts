import { createHash, randomBytes } from 'node:crypto';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { SignInStore } from '../../engine/ports.ts';
import { clientMetadata, findClient } from './clients.ts';
import type { Accounts } from './ports.ts';
import { Refused } from './refusals.ts';

type Payload = Record<string, unknown>;

// The id of one of these is the secret a client holds: the store keeps its digest, so that a copy of the store signs nobody in.
const SECRET_IDS = new Set(['RefreshToken', 'AuthorizationCode']);

/** The provider's persistence: clients come from the directory, everything else goes to the store. */
export function adapters(store: SignInStore, accounts: Accounts): (model: string) => Adapter {
  const clients = clientAdapter(accounts);
  return (model) => (model === 'Client' ? clients : storeAdapter(store, model));
}

function storeAdapter(store: SignInStore, model: string): Adapter {
  const secret = SECRET_IDS.has(model);
  const key = (id: string) => (secret ? createHash('sha256').update(id).digest('base64url') : id);
  const shown = (id: string, payload: Payload | null) =>
    payload === null ? undefined : ((secret ? { ...payload, jti: id } : payload) as AdapterPayload);
  return {
    async upsert(id, payload, expiresIn) {
      const { jti, ...rest } = payload;
      const ends = expiresIn === undefined ? null : new Date(Date.now() + expiresIn * 1000);
      await store.put(model, key(id), (secret ? rest : { ...rest, jti }) as Payload, ends);
    },
    find: async (id) => shown(id, await store.get(model, key(id))),
    findByUid: async (uid) => asPayload(await store.find(model, 'uid', uid)),
    findByUserCode: async (code) => asPayload(await store.find(model, 'userCode', code)),
    consume: (id) => consumeOnce(store, model, key(id)),
    destroy: (id) => store.remove(model, key(id)),
    revokeByGrantId: (grantId) => store.removeGrant(grantId),
  };
}

const asPayload = (payload: Payload | null) => (payload ?? undefined) as AdapterPayload | undefined;

// The provider looks whether a token was used before it uses it; of two uses at once both pass that look, and one fails here.
async function consumeOnce(store: SignInStore, model: string, key: string): Promise<void> {
  if (await store.consume(model, key, new Date())) return;
  const payload = await store.get(model, key);
  if (typeof payload?.['grantId'] === 'string') await store.removeGrant(payload['grantId']);
  throw new Refused({ code: 'grantRevoked' });
}

function clientAdapter(accounts: Accounts): Adapter {
  const placeholder = randomBytes(32).toString('base64url');
  const never = async () => {
    throw new Error('bug: the sign-in changes no clients');
  };
  return {
    find: async (id) => {
      const client = await findClient(accounts, id);
      return client ? (clientMetadata(client, placeholder) as AdapterPayload) : undefined;
    },
    upsert: never,
    findByUid: never,
    findByUserCode: never,
    consume: never,
    destroy: never,
    revokeByGrantId: never,
  };
}
