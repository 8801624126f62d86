import type { TagScope } from '../command.ts';
import type { Scope } from '../scope.ts';

type Tags = Scope['tags'];
const lower = (name: string): string => name.toLowerCase();

/** What tags come to. Their names are the same in any case, and keep the case they were first written in. */
export function tagged(there: Tags, { operation, tags }: Pick<TagScope, 'operation' | 'tags'>): Tags {
  if (operation === 'replace') return tags;
  return operation === 'merge' ? merged(there, tags) : without(there, tags);
}

function merged(there: Tags, given: Tags): Tags {
  const names = new Map(Object.keys(there).map((name) => [lower(name), name]));
  const named = Object.entries(given).map(([name, value]) => [names.get(lower(name)) ?? name, value]);
  return { ...there, ...Object.fromEntries(named) };
}

// A name takes its tag away; with a value it does so only where that is the tag's value.
function without(there: Tags, given: Tags): Tags {
  const values = new Map(Object.entries(given).map(([name, value]) => [lower(name), value]));
  const goes = ([name, has]: [string, string]) => ['', has].includes(values.get(lower(name)) ?? '\0');
  return Object.fromEntries(Object.entries(there).filter((tag) => !goes(tag)));
}
