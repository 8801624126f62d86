import type { AddCredential, AdvanceClock, PutPrincipal } from '../command.ts';
import type { Proof } from '../credential.ts';
import type { Decision } from '../decision.ts';
import { accept, refuse } from '../decision.ts';
import type { Event } from '../event.ts';
import type { Facts } from '../facts.ts';
import type { Refusal } from '../refusal.ts';
import { waits } from '../request.ts';
import { same } from '../same.ts';
import type { Instant, PrincipalId, ScopeKey } from '../values.ts';

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

/** Records that a principal can sign in with something. Only an application has certificates and outside issuers. */
export function addCredential(facts: Facts, cmd: AddCredential, now: Instant): Decision {
  const refusals = onlyTheServer(cmd.actor.kind, cmd.principal);
  if (refusals.length > 0) return refuse(...refusals);
  const holder = facts.world.principal.get(cmd.principal);
  if (!holder) return refuse({ code: 'principalNotFound', principal: cmd.principal });
  const proof = proofOf(cmd);
  if (proof.recognizedBy !== null && holder.kind !== 'workload')
    return refuse({
      code: 'principalKindDiffers',
      principal: holder.id,
      has: holder.kind,
      given: 'workload',
    });
  const { id, principal } = cmd;
  const there = facts.world.credential.get(id);
  if (there?.principal === principal && unchanged(proof, there)) return accept();
  const version = (there?.version ?? 0) + 1;
  return accept({
    type: 'credentialAdded',
    credential: { id, principal, ...proof, createdAt: now, version },
    at: now,
  });
}

const proofOf = (cmd: AddCredential): Proof => {
  switch (cmd.kind) {
    case 'password':
    case 'secret':
      return { kind: cmd.kind, recognizedBy: null };
    case 'certificate':
      return { kind: cmd.kind, recognizedBy: cmd.recognizedBy };
    case 'federated':
      return { kind: cmd.kind, recognizedBy: cmd.recognizedBy };
  }
};

// Of a secret it cannot be seen: its hash differs each time.
const unchanged = (proof: Proof, there: Proof): boolean =>
  proof.recognizedBy !== null && proof.kind === there.kind && same(proof.recognizedBy, there.recognizedBy);

/** A manual clock moves forward, never back. (T2) */
export const advanceClock = (_facts: Facts, cmd: AdvanceClock, now: Instant): Decision =>
  cmd.to < now
    ? refuse({ code: 'clockGoesForward', now })
    : accept({ type: 'clockAdvanced', to: cmd.to, at: now });
