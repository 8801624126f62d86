import type { DenyAssignment } from '../core/denyAssignment.ts';
import { names } from '../core/denyAssignment.ts';
import { type PrincipalId, parseGuid, principalId, printInstant } from '../core/values.ts';
import type { Answer, Route } from '../http/route.ts';
import { type Arm, type Asked, atScope, isHere, mayDo, mayNot, PLANE } from './asked.ts';
import { readFilter, type Terms } from './filter.ts';
import { listAnswer, pageOfAll } from './paging.ts';
import { containersOf, pathOf } from './place.ts';
import { principalType } from './principalWords.ts';
import { notFound } from './problems.ts';
import { resourceId, typeOf, withoutNulls } from './resourceId.ts';

const TYPE = 'denyAssignments';
const READ = 'Microsoft.Authorization/denyAssignments/read';

/** Deny assignments are read here; the server alone makes them. */
export const denyAssignmentRoutes = (arm: Arm): readonly Route[] => [
  {
    wire: 'arm',
    method: 'GET',
    path: `/~arm/${TYPE}`,
    operation: `${TYPE}.list`,
    summary: 'Deny assignments at, above and below a scope, as $filter says.',
    authorization: `needs ${READ}`,
    handle: atScope(arm, TYPE, list),
  },
  {
    wire: 'arm',
    method: 'GET',
    path: `/~arm/${TYPE}/:name`,
    operation: `${TYPE}.get`,
    summary: 'One deny assignment.',
    authorization: `needs ${READ}`,
    handle: atScope(arm, TYPE, get),
  },
];

async function list(asked: Asked): Promise<Answer> {
  const { engine, call, place } = asked;
  const terms = readFilter(call.query.get('$filter'), [
    'atScope',
    'principalId',
    'denyAssignmentName',
    'gdprExportPrincipalId',
  ]);
  if (!mayDo(asked, READ, place.key)) throw mayNot(asked, READ, place.key);
  const found = [...engine.access.denials()].filter((d) => isListed(asked, d, terms));
  const { rows, next } = pageOfAll(call, found, (d) => d.id);
  return listAnswer(
    call,
    rows.map((d) => view(asked, d)),
    next,
  );
}

function isListed({ engine, place }: Asked, d: DenyAssignment, terms: Terms): boolean {
  const above = containersOf(engine, place.key).includes(d.scope);
  const below = terms.atScope === undefined && containersOf(engine, d.scope).includes(place.key);
  const [name] = terms.denyAssignmentName ?? [];
  const bound = terms.principalId?.every((id) => names(d.principals, principalId(id)));
  const told = terms.gdprExportPrincipalId?.map(principalId).every((id) => mentions(d, id));
  return (
    d.plane === PLANE &&
    (above || below) &&
    (name === undefined || d.name.toLowerCase() === name.toLowerCase()) &&
    (bound ?? true) &&
    (told ?? true)
  );
}

// An export of what is stored about a person has where they are named, not what binds all there are.
const mentions = ({ principals, excluded }: DenyAssignment, id: PrincipalId): boolean =>
  (principals !== 'everyone' && principals.includes(id)) || excluded.includes(id);

async function get(asked: Asked): Promise<Answer> {
  const { engine, call } = asked;
  const name = call.params['name'] ?? '';
  const found = [...engine.access.denials()].find((d) => d.plane === PLANE && d.id === parseGuid(name));
  if (!mayDo(asked, READ, found?.scope ?? asked.place.key))
    throw mayNot(asked, READ, found?.scope ?? asked.place.key);
  if (!found || !isHere(asked, found.scope)) throw notFound('denyAssignment', name);
  return { status: 200, body: view(asked, found) };
}

function view({ engine, place }: Asked, d: DenyAssignment): unknown {
  const path = pathOf(engine, d.scope, place);
  const person = (id: PrincipalId) => withoutNulls({ id, type: principalType(engine, id) });
  return {
    id: resourceId(path, TYPE, d.id),
    name: d.id,
    type: typeOf(TYPE),
    properties: {
      denyAssignmentName: d.name,
      description: d.description,
      permissions: d.permissions,
      scope: path,
      doNotApplyToChildScopes: d.scopeOnly,
      principals: d.principals === 'everyone' ? [EVERYONE] : d.principals.map(person),
      excludePrincipals: d.excluded.map(person),
      isSystemProtected: d.systemProtected,
      createdOn: printInstant(d.createdAt),
      updatedOn: printInstant(d.updatedAt),
      createdBy: d.createdBy,
      updatedBy: d.updatedBy,
    },
  };
}

// How the service writes all principals there are.
const EVERYONE = { id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' };
