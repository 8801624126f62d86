import { execFileSync } from 'node:child_process';
import { createPrivateKey, type KeyObject, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SignJWT } from 'jose';
import type { Certificate } from '../../core/credential.ts';
import { certificateFrom } from '../certificate.ts';

export interface KeyPair {
  readonly pem: string;
  readonly keyPem: string;
  readonly key: KeyObject;
  readonly certificate: Certificate;
}

/** A certificate of its own, as `openssl req -x509` makes it. */
export function keyPair(name: string, days = 2): KeyPair {
  const folder = mkdtempSync(path.join(tmpdir(), 'postern-'));
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const kind = ['-newkey', 'rsa:2048', '-nodes', '-days', String(days), '-subj', `/O=Contoso/CN=${name}`];
  execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const [pem, keyPem] = [readFileSync(cert, 'utf8'), readFileSync(key, 'utf8')];
  rmSync(folder, { recursive: true });
  const certificate = certificateFrom(pem);
  if (!certificate) throw new Error('openssl made no certificate');
  return { pem, keyPem, key: createPrivateKey(keyPem), certificate };
}

const base64url = (hex: string) => Buffer.from(hex, 'hex').toString('base64url');

/** What MSAL signs, older or newer, with whatever a test wants otherwise. */
export async function assertionOf(
  pair: KeyPair,
  client: string,
  audience: string,
  { claims = {}, header = {} }: { claims?: Record<string, unknown>; header?: Record<string, unknown> } = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const payload = { aud: audience, iss: client, sub: client, nbf: now, exp: now + 600, jti: randomUUID() };
  const named = { alg: 'RS256', typ: 'JWT', x5t: base64url(pair.certificate.thumbprint) };
  return new SignJWT(without({ ...payload, ...claims }))
    .setProtectedHeader(without({ ...named, ...header }) as { alg: string })
    .sign(pair.key);
}

const without = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
