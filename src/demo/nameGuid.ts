import { createHash } from 'node:crypto';

// Everything in the demo has its id from its name, so that a second start finds what the first one wrote.
const NAMESPACE = '3d0e5f6a-7b0c-5f1e-9a55-6d1a8f0c2b47';

/** A name-based GUID (RFC 9562, version 5): the same name gives the same id, today and on every machine. */
export function nameGuid(kind: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(NAMESPACE.replaceAll('-', ''), 'hex'))
    .update(`${kind} ${name}`)
    .digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  return [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ]
    .map(([from, to]) => hex.slice(from, to))
    .join('-');
}
