/** The names whose clients reach this server through the proxy, or through a hosts file. */
export const MICROSOFT_NAMES = [
  'management.azure.com',
  'graph.microsoft.com',
  'login.microsoftonline.com',
  'api.loganalytics.io',
] as const;

/** The names a machine has for itself, as they stand in a URL. */
export const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'] as const;

export type KnownHosts = {
  /** The origin a Host header means, or null: then the answer is 421. */
  originOf(host: string | undefined): string | null;
  readonly origins: readonly string[];
};

/** An origin is looked up in a list made at start; no part of the header ever becomes a part of an answer. */
export function knownHosts(ours: {
  readonly publicUrls: readonly string[];
  readonly port: number;
  readonly proxy: boolean;
}): KnownHosts {
  const loopback = LOOPBACK_NAMES.map((name) => `https://${name}:${ours.port}`);
  const microsoft = ours.proxy ? MICROSOFT_NAMES.map((name) => `https://${name}`) : [];
  const origins = [...ours.publicUrls, ...loopback, ...microsoft].map((url) => new URL(url).origin);
  const table = new Map(origins.flatMap((origin) => spellings(origin).map((host) => [host, origin])));
  return {
    // Only ASCII: the Kelvin sign lower-cases to k, and a name must be the name.
    originOf: (host) =>
      host && /^[\x21-\x7e]+$/.test(host) ? (table.get(host.toLowerCase()) ?? null) : null,
    origins: [...new Set(origins)],
  };
}

// A client may write the port 443 or leave it out; every other port has to be there.
const spellings = (origin: string): string[] => {
  const { host, port } = new URL(origin);
  return port === '' ? [host, `${host}:443`] : [host];
};
