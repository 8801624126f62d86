import { describe, expect, test } from 'vitest';
import { BOUNDS } from './bounds.ts';
import type { Filter } from './filter.ts';
import { parseFilter } from './parse.ts';

const ID = 'a3bb8764-cb92-4276-9d2a-ca1e895e55ea';

const path = (...segments: string[]) => ({ kind: 'path', segments }) as const;
const text = (value: string) => ({ kind: 'string', value }) as const;
const call = (name: string, ...args: Parameters<typeof equal>[1][]) =>
  ({ kind: 'call', name, args }) as const;
const equal = (left: string, right: Extract<Filter, { kind: 'comparison' }>['right']) =>
  ({ kind: 'comparison', comparator: 'eq', left: path(...left.split('/')), right }) as const;
const all = (...terms: Filter[]) => ({ kind: 'and', terms }) as const;
const either = (...terms: Filter[]) => ({ kind: 'or', terms }) as const;
const any = (collection: string, variable: string, condition: Filter) =>
  ({
    kind: 'lambda',
    quantifier: 'any',
    path: path(...collection.split('/')),
    each: { variable, condition },
  }) as const;

describe('a filter that clients send', () => {
  const arm: [filter: string, meaning: Filter][] = [
    ['atScope()', call('atscope')],
    ['asTarget()', call('astarget')],
    ['asApprover()', call('asapprover')],
    ['atScopeAndBelow()', call('atscopeandbelow')],
    [`assignedTo('${ID}')`, call('assignedto', text(ID))],
    [`assignedto('${ID}')`, call('assignedto', text(ID))],
    [`assignedTo(${ID})`, call('assignedto', { kind: 'guid', value: ID })],
    [`principalId eq '${ID}'`, equal('principalId', text(ID))],
    [`principalId eq ${ID.toUpperCase()}`, equal('principalId', { kind: 'guid', value: ID })],
    [`(principalId eq '${ID}')`, equal('principalId', text(ID))],
    [`(principalId eq '${ID}') and atScope()`, all(equal('principalId', text(ID)), call('atscope'))],
    [`atScope() and assignedTo('${ID}')`, all(call('atscope'), call('assignedto', text(ID)))],
    [
      "resourceType eq 'subscription' or resourceType eq 'resourcegroup'",
      either(equal('resourceType', text('subscription')), equal('resourceType', text('resourcegroup'))),
    ],
    ["roleName eq 'Contributor'", equal('roleName', text('Contributor'))],
    [
      `roleDefinitionId eq '/subscriptions/${ID}/providers/Microsoft.Authorization/roleDefinitions/${ID}'`,
      equal(
        'roleDefinitionId',
        text(`/subscriptions/${ID}/providers/Microsoft.Authorization/roleDefinitions/${ID}`),
      ),
    ],
    ['status eq Provisioned', equal('status', path('Provisioned'))],
  ];
  test.each(arm)('ARM: %s', (filter, meaning) => {
    expect(parseFilter(filter)).toEqual({ ok: true, filter: meaning });
  });

  const graph: [filter: string, meaning: Filter][] = [
    [
      "scopeId eq '/' and scopeType eq 'DirectoryRole'",
      all(equal('scopeId', text('/')), equal('scopeType', text('DirectoryRole'))),
    ],
    [
      `status eq 'PendingApproval' and groupId eq '${ID}'`,
      all(equal('status', text('PendingApproval')), equal('groupId', text(ID))),
    ],
    ["groupTypes/any(c:c eq 'Unified')", any('groupTypes', 'c', equal('c', text('Unified')))],
    [
      "(groupTypes/any(c:c eq 'Unified') and resourceProvisioningOptions/Any(x:x eq 'Team'))",
      all(
        any('groupTypes', 'c', equal('c', text('Unified'))),
        any('resourceProvisioningOptions', 'x', equal('x', text('Team'))),
      ),
    ],
    [
      "identities/any(c:c/issuerAssignedId eq 'j@example.com' and c/issuer eq 'Ours')",
      any(
        'identities',
        'c',
        all(equal('c/issuerAssignedId', text('j@example.com')), equal('c/issuer', text('Ours'))),
      ),
    ],
    [
      'assignedLicenses/any()',
      { kind: 'lambda', quantifier: 'any', path: path('assignedLicenses'), each: null },
    ],
    [
      "initiatedBy/user/userPrincipalName eq 'o''neil@example.com'",
      equal('initiatedBy/user/userPrincipalName', text("o'neil@example.com")),
    ],
    [
      "mailEnabled eq false and NOT(groupTypes/any(s:s eq 'Unified'))",
      all(equal('mailEnabled', { kind: 'boolean', value: false }), {
        kind: 'not',
        term: any('groupTypes', 's', equal('s', text('Unified'))),
      }),
    ],
    ["startswith(displayName, 'a')", call('startswith', path('displayName'), text('a'))],
    [
      "contains(scope/microsoft.graph.accessReviewQueryScope/query, './members')",
      call('contains', path('scope', 'microsoft.graph.accessReviewQueryScope', 'query'), text('./members')),
    ],
    [
      `(isof(principal,'microsoft.graph.user') and roleDefinitionId eq '${ID}')`,
      all(call('isof', path('principal'), text('microsoft.graph.user')), equal('roleDefinitionId', text(ID))),
    ],
    [
      'createdDateTime ge 2019-09-01T00:00:00Z',
      {
        kind: 'comparison',
        comparator: 'ge',
        left: path('createdDateTime'),
        right: { kind: 'instant', value: '2019-09-01T00:00:00Z' },
      },
    ],
    ['createdDateTime eq 2019-09-01', equal('createdDateTime', { kind: 'date', value: '2019-09-01' })],
    ['endDateTime eq null', equal('endDateTime', { kind: 'null' })],
    ['assignedLicenses/$count eq 0', equal('assignedLicenses/$count', { kind: 'number', value: 0 })],
    ['riskScore eq -0', equal('riskScore', { kind: 'number', value: 0 })],
    ['riskScore EQ -1.5e3', equal('riskScore', { kind: 'number', value: -1500 })],
    [
      "accessId in ('member','owner')",
      { kind: 'in', left: path('accessId'), values: [text('member'), text('owner')] },
    ],
    [
      "startswith(tolower(displayName),'a') eq true",
      {
        kind: 'comparison',
        comparator: 'eq',
        left: call('startswith', call('tolower', path('displayName')), text('a')),
        right: { kind: 'boolean', value: true },
      },
    ],
    [
      "scopes/all(s: not (s/kind eq 'a'))",
      {
        kind: 'lambda',
        quantifier: 'all',
        path: path('scopes'),
        each: { variable: 's', condition: { kind: 'not', term: equal('s/kind', text('a')) } },
      },
    ],
  ];
  test.each(graph)('Graph: %s', (filter, meaning) => {
    expect(parseFilter(filter)).toEqual({ ok: true, filter: meaning });
  });

  test.each(['eq', 'ne', 'gt', 'ge', 'lt', 'le'])('compares with %s in any case', (comparator) => {
    const parsed = parseFilter(`a ${comparator.toUpperCase()} 1`);
    expect(parsed).toMatchObject({ ok: true, filter: { kind: 'comparison', comparator } });
  });

  test('binds not before and, and before or', () => {
    const filter = 'not a() and b() or c() and d() or e()';
    expect(parseFilter(filter)).toEqual({
      ok: true,
      filter: either(all({ kind: 'not', term: call('a') }, call('b')), all(call('c'), call('d')), call('e')),
    });
  });
});

