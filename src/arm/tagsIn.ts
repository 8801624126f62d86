import { type Bag, badValue, bag, isPlain, text } from './bag.ts';

type Tags = Readonly<Record<string, string>>;
const TAGS_MAX = 50;

/** The tags of a body; null when it has none. */
export function tagsIn(body: Bag): Tags | null {
  const given = bag(body, 'tags');
  if (!given) return null;
  if (given.names.length > TAGS_MAX) throw badValue(given, `A scope has at most ${TAGS_MAX} tags.`);
  const names = new Set(given.names.map((name) => name.toLowerCase()));
  if (names.size < given.names.length)
    throw badValue(given, 'The names of tags are the same in any case; one is there twice.');
  return Object.fromEntries(given.names.map((name) => [tagName(given, name), tagValue(given, name)]));
}

function tagName(given: Bag, name: string): string {
  if (name.length > 0 && name.length <= 512 && isPlain(name) && !/[<>%&\\?/]/.test(name)) return name;
  throw badValue(given, 'The name of a tag has 1 to 512 characters and none of < > % & \\ ? /.');
}

function tagValue(given: Bag, name: string): string {
  const value = text(given, name) ?? '';
  if (value.length <= 256) return value;
  throw badValue(given, `The value of the tag '${name}' is longer than 256 characters.`);
}
