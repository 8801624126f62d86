import type { Federation } from '../core/credential.ts';

/** The audience that clients ask an outside issuer for, where nobody says otherwise. */
export const EXCHANGE_AUDIENCE = 'api://AzureADTokenExchange';
const LENGTH_MAX = 600;

/** An outside issuer's subject; null when the issuer is no plain https address, or something is empty or too long. */
export function federationOf(
  issuer: string,
  subject: string,
  audiences: readonly string[] = [EXCHANGE_AUDIENCE],
): Federation | null {
  const fits = (text: string) => text.length > 0 && text.length <= LENGTH_MAX;
  if (![issuer, subject, ...audiences].every(fits) || audiences.length === 0) return null;
  return issuerAddress(issuer) ? { issuer, subject, audiences } : null;
}

/** Where an issuer is. Its name is compared letter by letter, so the address is only where to ask, never who it is. */
export function issuerAddress(issuer: string): URL | null {
  const url = URL.parse(issuer);
  const plain = url?.protocol === 'https:' && !url.username && !url.password && !url.search && !url.hash;
  return plain ? url : null;
}
