import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { LOOPBACK_NAMES, MICROSOFT_NAMES } from './hosts.ts';
import { caPathIn, readIssued, writeIssued } from './tlsFiles.ts';
import { type Issued, issue } from './tlsIssue.ts';

export type Certificates = {
  readonly cert: string;
  readonly key: string;
  /** Where clients find the authority to trust; null for a certificate that was given. */
  readonly caPath: string | null;
};
export type Given = { readonly certPath: string; readonly keyPath: string };

const LEFT_MIN_MS = 30 * 86_400_000;

/**
 * What the server shows to its clients: the certificate given, or one for the public names, loopback and the Microsoft
 * names from an authority of its own, kept in `folder` ($DATA/tls). `say` is told whatever a person has to know.
 */
export async function certificates(
  folder: string,
  publicNames: readonly string[],
  given: Given | null,
  now: Date,
  say: (sentence: string) => void,
): Promise<Certificates> {
  if (given) return readGiven(given, publicNames, now, say);
  const names = namesOf(publicNames);
  const kept = await readIssued(folder);
  const why = kept === null ? 'there was no complete set' : unfit(kept, names, now);
  if (kept !== null && why === null) return { cert: kept.leaf, key: kept.key, caPath: caPathIn(folder) };
  const made = await issue(names, now);
  await writeIssued(folder, made);
  const again = kept === null ? '' : ' Whoever copied the one before needs this one now.';
  say(`Made a certificate and its authority, ${caPathIn(folder)}, for 397 days: ${why}.${again}`);
  return { cert: made.leaf, key: made.key, caPath: caPathIn(folder) };
}

const namesOf = (publicNames: readonly string[]): string[] => [
  ...new Set([...publicNames, ...LOOPBACK_NAMES, ...MICROSOFT_NAMES].map(canonical)),
];

// One spelling a name: as a URL writes it, and an IPv6 address without its brackets.
const canonical = (name: string): string =>
  new URL(`https://${isIP(name) === 6 ? `[${name}]` : name}`).hostname.replace(/^\[(.*)\]$/, '$1');

/** Why kept certificates cannot be used, or null. */
function unfit(kept: Issued, names: readonly string[], now: Date): string | null {
  const read = parsed(kept);
  if (read === null) return 'the old files could not be read';
  const { ca, leaf, key } = read;
  if (!leaf.verify(ca.publicKey) || !leaf.checkIssued(ca) || !leaf.checkPrivateKey(key)) {
    return 'the old files did not belong together';
  }
  if ([...namesIn(leaf)].sort().join() !== [...names].sort().join()) return 'the names have changed';
  const left = Math.min(ca.validToDate.getTime(), leaf.validToDate.getTime()) - now.getTime();
  if (left < LEFT_MIN_MS) return 'fewer than 30 days were left';
  return leaf.validFromDate > now ? 'the old ones were not valid yet' : null;
}

function parsed(kept: Issued) {
  try {
    return {
      ca: new X509Certificate(kept.ca),
      leaf: new X509Certificate(kept.leaf),
      key: createPrivateKey(kept.key),
    };
  } catch {
    return null;
  }
}

const namesIn = (leaf: X509Certificate): string[] =>
  (leaf.subjectAltName ?? '').split(', ').map((name) => canonical(name.replace(/^(DNS|IP Address):/, '')));

async function readGiven(
  given: Given,
  publicNames: readonly string[],
  now: Date,
  say: (sentence: string) => void,
): Promise<Certificates> {
  const cert = await readSetting('POSTERN_TLS_CERT', given.certPath);
  const key = await readSetting('POSTERN_TLS_KEY', given.keyPath);
  const leaf = checkedPair(cert, key, given);
  if (leaf.validToDate < now) say(`The certificate in ${given.certPath} ended on ${leaf.validTo}.`);
  const names = publicNames.map(canonical);
  const missing = names.filter(
    (name) => (isIP(name) ? leaf.checkIP(name) : leaf.checkHost(name)) === undefined,
  );
  if (missing.length > 0) say(`The certificate in ${given.certPath} is not for ${missing.join(', ')}.`);
  return { cert, key, caPath: null };
}

async function readSetting(setting: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new Error(`${setting} names ${path}, which cannot be read.`, { cause });
  }
}

function checkedPair(cert: string, key: string, { certPath, keyPath }: Given): X509Certificate {
  let leaf: X509Certificate;
  try {
    leaf = new X509Certificate(cert);
  } catch (cause) {
    throw new Error(`POSTERN_TLS_CERT names ${certPath}, which is no certificate in PEM form.`, { cause });
  }
  let belongs: boolean;
  try {
    belongs = leaf.checkPrivateKey(createPrivateKey(key));
  } catch (cause) {
    throw new Error(`POSTERN_TLS_KEY names ${keyPath}, which is no private key in PEM form.`, { cause });
  }
  if (belongs) return leaf;
  throw new Error(
    `The key in ${keyPath} (POSTERN_TLS_KEY) is not the key of the certificate in ${certPath}.`,
  );
}
