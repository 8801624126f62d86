import { X509Certificate } from 'node:crypto';
import type { Certificate } from '../core/credential.ts';
import type { Instant } from '../core/values.ts';

const BITS_MIN = 2048;

/** A certificate from PEM, or from DER in base64; null when it is none, or its key is not an RSA key of 2048 bits or more. */
export function certificateFrom(text: string): Certificate | null {
  const found = parsed(text);
  if (!found) return null;
  const { asymmetricKeyType, asymmetricKeyDetails } = found.publicKey;
  if (asymmetricKeyType !== 'rsa' || (asymmetricKeyDetails?.modulusLength ?? 0) < BITS_MIN) return null;
  return {
    thumbprint: hex(found.fingerprint),
    thumbprint256: hex(found.fingerprint256),
    subject: found.subject.split('\n').reverse().join(', '),
    notBefore: Date.parse(found.validFrom) as Instant,
    notAfter: Date.parse(found.validTo) as Instant,
    der: found.raw.toString('base64'),
  };
}

function parsed(text: string): X509Certificate | null {
  try {
    return new X509Certificate(text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64'));
  } catch {
    return null;
  }
}

const hex = (fingerprint: string): string => fingerprint.replaceAll(':', '').toLowerCase();
