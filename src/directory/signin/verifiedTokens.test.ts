import { expect, test } from 'vitest';
import { VerifiedTokens } from './verifiedTokens.ts';

test('of too many verified tokens the one longest unused is forgotten', () => {
  const tokens = new VerifiedTokens<number>(3);
  for (const [index, token] of ['a', 'b', 'c'].entries()) tokens.set(token, index);
  expect(tokens.get('a')).toBe(0);
  tokens.set('d', 3);
  expect([tokens.size, tokens.get('a'), tokens.get('b'), tokens.get('c'), tokens.get('d')]).toEqual([
    3,
    0,
    undefined,
    2,
    3,
  ]);
});
