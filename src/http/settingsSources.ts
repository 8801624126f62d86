import { parseDocument } from 'yaml';
import { CLIENT_NAMES, envName, NAMES, type Name } from './settingsSchema.ts';

/** A value as it was given, and where, in the words of a message. */
export type Given = { readonly value: unknown; readonly by: string };
export type Found = { readonly given: ReadonlyMap<Name, Given>; readonly unknown: readonly string[] };

const YAML_CHARACTERS_MAX = 1024 * 1024;

export function fromFlags(flags: Readonly<Record<string, string>>): Found {
  return found(Object.entries(flags), byLooseName, (key) => `--${key}`);
}

export function fromEnvironment(env: Readonly<Record<string, string | undefined>>): Found {
  const ours = Object.entries(env).filter(([key]) => key.startsWith('POSTERN_') && !meantForClients(key));
  return found(
    ours,
    (key) => NAMES.find((name) => envName(name) === key),
    (key) => key,
  );
}

/** Throws an Error that says what is wrong with the file; postern.yaml is read by people. */
export function fromYaml(text: string): Found {
  if (text.length > YAML_CHARACTERS_MAX) throw new Error('postern.yaml is longer than 1 MiB.');
  const document = parseDocument(text, { schema: 'core', merge: false, uniqueKeys: true });
  const wrong = document.errors[0] ?? document.warnings[0];
  if (wrong) throw new Error(`postern.yaml cannot be read: ${wrong.message}`);
  const read: unknown = document.toJS({ maxAliasCount: 50 });
  if (read === null || read === undefined) return { given: new Map(), unknown: [] };
  if (typeof read !== 'object' || Array.isArray(read))
    throw new Error('postern.yaml must be a map of settings.');
  return found(Object.entries(read), byLooseName, (key) => `${key} in postern.yaml`);
}

function found(
  entries: readonly (readonly [string, unknown])[],
  nameOf: (key: string) => Name | undefined,
  by: (key: string) => string,
): Found {
  const given = new Map<Name, Given>();
  const unknown: string[] = [];
  for (const [key, value] of entries) {
    const name = nameOf(key);
    if (name === undefined) unknown.push(by(key));
    // Compose files and shells pass on empty variables for what was never set.
    else if (value !== '' && value !== null && value !== undefined) given.set(name, { value, by: by(key) });
  }
  return { given, unknown };
}

const meantForClients = (key: string): boolean =>
  CLIENT_NAMES.has(key) || key.startsWith('POSTERN_TOKEN') || /^POSTERN_[A-Z]+_(UPN|PASSWORD)$/.test(key);
const plain = (key: string): string => key.replace(/[-_]/g, '').toLowerCase();
const byLooseName = (key: string): Name | undefined => NAMES.find((name) => plain(name) === plain(key));

/** The known name with the fewest changed letters. */
export function nearest(key: string): string {
  const written = key.replace(/^--| in postern\.yaml$/g, '');
  const asEnv = written.startsWith('POSTERN_')
    ? written
    : `POSTERN_${written.replace(/-/g, '_').toUpperCase()}`;
  const ranked = NAMES.map(envName).map((name) => ({ name, far: distance(asEnv, name) }));
  return ranked.reduce((best, each) => (each.far < best.far ? each : best)).name;
}

// Edit distance, one row of the table at a time.
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
