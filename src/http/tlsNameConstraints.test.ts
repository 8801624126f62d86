import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { isIP } from 'node:net';
import { connect, createServer, type TLSSocket } from 'node:tls';
import * as x509 from '@peculiar/x509';
import { expect, test } from 'vitest';
import { nameConstraints } from './tlsNameConstraints.ts';

const CURVE = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** What a client says that trusts an authority for `permitted` and meets its certificate for `name`. */
async function verdict(permitted: string[], name: string): Promise<string> {
  const caKeys = await crypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  const keys = await crypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=authority',
    keys: caKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.Extension('2.5.29.30', true, nameConstraints(permitted)),
    ],
  });
  const leaf = await x509.X509CertificateGenerator.create({
    subject: 'CN=leaf',
    issuer: 'CN=authority',
    publicKey: keys.publicKey,
    signingKey: caKeys.privateKey,
    extensions: [
      new x509.SubjectAlternativeNameExtension([{ type: isIP(name) ? 'ip' : 'dns', value: name }]),
    ],
  });
  const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const pem = `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`;
  return handshake({ cert: leaf.toString('pem'), key: pem }, ca.toString('pem'), name);
}

async function handshake(own: { cert: string; key: string }, ca: string, name: string): Promise<string> {
  const server = createServer(own).on('tlsClientError', () => {});
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const servername = isIP(name) ? '' : name;
  return new Promise((done) => {
    const socket: TLSSocket = connect({
      host: '127.0.0.1',
      port,
      ca,
      servername,
      checkServerIdentity: () => undefined,
    });
    socket.on('secureConnect', () => done('trusted')).on('error', (error: Error) => done(error.message));
    socket.on('secureConnect', () => socket.destroy()).on('close', () => server.close());
  });
}

const many = Array.from({ length: 40 }, (_, i) => `name-number-${i}.example`);

const cases: [string, string[], string, string][] = [
  ['a permitted name', ['localhost', 'pim.example'], 'pim.example', 'trusted'],
  ['another name', ['localhost', 'pim.example'], 'bank.example', 'permitted subtree violation'],
  ['a name that ends like a permitted one', ['pim.example'], 'notpim.example', 'permitted subtree violation'],
  ['the last of many names', many, 'name-number-39.example', 'trusted'],
  ['no name of many', many, 'name-number-40.example', 'permitted subtree violation'],
  ['a permitted address', ['127.0.0.1'], '127.0.0.1', 'trusted'],
  ['the address beside it', ['127.0.0.1'], '127.0.0.2', 'permitted subtree violation'],
  ['a permitted IPv6 address', ['::1'], '::1', 'trusted'],
  ['an IPv6 address with its gap in the middle', ['2001:DB8::a:1'], '2001:db8:0:0:0:0:a:1', 'trusted'],
  ['an IPv6 address that holds an IPv4 one', ['::ffff:10.0.0.1'], '::ffff:a00:1', 'trusted'],
  ['the IPv6 address beside it', ['2001:db8::1'], '2001:db8::2', 'permitted subtree violation'],
];

test.each(cases)('a client judges %s', async (_, permitted, name, expected) => {
  expect(await verdict(permitted, name)).toBe(expected);
});