describe('a broken filter is refused with the place and the reason', () => {
  const broken: [filter: string, position: number, problem: string][] = [
    ['', 0, 'the filter is empty'],
    ['  ', 2, 'the filter is empty'],
    [
      'principalId',
      11,
      "expected a comparison of 'principalId' (eq, ne, gt, ge, lt, le, in), found the end of the filter",
    ],
    [
      'principalId is 1',
      12,
      "expected a comparison of 'principalId' (eq, ne, gt, ge, lt, le, in), found 'is'",
    ],
    ['principalId eq', 14, 'expected a property, a function or a value, found the end of the filter'],
    ["principalId eq 'a", 15, 'this string has no end'],
    ["principalId eq 'a''", 15, 'this string has no end'],
    ["principalId eq 'a' 'b'", 19, "expected 'and', 'or' or the end, found a string"],
    ["principalId = 'a'", 12, "'=' cannot stand here"],
    ['principalId eq {a}', 15, "'{' cannot stand here"],
    ['name eq 😀', 8, "'😀' cannot stand here"],
    ['atScope(', 8, 'expected a property, a function or a value, found the end of the filter'],
    ['atScope(a', 9, "expected ')', found the end of the filter"],
    ['atScope())', 9, "expected 'and', 'or' or the end, found ')'"],
    ['assignedTo(a,)', 13, "expected a property, a function or a value, found ')'"],
    ['(atScope()', 10, "expected ')', found the end of the filter"],
    ['()', 1, "expected a property, a function or a value, found ')'"],
    ['and atScope()', 4, "expected a comparison of 'and' (eq, ne, gt, ge, lt, le, in), found 'atScope'"],
    ['atScope() and', 13, 'expected a property, a function or a value, found the end of the filter'],
    ['atScope() asTarget()', 10, "expected 'and', 'or' or the end, found 'asTarget'"],
    ['not', 3, 'expected a property, a function or a value, found the end of the filter'],
    ['a in ()', 6, "expected a property, a function or a value, found ')'"],
    ["a in 'x'", 5, "expected '(', found a string"],
    ['a/ eq 1', 6, "expected a comparison of 'a' (eq, ne, gt, ge, lt, le, in), found '1'"],
    ['a/1 eq 1', 2, "expected a property after '/', found '1'"],
    ['a/some(x:x eq 1)', 2, "'some' is not 'any' or 'all'"],
    ['a/all()', 6, "expected a variable, found ')'"],
    ['a/any(x eq 1)', 8, "expected ':' after 'x', found 'eq'"],
    ['a/any(x:)', 8, "expected a property, a function or a value, found ')'"],
    ['a eq b/any()', 5, "'any' is a condition of its own, not a value"],
    ['true', 4, "expected a comparison of 'true' (eq, ne, gt, ge, lt, le, in), found the end of the filter"],
    ['a eq 1e999', 5, 'this number is too large'],
    ['a eq 1.2.3', 5, "'1' cannot stand here"],
    ['a eq 2019-09-01T00:00:00', 5, "'2' cannot stand here"],
    ['a eq 12ab', 5, "'1' cannot stand here"],
  ];
  test.each(broken)('%s', (filter, position, problem) => {
    expect(parseFilter(filter)).toEqual({ ok: false, position, problem });
  });
});

