export type Refused = {
  readonly refused:
    | 'tooLong'
    | 'absoluteForm'
    | 'innerPrefix'
    | 'encodedSlash'
    | 'dotSegment'
    | 'badEncoding'
    | 'controlCharacter';
};
export type Rewritten = { readonly url: string; readonly scope: string | null };
type Segment = { readonly raw: string; readonly text: string };

const TARGET_BYTES_MAX = 16 * 1024;

/**
 * What the router is given for a request target. The scope of a Microsoft.Authorization path has any depth, which no
 * route can express: it is cut off here, percent-decoded and otherwise unread, and the router sees `/~arm/<rest>`. The
 * same with the tags of a scope, {scope}/providers/Microsoft.Resources/tags/default: `/~tags`.
 */
export function rewriteTarget(target: string): Rewritten | Refused {
  if (target.length > TARGET_BYTES_MAX) return { refused: 'tooLong' };
  if (!target.startsWith('/')) return { refused: 'absoluteForm' };
  const mark = target.indexOf('?');
  const query = mark < 0 ? '' : target.slice(mark);
  const segments = segmentsOf(mark < 0 ? target : target.slice(0, mark));
  if ('refused' in segments) return segments;
  // A router decodes before it matches, so the inner prefix is looked for in decoded text: `/%7Earm` is `/~arm`.
  if (segments[0]?.text.startsWith('~')) return { refused: 'innerPrefix' };
  const cut = lastAuthorization(segments);
  if (cut < 0 && endsWithTags(segments))
    return { url: `/~tags${query}`, scope: textOf(segments.slice(0, -4)) };
  if (cut < 0) return { url: join(segments.map((s) => s.raw)) + query, scope: null };
  const rest = segments.slice(cut + 2).map((s) => s.raw);
  return { url: `/~arm${join(rest)}${query}`, scope: textOf(segments.slice(0, cut)) };
}

/** A path of the router as clients write it. */
export const asWritten = (path: string): string =>
  path
    .replace(/^\/~arm\//, '/{scope}/providers/Microsoft.Authorization/')
    .replace(/^\/~tags$/, '/{scope}/providers/Microsoft.Resources/tags/default');

// Empty segments go: repeated slashes are one, a trailing one is none. `//subscriptions/…` is a path, never a host.
function segmentsOf(path: string): readonly Segment[] | Refused {
  // Past a raw '#' a router stops reading, so it would see another path than the one judged here.
  if (!/^[\x21-\x7e]*$/.test(path) || path.includes('#')) return { refused: 'badEncoding' };
  const segments: Segment[] = [];
  for (const raw of path.split('/').filter((s) => s !== '')) {
    const text = decoded(raw);
    if (text === null) return { refused: 'badEncoding' };
    if (/[/\\]/.test(text)) return { refused: 'encodedSlash' };
    if (text === '.' || text === '..') return { refused: 'dotSegment' };
    if (/\p{Cc}/u.test(text)) return { refused: 'controlCharacter' };
    segments.push({ raw, text });
  }
  return segments;
}

function decoded(raw: string): string | null {
  try {
    return decodeURIComponent(raw);
  } catch {
    return null;
  }
}

// By whole segments, never by prefix; something has to follow, `…/providers/Microsoft.Authorization` is a provider.
const lastAuthorization = (segments: readonly Segment[]): number =>
  segments.findLastIndex(
    (s, i) =>
      i + 2 < segments.length &&
      s.text.toLowerCase() === 'providers' &&
      segments[i + 1]?.text.toLowerCase() === 'microsoft.authorization',
  );

// The tags of a scope have one name, and their scope any depth.
const TAGS = ['providers', 'microsoft.resources', 'tags', 'default'];
const endsWithTags = (segments: readonly Segment[]): boolean =>
  segments.length >= TAGS.length &&
  segments.slice(-TAGS.length).every((s, i) => s.text.toLowerCase() === TAGS[i]);

const textOf = (segments: readonly Segment[]): string => join(segments.map((s) => s.text));
const join = (parts: readonly string[]): string => `/${parts.join('/')}`;
