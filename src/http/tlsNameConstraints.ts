import { isIP } from 'node:net';

/** The DER of NameConstraints (RFC 5280, 4.2.1.10) that permits these names and addresses and no other of their kind. */
export function nameConstraints(names: readonly string[]): Uint8Array<ArrayBuffer> {
  const permitted = names.map((name) => der(0x30, isIP(name) === 0 ? dnsName(name) : ipAddress(name)));
  return new Uint8Array(der(0x30, der(0xa0, Buffer.concat(permitted))));
}

const dnsName = (name: string): Buffer => der(0x82, Buffer.from(name, 'ascii'));

// The address and, as long again, a mask of ones.
function ipAddress(address: string): Buffer {
  const bytes = isIP(address) === 4 ? ipv4Bytes(address) : ipv6Bytes(address);
  return der(0x87, Buffer.concat([bytes, Buffer.alloc(bytes.length, 0xff)]));
}

const ipv4Bytes = (address: string): Buffer => Buffer.from(address.split('.').map(Number));

function ipv6Bytes(address: string): Buffer {
  // A URL writes every IPv6 address in one way: hexadecimal groups and at most one gap.
  const [head = '', tail] = new URL(`https://[${address}]`).hostname.slice(1, -1).split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}

function der(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag]), derLength(content.length), content]);
}

function derLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}
