import { describe, expect, test } from 'vitest';
import { builtinRoles } from '../../engine/builtinRoles.ts';
import { principalId, roleKey } from '../values.ts';
import { type About, conditionHolds } from './evaluate.ts';
import { parseCondition } from './parse.ts';

const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
const RAVI = 'a0000000-0000-4000-8000-000000000002';
const WRITE = 'Microsoft.Authorization/roleAssignments/write';
const ROLE = '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]';
const TYPE = '@Request[Microsoft.Authorization/roleAssignments:PrincipalType]';
const WHO = '@Resource[Microsoft.Authorization/roleAssignments:PrincipalId]';
const about = (role: string, principalKind: About['principalKind'] = 'person'): About => ({
  role: roleKey(role),
  principal: principalId(RAVI),
  principalKind,
});

describe('conditions', () => {
  const delegated = `((!(ActionMatches{'${WRITE}'})) OR (${ROLE} ForAnyOfAnyValues:GuidEquals {${READER.replaceAll('-', '')}} AND ${TYPE} StringEqualsIgnoreCase 'user'))`;
  const cases: [says: string, condition: string, action: string, about: About | undefined, holds: boolean][] =
    [
      ['another action is free', delegated, 'Microsoft.Compute/virtualMachines/read', undefined, true],
      ['the role it names may be given', delegated, WRITE, about(READER), true],
      ['another role may not', delegated, WRITE, about(OWNER), false],
      ['nor to another kind of principal', delegated, WRITE, about(READER, 'group'), false],
      ['what is not known does not hold', delegated, WRITE, undefined, false],
      ['nor does its opposite', `NOT (${ROLE} GuidEquals {${OWNER}})`, WRITE, undefined, false],
      [
        'all but some roles',
        `${ROLE} ForAnyOfAllValues:GuidNotEquals {${OWNER}, ${RAVI}}`,
        WRITE,
        about(READER),
        true,
      ],
      [
        'and not those',
        `${ROLE} ForAnyOfAllValues:GuidNotEquals {${OWNER}, ${READER}}`,
        WRITE,
        about(READER),
        false,
      ],
      ['a principal', `${WHO} ForAnyOfAnyValues:GuidEquals {${RAVI}}`, WRITE, about(READER), true],
      ['turned round', `{${RAVI}} ForAnyOfAnyValues:GuidEquals ${WHO}`, WRITE, about(READER), true],
      ['a pattern of actions', "ActionMatches{'Microsoft.Authorization/*'}", WRITE, undefined, true],
      [
        'blobs',
        "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:ContainerName] StringEqualsIgnoreCase 'foo'",
        WRITE,
        about(READER),
        false,
      ],
      ['an operator nobody evaluates', `${TYPE} StringLike 'U*'`, WRITE, about(READER), false],
      [
        'one true term decides an OR',
        `${TYPE} StringLike 'U*' || ActionMatches{'*'}`,
        WRITE,
        undefined,
        true,
      ],
      [
        'one false term decides an AND',
        `!(${TYPE} StringLike 'U*' && !(ActionMatches{'*'}))`,
        WRITE,
        undefined,
        true,
      ],
      ['what cannot be read', "ActionMatches{'*'", WRITE, undefined, false],
      ['exists', `Exists ${TYPE}`, WRITE, about(READER), true],
      ['does not exist', `Exists ${TYPE}`, WRITE, undefined, false],
    ];
  test.each(cases)('INV-Z1: %s', (_, condition, action, given, holds) => {
    expect(conditionHolds(condition, { action, about: given })).toBe(holds);
  });

  const broken: [condition: string, problem: RegExp][] = [
    ['', /ends too early/],
    ["(ActionMatches{'*'}", /ends too early/],
    ["ActionMatches{'*'})", /'\)' stands where AND, OR or the end can/],
    ["ActionMatches{'*}", /quote is not closed/],
    ['ActionMatches{*}', /pattern in quotes/],
    [`${ROLE} Is {x}`, /'Is' is no operator/],
    [`${ROLE} GuidEquals`, /ends too early/],
    [`${ROLE} GuidEquals {}`, /stands where a value has to/],
    ['Exists x', /stands where an attribute/],
    [`${'('.repeat(100)}x`, /nested deeper/],
    [`${'!'.repeat(5_000)}x`, /nested deeper/],
    ['#', /'#' cannot stand here/],
  ];
  test.each(broken)('%j is none', (condition, problem) => {
    const parsed = parseCondition(condition);
    expect(parsed.ok ? '' : parsed.problem).toMatch(problem);
  });

  test('of built-in roles can all be read, and let their holder give none but their own roles', () => {
    const conditions = [...builtinRoles().values()].flatMap((r) =>
      r.permissions.flatMap((p) => p.condition ?? []),
    );
    expect(conditions.length).toBeGreaterThan(20);
    for (const condition of conditions) {
      expect(parseCondition(condition), condition).toMatchObject({ ok: true });
      const guarded = condition.includes(WRITE);
      if (guarded)
        expect(conditionHolds(condition, { action: WRITE, about: about(OWNER) }), condition).toBe(false);
    }
  });
});
