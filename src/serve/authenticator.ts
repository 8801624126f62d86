import type { PrincipalId } from '../core/values.ts';
import { accounts } from '../directory/accounts.ts';
import { SIGN_IN_PATHS } from '../directory/signin/paths.ts';
import { type SignInOptions, signIn } from '../directory/signin/signIn.ts';
import type { Engine } from '../engine/engine.ts';
import type { SignInStore } from '../engine/ports.ts';
import type { Authenticator } from '../http/server.ts';

/** The sign-in as the HTTP server uses it: a verified token becomes an actor. */
export function authenticator(
  engine: Engine,
  store: SignInStore,
  more: Omit<SignInOptions, 'accounts' | 'store'>,
): Authenticator {
  const known = accounts(engine.store, (id) => engine.access.principal(id));
  const signing = signIn({ ...more, accounts: known, store });
  return {
    owns: SIGN_IN_PATHS,
    handle: async (request, origin) => {
      await engine.fresh();
      return signing.handle(request, origin);
    },
    // INVARIANT(Z5): no call is served from what this replica may have missed.
    authenticate: async (authorization, origin, audience) => {
      await engine.fresh();
      const found = await signing.authenticate(authorization, origin, audience);
      if (!found.ok) return found;
      const { id, kind, name, appId, amr, acrs } = found.caller;
      const actor = { id: id as PrincipalId, kind, mfa: amr.includes('mfa'), contexts: acrs };
      return { ok: true, caller: { actor, name, appId: appId ?? '' } };
    },
  };
}
