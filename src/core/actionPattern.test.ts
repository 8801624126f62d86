import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actionMatcher } from './actionPattern.ts';

const WRITE = 'Microsoft.Authorization/roleAssignments/write';

describe('action patterns', () => {
  const cases: [patterns: string[], action: string, matches: boolean][] = [
    [[], WRITE, false],
    [[''], '', true],
    [[''], WRITE, false],
    [['*'], WRITE, true],
    [['*'], '', true],
    [[WRITE], WRITE, true],
    [[WRITE], 'MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE', true],
    [['microsoft.authorization/*/WRITE'], WRITE, true],
    [['Microsoft.Authorization/*/Delete', 'Microsoft.Authorization/*/Write'], WRITE, true],
    [['Microsoft.Authorization/*/Write'], 'Microsoft.Authorization/write', false],
    [['Microsoft.Authorization/*/Write'], 'Microsoft.Authorization//write', true],
    [['*/read'], 'Microsoft.Network/virtualNetworks/subnets/read', true],
    [['*/read'], 'Microsoft.Network/virtualNetworks/subnets/read/action', false],
    [['*/read'], 'Microsoft.Network/thread', false],
    [['Microsoft.Support/*'], 'Microsoft.Support/', true],
    [['Microsoft.Support/*'], 'Microsoft.Supports/read', false],
    [['Microsoft.Support/*'], 'A.Microsoft.Support/read', false],
    [['Microsoft.Support'], 'MicrosoftxSupport', false],
    [['a+b(c)?[d]/read'], 'a+b(c)?[d]/read', true],
    [['a+/read'], 'aa/read', false],
    [['a?/read'], 'ab/read', false],
    [['ab*ba'], 'aba', false],
    [['ab*ba'], 'abba', true],
    [['a*b*c'], 'a-c-b-c', true],
    [['a*b*c'], 'a-c-b', false],
    [['a**c'], 'ac', true],
    [['*/a/*/a/*'], 'x/a/a/x', false],
    [['*/a/*/a/*'], 'x/a//a/x', true],
  ];
  test.each(cases)('%j and %s: %s', (patterns, action, expected) => {
    expect(actionMatcher(patterns)(action)).toBe(expected);
  });

  test('agree with their definition for any pattern and action', () => {
    const letters = (alphabet: string) => fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 12 });
    fc.assert(
      fc.property(letters('aAb/.*'), letters('aAb/.+'), (pattern, action) => {
        expect(actionMatcher([pattern])(action)).toBe(
          byDefinition(pattern.toLowerCase(), action.toLowerCase()),
        );
      }),
      { numRuns: 5_000 },
    );
  });

  test('match any of several patterns exactly when one of them matches', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 5 });
    const action = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 });
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 4 }), action, (patterns, asked) => {
        expect(actionMatcher(patterns)(asked)).toBe(patterns.some((p) => byDefinition(p, asked)));
      }),
    );
  });

  test('stay quick on patterns that would make a backtracking matcher explode', () => {
    const explosive = actionMatcher([`${'*a'.repeat(200)}*b`]);
    expect(explosive('a'.repeat(5_000))).toBe(false);
  });
});

/** A star takes nothing, or one character and is asked again. */
function byDefinition(pattern: string, action: string): boolean {
  if (pattern === '') return action === '';
  if (pattern[0] !== '*') return pattern[0] === action[0] && byDefinition(pattern.slice(1), action.slice(1));
  return byDefinition(pattern.slice(1), action) || (action !== '' && byDefinition(pattern, action.slice(1)));
}
