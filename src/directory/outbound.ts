import { type LookupAddress, lookup } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** How far the server may reach out. */
export interface Reach {
  /** Networks that may be asked although they are private: addresses, or ranges such as 10.1.0.0/16. */
  readonly allowed: readonly string[];
  readonly timeoutMs: number;
  readonly bytesMax: number;
}
export const DEFAULT_REACH: Reach = { allowed: [], timeoutMs: 5_000, bytesMax: 262_144 };

/** Nothing came back that may be used; the message may be shown to whoever runs the server. */
export class OutboundFailed extends Error {
  override readonly name = 'OutboundFailed';
}

/**
 * What an https address answers, as text. The address is judged in the connect step itself, so that no second answer of a
 * name server counts; no redirect is followed, and size and time are bounded. (Q4)
 */
export function askOutside(reach: Reach): (url: URL) => Promise<string> {
  const open = openTo(reach.allowed);
  return async (url) => {
    if (url.protocol !== 'https:') throw new OutboundFailed(`${url.href} is not an https address`);
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) && !open(literal)) throw closed(literal);
    return answerOf(url, guardedLookup(open), reach);
  };
}

function answerOf(url: URL, lookup: LookupFunction, { timeoutMs, bytesMax }: Reach): Promise<string> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const failed = (error: Error) =>
      reject(error instanceof OutboundFailed ? error : new OutboundFailed(`${url.host}: ${error.message}`));
    const asked = request(url, { lookup, signal, agent: false, headers: { accept: 'application/json' } });
    asked.on('error', failed);
    asked.on('response', (answer) => void textOf(answer, bytesMax).then(resolve, failed));
    asked.end();
  });
}

async function textOf(answer: IncomingMessage, bytesMax: number): Promise<string> {
  if (answer.statusCode !== 200) {
    answer.destroy();
    throw new OutboundFailed(`it answered ${answer.statusCode}, where only 200 is taken`);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    size += chunk.length;
    if (size > bytesMax) throw new OutboundFailed(`it answered more than ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

// One closed address among several refuses the name: whoever answers so is not to be trusted with the others.
const guardedLookup =
  (open: (address: string) => boolean): LookupFunction =>
  (name, options, done) => {
    lookup(name, { ...options, all: true }, (error, found: readonly LookupAddress[] = []) => {
      const [first] = found;
      const refused = found.find(({ address }) => !open(address));
      if (error || !first) return done(error ?? new OutboundFailed(`${name} has no address`), '');
      if (refused) return done(closed(refused.address), '');
      return options.all ? done(null, [...found]) : done(null, first.address, first.family);
    });
  };

const closed = (address: string) =>
  new OutboundFailed(`${address} is a private address; POSTERN_OUTBOUND_ALLOW names those that may be asked`);

// Everything that is not the public internet, by IANA's registries of special-purpose addresses.
const PRIVATE = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  // IPv4 inside IPv6 could be any of the above. (BlockList looks at ::ffff:0:0/96 as at the IPv4 address by itself.)
  ...['::/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32'],
  ...['2002::/16', '3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
];

function openTo(allowed: readonly string[]): (address: string) => boolean {
  const [closedTo, openedTo] = [listOf(PRIVATE), listOf(allowed)];
  return (address) => {
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    return !closedTo.check(address, family) || openedTo.check(address, family);
  };
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  }
  return list;
}
