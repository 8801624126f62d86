import type { AddCredential, AdvanceClock, PutPrincipal, PutScope } from '../command.ts';
import { authorized } from '../confer.ts';
import type { Decision } from '../decision.ts';
import { accept, refuse } from '../decision.ts';
import type { Event } from '../event.ts';
import type { Facts } from '../facts.ts';
import type { Refusal } from '../refusal.ts';
import { waits } from '../request.ts';
import { same } from '../same.ts';
import type { Instant, PrincipalId, ScopeKey } from '../values.ts';

/** Makes or changes a named scope; its path keeps the case of the first writing. */
export function putScope(facts: Facts, cmd: PutScope, now: Instant): Decision {
  const { scope, actor } = cmd;
  if (scope.parent !== null && !facts.world.scope.has(scope.parent)) {
    return refuse({ code: 'scopeNotFound', scope: scope.parent });
  }
  const ways = facts.planes[cmd.plane].scopeWrittenBy(scope);
  const refusals = authorized(
    facts,
    actor,
    { plane: cmd.plane, scope: scope.parent ?? scope.key },
    ways,
    now,
  );
  if (refusals.length > 0) return refuse(...refusals);
  const there = facts.world.scope.get(scope.key);
  const { createdAt = now, version = 0, path = scope.path } = there ?? {};
  const put = { ...scope, path, createdAt, version };
  return same(put, there)
    ? accept()
    : accept({ type: 'scopePut', scope: { ...put, version: version + 1 }, at: now });
}

/** Makes or changes a principal. Disabling one closes what waits for them; access ends by itself. (L8) */
export function putPrincipal(facts: Facts, cmd: PutPrincipal, now: Instant): Decision {
  const refusals = onlyTheServer(cmd.actor.kind, cmd.principal.id);
  if (refusals.length > 0) return refuse(...refusals);
  const there = facts.world.principal.get(cmd.principal.id);
  const { createdAt = now, version = 0 } = there ?? {};
  const put = { ...cmd.principal, createdAt, version };
  if (same(put, there)) return accept();
  return accept(
    { type: 'principalPut', principal: { ...put, version: version + 1 }, at: now },
    ...(put.enabled ? [] : waitingOf(facts, put.id, now)),
  );
}

const waitingOf = (facts: Facts, principal: PrincipalId, now: Instant): readonly Event[] =>
  [...facts.world.request.values()]
    .filter((r) => r.principal === principal && waits(r))
    .map((r) => ({ type: 'requestMoved', request: r.id, to: 'canceled', schedule: null, at: now }));

// No wire writes the directory yet, so nobody but the server may.
const onlyTheServer = (kind: string, about: string): readonly Refusal[] =>
  kind === 'system'
    ? []
    : [{ code: 'notAuthorized', plane: null, action: 'directory/write', scope: about as ScopeKey }];

/** Records that a principal can sign in with something. */
export function addCredential(facts: Facts, cmd: AddCredential, now: Instant): Decision {
  const refusals = onlyTheServer(cmd.actor.kind, cmd.principal);
  if (refusals.length > 0) return refuse(...refusals);
  if (!facts.world.principal.has(cmd.principal))
    return refuse({ code: 'principalNotFound', principal: cmd.principal });
  const { id, principal, kind } = cmd;
  const version = (facts.world.credential.get(id)?.version ?? 0) + 1;
  return accept({
    type: 'credentialAdded',
    credential: { id, principal, kind, createdAt: now, version },
    at: now,
  });
}

/** A manual clock moves forward, never back. (T2) */
export const advanceClock = (_facts: Facts, cmd: AdvanceClock, now: Instant): Decision =>
  cmd.to < now
    ? refuse({ code: 'clockGoesForward', now })
    : accept({ type: 'clockAdvanced', to: cmd.to, at: now });
