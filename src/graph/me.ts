import type { Engine } from '../engine/engine.ts';
import type { Endpoint } from './endpoint.ts';
import { selected, view } from './entityType.ts';
import { entity } from './envelope.ts';
import { GraphFailure } from './failure.ts';
import { entitySelect } from './options.ts';
import { principalOf } from './principals.ts';
import { USER } from './user.ts';

/** Whoever is signed in, if it is a person. */
export const meEndpoint = (engine: Engine): Endpoint => ({
  method: 'GET',
  path: '/me',
  operation: 'me.get',
  summary: 'The person who is signed in',
  handle: async (call, version) => {
    if (call.caller.actor.kind !== 'person') {
      throw new GraphFailure(400, 'BadRequest', '/me is somebody who signed in; an application has no /me.');
    }
    const names = selected(USER, entitySelect(call));
    const found = await principalOf(engine, USER, call.caller.actor.id);
    return entity(call, version, { set: USER.set, select: names }, view(USER, found, names));
  },
});
