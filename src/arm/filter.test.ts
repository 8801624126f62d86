import { describe, expect, test } from 'vitest';
import { ArmError } from './armError.ts';
import { readFilter, type Term, type Terms } from './filter.ts';

const ID = '0a000000-0000-4000-8000-00000000000a';
const ROLE = 'b24988ac-6180-42a0-ab88-20f7382dd24c';
const ALL: readonly Term[] = [
  'atScope',
  'asTarget',
  'assignedTo',
  'principalId',
  'roleDefinitionId',
  'status',
  'roleName',
];

const GOOD: readonly [string | undefined, Terms][] = [
  [undefined, {}],
  ['  ', {}],
  ['asTarget()', { asTarget: [] }],
  ['ASTARGET()', { asTarget: [] }],
  [`(principalId eq '${ID.toUpperCase()}') and atScope()`, { principalId: [ID], atScope: [] }],
  [`principalid eq ${ID}`, { principalId: [ID] }],
  [`assignedto('${ID}')`, { assignedTo: [ID] }],
  [
    `roleDefinitionId eq '/providers/Microsoft.Authorization/roleDefinitions/${ROLE}'`,
    { roleDefinitionId: [ROLE] },
  ],
  ["status eq 'provisioned' or status eq Granted", { status: ['Provisioned', 'Granted'] }],
  ["roleName eq 'Owner''s'", { roleName: ["Owner's"] }],
  ['atScope() and atScope()', { atScope: [] }],
];
const BAD: readonly string[] = [
  'atScope',
  'atScope(1)',
  "asTarget('x')",
  'asApprover()',
  'assignedTo()',
  "assignedTo('x')",
  "principalId eq 'x'",
  'principalId eq 7',
  `principalId ne '${ID}'`,
  `not (principalId eq '${ID}')`,
  `principalId in ('${ID}')`,
  `principalId eq '${ID}' or principalId eq '${ROLE}'`,
  "status eq 'Granted' or atScope()",
  "status eq 'Happy'",
  `principalId eq '${ID}' and principalId eq '${ROLE}'`,
  "roles/any(r: r eq 'x')",
  'atScope() and',
  "roleDefinitionId eq 'Owner'",
];

describe('a $filter', () => {
  test.each(GOOD)('%s is read', (text, terms) => {
    expect(readFilter(text, ALL)).toEqual(terms);
  });
  test.each(BAD)('%s is refused with what is supported', (text) => {
    try {
      readFilter(text, ALL);
    } catch (error) {
      expect(error).toBeInstanceOf(ArmError);
      expect(error).toMatchObject({ status: 400, code: 'InvalidFilter' });
      expect((error as ArmError).message).toMatch(/Supported here/);
      return;
    }
    expect.fail('it was taken');
  });
});
