import { type Static, Type } from 'typebox';
import type { Format } from './settingsFormats.ts';

const text = (format: Format, more: { default?: string; secret?: true } = {}) =>
  Type.String({ format, minLength: 1, ...more });

/**
 * Every setting, as it is written: `--public-url`, POSTERN_PUBLIC_URL and `publicUrl` in postern.yaml are one. What has
 * no default here is off, or depends on another setting.
 */
export const SETTINGS = Type.Object({
  port: text('port', { default: '8443' }),
  host: text('hosts', { default: '127.0.0.1,::1' }),
  publicUrl: Type.Optional(text('origins')),
  trustedProxies: Type.Optional(text('ranges')),
  outboundAllow: Type.Optional(text('ranges')),
  proxyPort: Type.Optional(text('portOrOff')),
  data: text('path', { default: './data' }),
  databaseUrl: Type.Optional(text('postgresUrl', { secret: true })),
  migrateUrl: Type.Optional(text('postgresUrl', { secret: true })),
  pgBin: Type.Optional(text('path')),
  activationFloor: text('floor', { default: 'PT5M' }),
  removalFloor: Type.Optional(text('floor')),
  groupCeiling: text('ceiling', { default: 'P1D' }),
  profile: text('profile', { default: 'friendly' }),
  rateLimit: text('rate', { default: '600000' }),
  clock: text('clock', { default: 'system' }),
  drain: Type.Optional(text('floor')),
  tlsCert: Type.Optional(text('path')),
  tlsKey: Type.Optional(text('path')),
});

export type Written = Static<typeof SETTINGS>;
export type Name = keyof Written;
export const NAMES = Object.keys(SETTINGS.properties) as readonly Name[];

export const envName = (name: Name): string => `POSTERN_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`;

/** Names of demo.env and of the client programs: they describe this server to its clients and never set it up. */
export const CLIENT_NAMES: ReadonlySet<string> = new Set(
  [
    'URL CA PROXY TENANT_ID CLIENT_ID CLIENT_SECRET USER_UPN USER_PASSWORD APPROVER_UPN APPROVER_PASSWORD',
    'AZ_EXTENSION WORKSPACE_ID MODE PARTS MODULES_FROM USER_TOKEN APPROVER_TOKEN SKIP_BARE_GUID',
  ].flatMap((line) => line.split(' ').map((name) => `POSTERN_${name}`)),
);
