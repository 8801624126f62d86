import { describe, expect, test } from 'vitest';
import { MalformedJson, parseJson } from './json.ts';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('INV-Q2: a JSON body is bounded before anybody reads it', () => {
  test.each([
    ['an object', '{"a":1}', { a: 1 }],
    ['a byte order mark in front', '\ufeff{"a":1}', { a: 1 }],
    ['nothing', '', undefined],
    ['blanks', ' \r\n', undefined],
    ['thirty-two levels', nested(32), JSON.parse(nested(32))],
  ])('%s is read', (_, text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  test.each([
    ['half of one', '{"a":', 'not valid JSON'],
    ['thirty-three levels', nested(33), '32 levels'],
    ['a prototype', '{"__proto__":{"a":1}}', '__proto__'],
    ['a constructor, deep inside', '{"a":[{"constructor":1}]}', 'constructor'],
    ['a NUL', '{"a":"\\u0000"}', 'NUL'],
    ['half of a surrogate pair', '{"a":"\\ud800"}', 'surrogate'],
    ['a NUL in a name', '{"\\u0000":1}', 'NUL'],
  ])('%s is refused, saying why', (_, text, why) => {
    expect(() => parseJson(text)).toThrow(MalformedJson);
    expect(() => parseJson(text)).toThrow(why);
  });
});
