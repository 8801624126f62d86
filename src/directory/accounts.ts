import type { Principal } from '../core/principal.ts';
import type { PrincipalId } from '../core/values.ts';
import { parseGuid } from '../core/values.ts';
import type { Store } from '../engine/ports.ts';
import { secretMatches } from './secretHash.ts';
import type { Account, Accounts } from './signin/ports.ts';

type Reads = Pick<Store, 'principals' | 'verifiers' | 'credentials'>;

/** Who can sign in: the store's people and workload identities. Groups cannot. */
export function accounts(store: Reads, known: (id: PrincipalId) => Principal | undefined): Accounts {
  const one = async (field: 'upn' | 'appId', value: string) =>
    accountOf((await store.principals({ is: { field, value }, limit: 1 })).rows[0]);
  const credentials = <K extends 'certificate' | 'federated'>(kind: K, { id }: Account) =>
    store.credentials(id as PrincipalId, kind);
  return {
    byUpn: (upn) => one('upn', upn),
    byAppId: async (appId) => (parseGuid(appId) === null ? null : one('appId', appId.toLowerCase())),
    byId: async (id) => accountOf(known(id as PrincipalId)),
    verify: async (account, secret) => {
      const kind = account.kind === 'person' ? 'password' : 'secret';
      const verifiers = await store.verifiers(account.id as PrincipalId, kind);
      const matches = await Promise.all(verifiers.map((verifier) => secretMatches(verifier, secret)));
      return matches.includes(true);
    },
    certificates: async (account) => (await credentials('certificate', account)).map((c) => c.recognizedBy),
    federations: async (account) => (await credentials('federated', account)).map((c) => c.recognizedBy),
  };
}

const accountOf = (p: Principal | undefined): Account | null =>
  !p || p.kind === 'group'
    ? null
    : { id: p.id, kind: p.kind, displayName: p.displayName, upn: p.upn, appId: p.appId, enabled: p.enabled };
