import { parseGuid, principalId } from '../core/values.ts';
import type { PrincipalQuestion } from '../engine/ports.ts';
import type { Filter, Operand } from '../odata/filter.ts';
import { parseFilter } from '../odata/parse.ts';
import type { EntityType } from './entityType.ts';
import { badRequest } from './failure.ts';

/** What a filter asks of the directory; 'nothing' when nobody can be meant. */
export type Asked = Pick<PrincipalQuestion, 'is' | 'startsWith' | 'ids'> | 'nothing';
type Field = NonNullable<PrincipalQuestion['is']>['field'];

/** Reads a `$filter` over people, groups or workload identities. (docs/divergences.md: graph-filters) */
export function askedBy(type: EntityType, text: string | null): Asked {
  if (text === null) return {};
  const parsed = parseFilter(text);
  if (!parsed.ok)
    throw badRequest(`Invalid filter clause: ${parsed.problem} (at position ${parsed.position}).`);
  const { filter } = parsed;
  return (filter.kind === 'and' ? filter.terms : [filter]).map((term) => termOf(type, term)).reduce(both);
}

function termOf(type: EntityType, term: Filter): Asked {
  switch (term.kind) {
    case 'comparison':
      if (term.comparator !== 'eq') throw unanswerable(type, `the operator '${term.comparator}'`);
      return equal(type, fieldOf(type, term.left), textOf(term.right));
    case 'in':
      return oneOf(type, fieldOf(type, term.left), term.values.map(textOf));
    case 'call':
      return beginning(type, term);
    case 'lambda':
      return named(type, term);
    default:
      throw unanswerable(type, `'${term.kind}'`);
  }
}

function equal(type: EntityType, field: Field, value: string): Asked {
  if (field === 'id') return { ids: [idOf(value)] };
  if (field === 'appId' && parseGuid(value) === null) {
    throw badRequest(
      `Invalid value '${value}' for the property 'appId' of '${type.name}': it must be a GUID.`,
    );
  }
  return { is: { field, value: field === 'appId' ? value.toLowerCase() : value } };
}

function oneOf(type: EntityType, field: Field, values: readonly string[]): Asked {
  if (field === 'id') return { ids: values.map(idOf) };
  const [only, ...more] = new Set(values);
  if (only === undefined || more.length > 0)
    throw unanswerable(type, "'in' with several values of anything but id");
  return equal(type, field, only);
}

function beginning(type: EntityType, { name, args }: Extract<Filter, { kind: 'call' }>): Asked {
  const [property, value] = args;
  if (name !== 'startswith' || args.length !== 2 || !property || !value) {
    throw unanswerable(type, `the function '${name}' with ${args.length} arguments`);
  }
  const field = fieldOf(type, property);
  if (field !== 'upn' && field !== 'displayName') throw unanswerable(type, `startswith of '${field}'`);
  return { startsWith: { field, value: textOf(value) } };
}

// servicePrincipalNames/any(c:c eq '…'): the client id is the one name a workload identity has here.
function named(type: EntityType, { quantifier, path, each }: Extract<Filter, { kind: 'lambda' }>): Asked {
  const of = path.segments.join('/');
  const condition = each?.condition;
  if (
    type.kind !== 'workload' ||
    of.toLowerCase() !== 'serviceprincipalnames' ||
    quantifier !== 'any' ||
    condition?.kind !== 'comparison' ||
    condition.comparator !== 'eq' ||
    condition.left.kind !== 'path' ||
    condition.left.segments.join('/') !== each?.variable
  ) {
    throw unanswerable(type, `'${of}/${quantifier}'`);
  }
  const appId = parseGuid(textOf(condition.right));
  return appId === null ? 'nothing' : { is: { field: 'appId', value: appId } };
}

const FIELDS: { readonly [K in EntityType['kind']]: Readonly<Record<string, Field>> } = {
  person: { id: 'id', userPrincipalName: 'upn', mail: 'mail', displayName: 'displayName' },
  group: { id: 'id', displayName: 'displayName', mail: 'mail' },
  workload: { id: 'id', appId: 'appId', displayName: 'displayName' },
};

function fieldOf(type: EntityType, operand: Operand): Field {
  if (operand.kind !== 'path') throw unanswerable(type, 'a comparison that does not begin with a property');
  const property = operand.segments.join('/');
  const found = Object.entries(FIELDS[type.kind]).find(
    ([name]) => name.toLowerCase() === property.toLowerCase(),
  );
  if (found === undefined) throw unanswerable(type, `the property '${property}'`);
  return found[1];
}

function textOf(operand: Operand): string {
  if (operand.kind === 'string' || operand.kind === 'guid') return operand.value;
  throw badRequest("Invalid filter clause: a text in quotes is expected to compare with, like 'ravi'.");
}

function idOf(value: string) {
  const id = parseGuid(value);
  if (id === null) throw badRequest(`Invalid value '${value}' for the property 'id': it must be a GUID.`);
  return principalId(id);
}

const both = (a: Asked, b: Asked): Asked => {
  if (a === 'nothing' || b === 'nothing') return 'nothing';
  const twice = Object.keys(a).some((part) => part in b);
  if (twice)
    throw badRequest("Unsupported filter: 'and' can join one equality, one startswith and one list of ids.");
  return { ...a, ...b };
};

function unanswerable({ kind, set }: EntityType, what: string) {
  const names = Object.keys(FIELDS[kind]).join(', ');
  return badRequest(
    `Unsupported filter on ${set}: ${what}. Supported are eq and in on ${names}, startswith on names, joined by and.`,
  );
}
