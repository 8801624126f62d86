import { isIP } from 'node:net';

/** What a value of each kind must look like, and the sentence that says so when it does not. */
export const FORMATS = {
  port: { allowed: 'a port from 0 to 65535, where 0 picks a free one', test: port },
  portOrOff: {
    allowed: 'a port from 0 to 65535, where 0 picks a free one, or off',
    test: (text) => text === 'off' || port(text),
  },
  hosts: { allowed: 'IP addresses or host names, separated by commas', test: every(hostOrAddress) },
  origins: {
    allowed: 'https://<name>[:<port>] without path, query or user, more of them separated by commas',
    test: every(httpsOrigin),
  },
  ranges: { allowed: 'IP addresses or ranges such as 10.0.0.0/8, separated by commas', test: every(range) },
  path: { allowed: 'a path', test: (text) => !text.includes('\0') },
  postgresUrl: { allowed: 'postgres://<user>:<password>@<host>:<port>/<database>', test: postgresUrl },
  floor: { allowed: 'a duration such as PT5M, from PT0S to P1D', test: lasting(0) },
  ceiling: { allowed: 'a duration such as PT8H, from PT5M to P1D', test: lasting(300_000) },
  rate: {
    allowed: 'a number of calls a minute from 1 to 999999999, or off',
    test: (text) => text === 'off' || /^[1-9]\d{0,8}$/.test(text),
  },
  profile: { allowed: 'friendly or strict', test: (text) => text === 'friendly' || text === 'strict' },
  clock: { allowed: 'system or manual', test: (text) => text === 'system' || text === 'manual' },
} satisfies Record<string, { readonly allowed: string; readonly test: (text: string) => boolean }>;

export type Format = keyof typeof FORMATS;

/** The parts of a list written with commas. */
export const parts = (text: string): string[] => text.split(',').map((part) => part.trim());

/** `[::1]` as it stands in a URL is `::1` everywhere else. */
export const bare = (address: string): string => address.replace(/^\[(.*)\]$/, '$1');

/** Days, hours, minutes and seconds in whole numbers: months and years have no fixed length. */
export function milliseconds(duration: string): number | null {
  const found = /^P(?=\d|T\d)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  if (!found) return null;
  const [days, hours, minutes, seconds] = found.slice(1).map((digits) => Number(digits ?? 0));
  return ((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
}

function port(text: string): boolean {
  return /^(0|[1-9]\d{0,4})$/.test(text) && Number(text) <= 65_535;
}

function every(fits: (part: string) => boolean): (text: string) => boolean {
  return (text) => parts(text).every(fits);
}

function hostOrAddress(text: string): boolean {
  return isIP(bare(text)) !== 0 || (/^[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(text) && !/^[\d.]+$/.test(text));
}

function httpsOrigin(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:' || url.hostname.endsWith('.') || url.hostname.includes('*')) return false;
  return url.href === `${url.origin}/` && !/[?#@]/.test(text);
}

function range(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const size = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return (
    more.length === 0 && size > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= size))
  );
}

function postgresUrl(text: string): boolean {
  return URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol);
}

function lasting(leastMs: number): (text: string) => boolean {
  return (text) => {
    const ms = milliseconds(text);
    return ms !== null && leastMs <= ms && ms <= 86_400_000;
  };
}
