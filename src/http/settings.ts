import { Ajv } from 'ajv';
import { bare, FORMATS, type Format, milliseconds, parts } from './settingsFormats.ts';
import { envName, type Name, SETTINGS, type Written } from './settingsSchema.ts';
import { type Found, fromEnvironment, fromFlags, fromYaml, type Given, nearest } from './settingsSources.ts';

export type Settings = {
  readonly port: number;
  readonly hosts: readonly string[];
  /** Origins, as given; empty means `https://localhost:<port>`, see publicUrlsAt. */
  readonly publicUrls: readonly string[];
  readonly trustedProxies: readonly string[];
  /** Private networks that the server may ask, for the keys of outside issuers. */
  readonly outboundAllow: readonly string[];
  /** null: no proxy. */
  readonly proxyPort: number | null;
  readonly data: string;
  /** null: the embedded store. */
  readonly databaseUrl: string | null;
  readonly migrateUrl: string | null;
  /** A folder with initdb and postgres to use instead of the ones that come along; null: those. */
  readonly pgBin: string | null;
  readonly activationFloorMs: number;
  readonly removalFloorMs: number;
  readonly groupCeilingMs: number;
  readonly profile: 'friendly' | 'strict';
  /** Calls of one kind a caller has a minute over ARM; null: no limit. */
  readonly rateLimit: number | null;
  readonly clock: 'system' | 'manual';
  /** How long a server that was told to stop goes on answering. */
  readonly drainMs: number;
  readonly tls: { readonly certPath: string; readonly keyPath: string } | null;
};

export type Sources = {
  readonly flags: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly yaml?: string;
  readonly demo: boolean;
};

/** The start is refused; the message names each setting, what was given and what is allowed. */
export class SettingsRefused extends Error {
  override readonly name = 'SettingsRefused';
}

/** A flag outweighs the environment, the environment outweighs postern.yaml. */
export function readSettings(sources: Sources): { readonly settings: Settings; readonly warnings: string[] } {
  const flags = fromFlags(sources.flags);
  if (flags.unknown.length > 0) throw new SettingsRefused(flags.unknown.map(unknownName).join('\n'));
  const env = fromEnvironment(sources.env);
  const yaml = readYaml(sources.yaml);
  const given = new Map([...yaml.given, ...env.given, ...flags.given]);
  const written = checked(given);
  const refusals = conflicts(written, sources.demo);
  if (refusals.length > 0) throw new SettingsRefused(refusals.join('\n'));
  const warnings = [...env.unknown, ...yaml.unknown].map((key) => `${unknownName(key)} It is ignored.`);
  return { settings: settingsOf(written, sources.demo), warnings };
}

/** The public origins once the port is known; the first is the one to print. */
export const publicUrlsAt = (settings: Settings, port: number): readonly string[] =>
  settings.publicUrls.length > 0 ? settings.publicUrls : [new URL(`https://localhost:${port}`).origin];

const unknownName = (key: string): string =>
  `${key} is not a setting of this server; the nearest one is ${nearest(key)}.`;

function readYaml(yaml: string | undefined): Found {
  try {
    return fromYaml(yaml ?? '');
  } catch (error) {
    throw new SettingsRefused(error instanceof Error ? error.message : 'postern.yaml cannot be read.');
  }
}

const ajv = new Ajv({ allErrors: true, useDefaults: true });
ajv.addKeyword('secret');
for (const [format, { test }] of Object.entries(FORMATS)) ajv.addFormat(format, test);
const validate = ajv.compile<Written>(SETTINGS);

function checked(given: ReadonlyMap<Name, Given>): Written {
  const values: unknown = Object.fromEntries([...given].map(([name, { value }]) => [name, asText(value)]));
  if (validate(values)) return values;
  const wrong = new Set((validate.errors ?? []).map((error) => error.instancePath.slice(1) as Name));
  throw new SettingsRefused([...wrong].map((name) => badValue(name, given.get(name))).join('\n'));
}

