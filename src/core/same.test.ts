import { expect, test } from 'vitest';
import { same } from './same.ts';

test.each<[unknown, unknown, boolean]>([
  [1, 1, true],
  [null, {}, false],
  [{ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }, true],
  [{ a: undefined }, {}, false],
  [{ a: undefined }, { b: undefined }, false],
  [[1, 2], [2, 1], false],
  [[], {}, false],
  ['1', 1, false],
  [{ a: { b: null } }, { a: { b: null } }, true],
])('%j and %j say the same: %s', (a, b, expected) => {
  expect(same(a, b)).toBe(expected);
  expect(same(b, a)).toBe(expected);
});
