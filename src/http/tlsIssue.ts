import { randomBytes, type webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import { nameConstraints } from './tlsNameConstraints.ts';

export type Issued = { readonly ca: string; readonly leaf: string; readonly key: string };

const VALID_DAYS = 397;
const CURVE = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/**
 * An authority that can vouch for these names only, and one certificate for all of them. The authority's key exists
 * only while this runs: whoever trusts it trusts this one certificate and nothing that could be made later.
 */
export async function issue(names: readonly string[], now: Date): Promise<Issued> {
  // @peculiar/x509 throws without it. Both are loaded only here: a start with certificates at hand needs neither.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const caKeys = await crypto.subtle.generateKey(CURVE, false, ['sign', 'verify']);
  const leafKeys = await crypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  const validity = validFrom(now);
  const caName = `CN=Postern local authority ${randomBytes(4).toString('hex')}`;
  const caKeyId = await x509.SubjectKeyIdentifierExtension.create(caKeys.publicKey);
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: caName,
    keys: caKeys,
    signingAlgorithm: CURVE,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      new x509.Extension('2.5.29.30', true, nameConstraints(names)),
      caKeyId,
    ],
  });
  const leaf = await x509.X509CertificateGenerator.create({
    ...validity,
    subject: 'CN=localhost',
    issuer: caName,
    publicKey: leafKeys.publicKey,
    signingKey: caKeys.privateKey,
    signingAlgorithm: CURVE,
    // Python from 3.13 on refuses a chain without key identifiers, key usage and critical basic constraints.
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })),
      ),
      await x509.SubjectKeyIdentifierExtension.create(leafKeys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  return {
    ca: `${ca.toString('pem')}\n`,
    leaf: `${leaf.toString('pem')}\n`,
    key: await pem(leafKeys.privateKey),
  };
}

// An hour back, for clients whose clock is a little behind.
function validFrom(now: Date): { notBefore: Date; notAfter: Date } {
  const notBefore = new Date(Math.floor(now.getTime() / 1000) * 1000 - 3_600_000);
  return { notBefore, notAfter: new Date(notBefore.getTime() + VALID_DAYS * 86_400_000) };
}

async function pem(key: webcrypto.CryptoKey): Promise<string> {
  const lines =
    Buffer.from(await crypto.subtle.exportKey('pkcs8', key))
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
}
