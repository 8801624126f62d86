/** The segments of a target as it was sent, decoded; repeated slashes and one at the end mean nothing. */
export function segmentsOf(target: string): readonly string[] {
  const path = target.split(/[?#]/, 1)[0] ?? '';
  return path
    .split('/')
    .filter((s) => s !== '')
    .map(decoded);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The same target with another `$skiptoken`, everything else as it was sent. */
export function withSkipToken(target: string, token: string): string {
  const [path = '', query = ''] = halves(target);
  const kept = query.split('&').filter((part) => part !== '' && !SKIP_TOKEN.test(part));
  return `${path.replace(/^\/+/, '/')}?${[...kept, `$skiptoken=${encodeURIComponent(token)}`].join('&')}`;
}

const SKIP_TOKEN = /^(\$|%24)?skiptoken=/i;

function halves(target: string): readonly string[] {
  const at = target.indexOf('?');
  return at === -1 ? [target] : [target.slice(0, at), target.slice(at + 1)];
}
