const DEPTH_MAX = 32;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** A body that is not JSON, or not JSON we read; the message says where or why. */
export class MalformedJson extends Error {}

/** Parses a JSON body, bounded in depth and without keys that mean something to the language. (Q2) */
export function parseJson(text: string): unknown {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (body.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw new MalformedJson(`The body is not valid JSON: ${(error as Error).message}.`);
  }
  inspect(value, 1);
  return value;
}

function inspect(value: unknown, depth: number): void {
  if (typeof value === 'string') storable(value);
  if (typeof value !== 'object' || value === null) return;
  if (depth > DEPTH_MAX) throw new MalformedJson(`The body is nested deeper than ${DEPTH_MAX} levels.`);
  for (const [key, inner] of Object.entries(value)) {
    if (FORBIDDEN.has(key))
      throw new MalformedJson(`The body has a property named '${key}', which is not allowed.`);
    storable(key);
    inspect(inner, depth + 1);
  }
}

// No database keeps these, so they are refused before anything is decided.
function storable(text: string): void {
  if (text.includes('\u0000') || !text.isWellFormed())
    throw new MalformedJson(
      'The body has a text with a NUL or with half of a surrogate pair, which is not allowed.',
    );
}