// YAML has numbers and lists where flags and variables have text.
function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText).join(',');
  return typeof value === 'number' || typeof value === 'string' ? String(value).trim() : value;
}

function badValue(name: Name, given: Given | undefined): string {
  const schema = SETTINGS.properties[name] as { readonly format?: Format; readonly secret?: true };
  // A database URL carries a password, and this message goes to a log.
  const shown = schema.secret ? 'not shown here, as it may hold a password' : JSON.stringify(given?.value);
  const by = given && given.by !== envName(name) ? ` (${given.by})` : '';
  return `${envName(name)}${by} is ${shown}; allowed is ${FORMATS[schema.format ?? 'path'].allowed}.`;
}

function conflicts(w: Written, demo: boolean): string[] {
  const rules: [boolean, string][] = [
    [
      w.clock === 'manual' && !demo,
      'POSTERN_CLOCK is "manual"; allowed is system, because only the demo lets anybody move its time.',
    ],
    [
      (w.tlsCert === undefined) !== (w.tlsKey === undefined),
      'POSTERN_TLS_CERT and POSTERN_TLS_KEY go together; only one was given, allowed is both or neither.',
    ],
    [
      w.migrateUrl !== undefined && w.databaseUrl === undefined,
      'POSTERN_MIGRATE_URL was given without POSTERN_DATABASE_URL; allowed is both, or POSTERN_DATABASE_URL alone.',
    ],
    [
      (milliseconds(w.activationFloor) ?? 0) > (milliseconds(w.groupCeiling) ?? 0),
      `POSTERN_ACTIVATION_FLOOR is ${w.activationFloor}; allowed is at most POSTERN_GROUP_CEILING, ${w.groupCeiling}.`,
    ],
    [
      w.port !== '0' && w.port === proxyPort(w, demo),
      `POSTERN_PROXY_PORT is ${w.port}, which is POSTERN_PORT; allowed is another port, 0 or off.`,
    ],
  ];
  return rules.filter(([broken]) => broken).map(([, sentence]) => sentence);
}

const proxyPort = (w: Written, demo: boolean): string => w.proxyPort ?? (demo ? '8888' : 'off');

function settingsOf(w: Written, demo: boolean): Settings {
  const removalFloor = w.removalFloor ?? (w.profile === 'strict' ? 'PT5M' : 'PT0S');
  return {
    port: Number(w.port),
    hosts: parts(w.host).map(bare),
    publicUrls: w.publicUrl === undefined ? [] : parts(w.publicUrl).map((url) => new URL(url).origin),
    trustedProxies: w.trustedProxies === undefined ? [] : parts(w.trustedProxies),
    outboundAllow: w.outboundAllow === undefined ? [] : parts(w.outboundAllow),
    proxyPort: proxyPort(w, demo) === 'off' ? null : Number(proxyPort(w, demo)),
    data: w.data,
    databaseUrl: w.databaseUrl ?? null,
    migrateUrl: w.migrateUrl ?? null,
    pgBin: w.pgBin ?? null,
    activationFloorMs: milliseconds(w.activationFloor) ?? 0,
    removalFloorMs: milliseconds(removalFloor) ?? 0,
    groupCeilingMs: milliseconds(w.groupCeiling) ?? 0,
    profile: w.profile === 'strict' ? 'strict' : 'friendly',
    // Only where there are others to send requests to is it worth waiting.
    drainMs: milliseconds(w.drain ?? (w.databaseUrl === undefined ? 'PT0S' : 'PT5S')) ?? 0,
    rateLimit: w.rateLimit === 'off' ? null : Number(w.rateLimit),
    clock: w.clock === 'manual' ? 'manual' : 'system',
    tls:
      w.tlsCert === undefined || w.tlsKey === undefined ? null : { certPath: w.tlsCert, keyPath: w.tlsKey },
  };
}
