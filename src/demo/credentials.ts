import { SYSTEM } from '../core/actor.ts';
import type { AddCredential } from '../core/command.ts';
import type { PrincipalId } from '../core/values.ts';
import type { Engine } from '../engine/engine.ts';
import { ADMINISTRATOR } from './applications.ts';
import { together } from './live.ts';
import { nameGuid } from './nameGuid.ts';
import { FACES, ON_CALL, OPERATOR, PEOPLE } from './people.ts';
import type { DemoSecrets } from './secrets.ts';

/** Gives the secrets to those who sign in with them; the administrator's comes last. */
export async function giveCredentials(
  { engine, hash }: { readonly engine: Engine; readonly hash: (secret: string) => Promise<string> },
  secrets: DemoSecrets,
): Promise<void> {
  // One hash for everybody with the same password: it takes tens of milliseconds.
  const password = await hash(secrets.user.password);
  const faces = PEOPLE.filter(({ login }) => FACES.some((face) => face.login === login));
  await together(
    engine,
    [OPERATOR, ON_CALL, ...faces].map(({ id }) => credential(id, 'password', password)),
  );
  await together(engine, [credential(ADMINISTRATOR.id, 'secret', await hash(secrets.clientSecret))]);
}

const credential = (
  principal: PrincipalId,
  kind: 'password' | 'secret',
  verifier: string,
): AddCredential => ({
  type: 'addCredential',
  actor: SYSTEM,
  id: nameGuid(kind, principal),
  principal,
  kind,
  verifier,
});
