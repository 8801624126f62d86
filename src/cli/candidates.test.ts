import { describe, expect, test } from 'vitest';
import { type Candidate, choose, theOne, type Wanted } from './candidates.ts';

const A = '/subscriptions/aaaaaaaa-0000-0000-0000-000000000001';
const B = '/subscriptions/bbbbbbbb-0000-0000-0000-000000000002';
const one = (name: string, guid: string, path: string, scopeName: string, end?: Date) => ({
  role: { name, guid },
  scope: { path, name: scopeName },
  end,
});
const all: Candidate[] = [
  one('Reader', 'guid-reader', A, 'Payments'),
  one('Reader', 'guid-reader', `${A}/resourceGroups/rg-web`, 'rg-web'),
  one('Reader', 'guid-reader', `${B}/resourceGroups/rg-web-test`, 'rg-web-test'),
  one('Monitoring Reader', 'guid-monitor', B, 'Clinical'),
  one('Contributor', 'guid-contributor', `${B}/resourceGroups/RG-Clinical`, 'RG-Clinical'),
  one('Network Contributor', 'guid-network', '/providers/Microsoft.Management/managementGroups/corp', 'Corp'),
];
const paths = (wanted: Wanted): string[] => {
  const choice = choose(all, wanted);
  const found = choice.kind === 'one' ? [choice.found] : choice.kind === 'several' ? choice.among : [];
  return found.map(({ role, scope }) => `${role.name} ${scope.name}`);
};

describe('exact names win over parts of names, and nothing is guessed', () => {
  const cases: [string, Wanted, string[]][] = [
    ['a role in full, in any case', { role: 'contributor' }, ['Contributor RG-Clinical']],
    ['a role by id', { role: 'GUID-NETWORK' }, ['Network Contributor Corp']],
    [
      'a role by its definition',
      { role: '/providers/Microsoft.Authorization/roleDefinitions/guid-network' },
      ['Network Contributor Corp'],
    ],
    ['a part of one name', { role: 'monitor' }, ['Monitoring Reader Clinical']],
    ['a part of two names', { role: 'contrib' }, ['Contributor RG-Clinical', 'Network Contributor Corp']],
    [
      'a role held at three scopes',
      { role: 'Reader' },
      ['Reader Payments', 'Reader rg-web', 'Reader rg-web-test'],
    ],
    [
      'an exact scope before one that has it as a part',
      { role: 'Reader', scope: 'rg-web' },
      ['Reader rg-web'],
    ],
    ['a part of a scope', { role: 'Reader', scope: 'test' }, ['Reader rg-web-test']],
    [
      'a scope by path, other case, trailing slash',
      { role: 'Reader', scope: `${A.toUpperCase()}/` },
      ['Reader Payments'],
    ],
    [
      'the long form of a subscription',
      { role: 'Reader', scope: `/providers/Microsoft.Subscription${A}` },
      ['Reader Payments'],
    ],
    ['a scope by subscription id', { scope: 'aaaaaaaa-0000-0000-0000-000000000001' }, ['Reader Payments']],
    [
      'a subscription itself before what is in it',
      { role: 'Reader', subscription: A.slice(15) },
      ['Reader Payments'],
    ],
    [
      'a subscription, by what is in it',
      { role: 'Contributor', subscription: B.slice(15) },
      ['Contributor RG-Clinical'],
    ],
    ['a resource group in any case', { resourceGroup: 'rg-clinical' }, ['Contributor RG-Clinical']],
    [
      'a resource group in a subscription',
      { resourceGroup: 'web', subscription: B.slice(15) },
      ['Reader rg-web-test'],
    ],
    ['a scope by path is never a prefix', { role: 'Reader', scope: `${A}/resourceGroups/rg-we` }, []],
    ['an unknown role', { role: 'Owner' }, []],
  ];
  test.each(cases)('%s', (_, wanted, found) => expect(paths(wanted)).toEqual(found));
});

test('the same role at the same scope, direct and through a group, is one candidate: the one that ends last', () => {
  const soon = one('Owner', 'o', A, 'Payments', new Date(1));
  const never = one('Owner', 'o', A.toUpperCase(), 'Payments');
  for (const rows of [
    [soon, never],
    [never, soon],
  ]) {
    expect(choose(rows, { role: 'owner' })).toEqual({ kind: 'one', found: never, exact: true });
  }
});

test('ambiguity is an error that lists the candidates', () => {
  expect(() => theOne(choose(all, { role: 'contrib' }), all, 'roles')).toThrow(
    expect.objectContaining({
      code: 'Ambiguous',
      exit: 1,
      details: [
        `Contributor          RG-Clinical  ${B}/resourceGroups/RG-Clinical`,
        'Network Contributor  Corp         /providers/Microsoft.Management/managementGroups/corp',
      ],
    }),
  );
});

test('what fits nothing lists what there is', () => {
  expect(() => theOne(choose(all, { role: 'Monitoring Reader', scope: 'nowhere' }), all, 'roles')).toThrow(
    expect.objectContaining({ code: 'NotFound', details: [`Monitoring Reader  Clinical  ${B}`] }),
  );
});
