import { type Instant, parseInstant } from '../core/values.ts';
import type { Call } from '../http/route.ts';
import { type BodyCode, invalidBody } from './problems.ts';

/** An object of a body. Names are matched in any case, null is the same as not there, what is unknown is ignored. */
export interface Bag {
  /** Where it stands in the body, for messages. */
  readonly at: string;
  readonly code: BodyCode;
  readonly values: ReadonlyMap<string, unknown>;
  /** The names of what is there, as written. */
  readonly names: readonly string[];
}

/** The body of a call, which must be an object. */
export function bodyOf(call: Call, code: BodyCode): Bag {
  if (call.body === undefined || call.body === null)
    throw invalidBody(code, 'The call needs a JSON object as its body.');
  return bagOf(call.body, '', code);
}

/** The `properties` of the body; where the wire also takes the flat form, the body itself when there are none. */
export function propertiesOf(call: Call, code: BodyCode, flat: 'flatToo' | 'wrapped' = 'wrapped'): Bag {
  const body = bodyOf(call, code);
  const inner = bag(body, 'properties');
  if (inner) return inner;
  if (flat === 'flatToo') return body;
  throw invalidBody(code, 'The body needs \'properties\': {"properties":{…}}.');
}

export const badValue = ({ code }: Bag, message: string) => invalidBody(code, message);

function bagOf(value: unknown, at: string, code: BodyCode): Bag {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidBody(code, `${at === '' ? 'The body' : `'${at}'`} must be an object, in braces.`);
  }
  const entries = Object.entries(value).filter(([, v]) => v !== null && v !== undefined);
  return {
    at,
    code,
    values: new Map(entries.map(([name, v]) => [name.toLowerCase(), v])),
    names: entries.map(([name]) => name),
  };
}

const nameOf = ({ at }: Bag, name: string): string =>
  at === '' || at === 'properties' ? name : `${at}.${name}`;

const valueAt = (from: Bag, name: string): unknown => from.values.get(name.toLowerCase());

/** An object, or null. */
export function bag(from: Bag, name: string, code: BodyCode = from.code): Bag | null {
  const value = valueAt(from, name);
  return value === undefined ? null : bagOf(value, nameOf(from, name), code);
}

/** A list of objects, or null. */
export function bags(from: Bag, name: string): readonly Bag[] | null {
  return list(from, name)?.map((v, i) => bagOf(v, `${nameOf(from, name)}[${i}]`, from.code)) ?? null;
}

/** A list of words, or null. */
export function texts(from: Bag, name: string): readonly string[] | null {
  return list(from, name)?.map((v) => plainText(from, name, v)) ?? null;
}

function list(from: Bag, name: string): readonly unknown[] | null {
  const value = valueAt(from, name);
  if (value === undefined) return null;
  if (!Array.isArray(value)) throw badValue(from, `'${nameOf(from, name)}' must be a list, in brackets.`);
  return value;
}

/** A text, or null. */
export function text(from: Bag, name: string): string | null {
  const value = valueAt(from, name);
  return value === undefined ? null : plainText(from, name, value);
}

// The store keeps neither a zero character nor half of a surrogate pair.
function plainText(from: Bag, name: string, value: unknown): string {
  if (typeof value !== 'string') throw badValue(from, `'${nameOf(from, name)}' must be a text, in quotes.`);
  if (isPlain(value)) return value;
  throw badValue(
    from,
    `'${nameOf(from, name)}' has a character in it that is none: write it in valid Unicode.`,
  );
}

/** Whether the store can keep a text as it is. */
export const isPlain = (value: string): boolean => !value.includes('\0') && value.isWellFormed();

/** A text that must be there. */
export function neededText(from: Bag, name: string): string {
  const found = text(from, name);
  if (found === null || found === '') throw badValue(from, `'${nameOf(from, name)}' is required.`);
  return found;
}

/** True or false, which some clients write as a text; or null. */
export function flag(from: Bag, name: string): boolean | null {
  const value = valueAt(from, name);
  const word = typeof value === 'string' ? value.toLowerCase() : value;
  if (word === undefined) return null;
  if (word === true || word === 'true') return true;
  if (word === false || word === 'false') return false;
  throw badValue(from, `'${nameOf(from, name)}' must be true or false.`);
}

/** A whole number from zero up, which some clients write as a text; or null. */
export function whole(from: Bag, name: string): number | null {
  const value = valueAt(from, name);
  if (value === undefined) return null;
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number < 1e9) return number;
  throw badValue(from, `'${nameOf(from, name)}' must be a whole number from 0 up.`);
}

/** One of the words a table has, in any case; or null. */
export function word<T>(from: Bag, name: string, table: { readonly [word: string]: T }): T | null {
  const given = text(from, name);
  if (given === null) return null;
  const found = Object.entries(table).find(([known]) => known.toLowerCase() === given.toLowerCase());
  if (found) return found[1];
  throw badValue(
    from,
    `'${nameOf(from, name)}' is '${given}'. Allowed are ${Object.keys(table).join(', ')}.`,
  );
}

/** An instant with its offset, or null. */
export function moment(from: Bag, name: string): Instant | null {
  const given = text(from, name);
  if (given === null) return null;
  const found = /^\d{4}-\d\d-\d\dT/i.test(given) ? parseInstant(given) : null;
  if (found !== null) return found;
  throw badValue(
    from,
    `'${nameOf(from, name)}' is '${given}'. It must be an RFC 3339 instant with its offset, such as 2026-05-21T08:00:00Z or 2026-05-21T10:00:00+02:00.`,
  );
}
