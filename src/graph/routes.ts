import type { Engine } from '../engine/engine.ts';
import type { Route } from '../http/route.ts';
import { directoryObjectEndpoints } from './directoryObjects.ts';
import { rows } from './endpoint.ts';
import { meEndpoint } from './me.ts';
import { memberGroupEndpoints } from './memberGroups.ts';
import { organizationEndpoints, type Tenant } from './organization.ts';
import { principalEndpoints, TYPES } from './principals.ts';

/** What clients ask Graph beside ARM: who somebody is. Nothing is changed here. */
export const graphRoutes = ({ engine, tenant }: { engine: Engine; tenant: Tenant }): readonly Route[] =>
  [
    ...TYPES.flatMap((type) => principalEndpoints(engine, type)),
    ...directoryObjectEndpoints(engine),
    ...memberGroupEndpoints(engine),
    ...organizationEndpoints(engine, tenant),
    meEndpoint(engine),
  ].flatMap(rows);
