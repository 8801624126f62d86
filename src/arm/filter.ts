import { parseGuid } from '../core/values.ts';
import type { Filter, Operand } from '../odata/filter.ts';
import { parseFilter } from '../odata/parse.ts';
import { invalidFilter } from './problems.ts';
import { parseRoleId } from './roleId.ts';
import { STATUS_WORDS } from './status.ts';

interface Form {
  readonly kind: 'flag' | 'function' | 'property';
  readonly example: string;
  /** Whether several values may be joined with `or`. */
  readonly several?: true;
  /** The value in its canonical form, or null when it is none. */
  readonly read?: (value: string) => string | null;
}

const lastGuid = (id: string): string | null => parseGuid(id.split('/').at(-1) ?? '');
const statusWord = (value: string): string | null =>
  STATUS_WORDS.find((w) => w.toLowerCase() === value.toLowerCase()) ?? null;

const FORMS = {
  atScope: { kind: 'flag', example: 'atScope()' },
  atScopeAndBelow: { kind: 'flag', example: 'atScopeAndBelow()' },
  asTarget: { kind: 'flag', example: 'asTarget()' },
  asRequestor: { kind: 'flag', example: 'asRequestor()' },
  asApprover: { kind: 'flag', example: 'asApprover()' },
  asCreatedBy: { kind: 'flag', example: 'asCreatedBy()' },
  assignedTo: { kind: 'function', example: "assignedTo('{guid}')", read: parseGuid },
  principalId: { kind: 'property', example: "principalId eq '{guid}'", read: parseGuid },
  requestorId: { kind: 'property', example: "requestorId eq '{guid}'", read: parseGuid },
  roleDefinitionId: {
    kind: 'property',
    example: "roleDefinitionId eq '{id}'",
    read: (id) => parseRoleId(id)?.role ?? null,
  },
  status: { kind: 'property', example: "status eq '{word}'", several: true, read: statusWord },
  roleEligibilityScheduleId: {
    kind: 'property',
    example: "roleEligibilityScheduleId eq '{id}'",
    read: lastGuid,
  },
  roleAssignmentScheduleId: {
    kind: 'property',
    example: "roleAssignmentScheduleId eq '{id}'",
    read: lastGuid,
  },
  resourceType: {
    kind: 'property',
    example: "resourceType eq 'resourcegroup'",
    several: true,
    read: (type) => type.toLowerCase(),
  },
  denyAssignmentName: { kind: 'property', example: "denyAssignmentName eq '{name}'" },
  gdprExportPrincipalId: {
    kind: 'property',
    example: "gdprExportPrincipalId eq '{guid}'",
    read: parseGuid,
  },
  roleName: { kind: 'property', example: "roleName eq '{name}'" },
  type: { kind: 'property', example: "type eq 'BuiltInRole'" },
} as const satisfies Record<string, Form>;

export type Term = keyof typeof FORMS;
/** What a filter asks: a term that was given, with its values. */
export type Terms = { readonly [T in Term]?: readonly string[] };

/**
 * Reads a $filter of a list that knows these terms. Anything else is refused, never ignored.
 * docs/divergences.md: arm-filter-refused
 */
export function readFilter(text: string | undefined, supported: readonly Term[]): Terms {
  if (text === undefined || text.trim() === '') return {};
  const examples = supported.map((t) => FORMS[t].example);
  const parsed = parseFilter(text);
  if (!parsed.ok) throw invalidFilter(`${parsed.problem}, at character ${parsed.position + 1}`, examples);
  const found: { [T in Term]?: readonly string[] } = {};
  for (const part of conjuncts(parsed.filter)) {
    const { term, values } = termOf(part, supported) ?? refused(part, examples);
    if (found[term] && found[term].join() !== values.join())
      throw invalidFilter(`${term} is given twice`, examples);
    found[term] = values;
  }
  return found;
}

interface Found {
  readonly term: Term;
  readonly values: readonly string[];
}

const conjuncts = (filter: Filter): readonly Filter[] =>
  filter.kind === 'and' ? filter.terms.flatMap(conjuncts) : [filter];

function termOf(part: Filter, supported: readonly Term[]): Found | null {
  if (part.kind === 'or') return either(part.terms, supported);
  if (part.kind === 'call') return called(part.name, part.args, supported);
  if (part.kind !== 'comparison' || part.comparator !== 'eq' || part.left.kind !== 'path') return null;
  const term = named(part.left.segments.join('/'), 'property', supported);
  const value = textOf(part.right);
  return term && value !== null ? valued(term, value) : null;
}

function called(name: string, args: readonly Operand[], supported: readonly Term[]): Found | null {
  const flag = args.length === 0 ? named(name, 'flag', supported) : null;
  if (flag) return { term: flag, values: [] };
  const term = args.length === 1 ? named(name, 'function', supported) : null;
  const value = args[0] ? textOf(args[0]) : null;
  return term && value !== null ? valued(term, value) : null;
}

function either(parts: readonly Filter[], supported: readonly Term[]): Found | null {
  const found = parts.map((p) => termOf(p, supported));
  const term = found[0]?.term;
  const form: Form | undefined = term && FORMS[term];
  if (!term || !form?.several || found.some((f) => f?.term !== term)) return null;
  return { term, values: found.flatMap((f) => f?.values ?? []) };
}

const named = (name: string, kind: Form['kind'], supported: readonly Term[]): Term | null =>
  supported.find((t) => t.toLowerCase() === name.toLowerCase() && FORMS[t].kind === kind) ?? null;

function valued(term: Term, value: string): Found {
  const form: Form = FORMS[term];
  const read = form.read ? form.read(value) : value;
  if (read === null) throw invalidFilter(`'${value}' is no value for ${term}`, [form.example]);
  return { term, values: [read] };
}

// A bare word is an enum member; a bare GUID is a GUID.
function textOf(o: Operand): string | null {
  if (o.kind === 'string' || o.kind === 'guid') return o.value;
  return o.kind === 'path' ? o.segments.join('/') : null;
}

function refused(part: Filter, supported: readonly string[]): never {
  throw invalidFilter(`${described(part)} is not supported`, supported);
}

function described(part: Filter): string {
  if (part.kind === 'call') return `${part.name}(${part.args.length > 0 ? '…' : ''})`;
  if (part.kind === 'comparison' && part.left.kind === 'path')
    return `'${part.left.segments.join('/')} ${part.comparator} …'`;
  return `'${part.kind}'`;
}