describe('INV-Q2: a filter is bounded before it costs anything', () => {
  const list = (count: number) => `a in (${Array.from({ length: count }, () => '1').join(',')})`;
  const refused = (filter: string) => {
    const parsed = parseFilter(filter);
    return parsed.ok ? null : parsed.problem;
  };

  test('8192 bytes are read, one more is not', () => {
    const fits = `a eq '${'x'.repeat(BOUNDS.bytes - 7)}'`;
    expect(refused(fits)).toBeNull();
    expect(refused(`${fits} `)).toBe('the filter is longer than 8192 bytes');
  });

  test('bytes are counted, not characters', () => {
    expect(refused(`a eq '${'é'.repeat(4_100)}'`)).toBe('the filter is longer than 8192 bytes');
  });

  test('200 parts are read, one more is not', () => {
    expect(refused(list(198))).toBeNull();
    expect(refused(list(199))).toBe('the filter has more than 200 parts');
  });

  test.each([
    ['brackets', (n: number) => `${'('.repeat(n)}a()${')'.repeat(n)}`, 15],
    ['not', (n: number) => `${'not '.repeat(n)}a()`, 15],
    ['function calls', (n: number) => `${'f('.repeat(n)}${')'.repeat(n)}`, 16],
    ['lambdas', (n: number) => `${'a/any(x:'.repeat(n)}f()${')'.repeat(n)}`, 15],
    ['combinations', (n: number) => `${'a eq 1 and (a eq 1 or ('.repeat(n)}a eq 1${'))'.repeat(n)}`, 7],
  ])('%s may stand as deep in each other as the bound says', (_, nested, deepest) => {
    expect(refused(nested(deepest))).toBeNull();
    expect(refused(nested(deepest + 1))).toBe('the filter is nested more than 16 deep');
    expect(refused(nested(300))).toBe('the filter is nested more than 16 deep');
  });

  test('a long chain is not deep', () => {
    expect(refused(Array.from({ length: 60 }, () => 'a eq 1').join(' or '))).toBeNull();
  });
});
