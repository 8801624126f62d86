import { choose, theOne } from './candidates.ts';
import { EXIT } from './failure.ts';
import { assignments, isActivated } from './holding.ts';
import type { Io } from './io.ts';
import { requestPath } from './request.ts';
import { type Common, open } from './session.ts';
import { type Place, wantedOf } from './target.ts';
import { callerOf } from './wire.ts';

export interface DeactivateOptions extends Common, Place {
  readonly justification?: string | undefined;
}

/** Gives an activated role back before its end. */
export async function deactivate(
  io: Io,
  role: string | undefined,
  options: DeactivateOptions,
): Promise<number> {
  const session = await open(io, options);
  const { wire } = session;
  const active = (await assignments(wire)).filter(isActivated);
  const wanted = await wantedOf(wire, role, options, active);
  const { found } = theOne(choose(active, wanted), active, 'active roles');
  const body = {
    properties: {
      principalId: callerOf(wire),
      roleDefinitionId: found.role.id,
      requestType: 'SelfDeactivate',
      ...(options.justification === undefined ? {} : { justification: options.justification }),
    },
  };
  const answer = await wire.ask('PUT', requestPath(found.scope.path, io.newId()), body);
  session.tell(answer, [`${found.role.name} on ${found.scope.name} is given back.`]);
  return EXIT.ok;
}
