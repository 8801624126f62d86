/** What a verified access token says; everything the checks need is there and of its kind. */
export interface TokenClaims {
  readonly aud: string;
  readonly iss: string;
  readonly tid: string;
  readonly oid: string;
  readonly appid: string;
  readonly idtyp: 'app' | 'user';
  readonly exp: number;
  readonly nbf: number;
  readonly uti: string | undefined;
  readonly amr: readonly string[];
  readonly acrs: readonly string[];
}

/** The payload of a token as claims, or null when one is missing or of another kind. */
export function parseClaims(payload: Uint8Array): TokenClaims | null {
  const claims = parseObject(payload);
  if (!claims) return null;
  const text = ['aud', 'iss', 'tid', 'oid', 'appid', 'ver'].every((name) => typeof claims[name] === 'string');
  const times = ['exp', 'nbf', 'iat'].every((name) => Number.isSafeInteger(claims[name]));
  const kind = claims['idtyp'] === 'app' || claims['idtyp'] === 'user';
  if (!text || !times || !kind) return null;
  return {
    ...(claims as unknown as TokenClaims),
    uti: typeof claims['uti'] === 'string' ? claims['uti'] : undefined,
    amr: strings(claims['amr']),
    acrs: strings(claims['acrs']),
  };
}

function parseObject(payload: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
