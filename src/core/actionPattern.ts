/**
 * Whether an action is one of those the patterns name. `*` stands for any text, `/` included; upper and lower case are
 * the same; everything else means itself. Each pattern walks the action once from left to right, whatever it looks like.
 */
export function actionMatcher(patterns: readonly string[]): (action: string) => boolean {
  const lowered = patterns.map((pattern) => pattern.toLowerCase());
  const exact = new Set(lowered.filter((pattern) => !pattern.includes('*')));
  const wild = lowered.filter((pattern) => pattern.includes('*')).map((pattern) => pattern.split('*'));
  return (action) => {
    const asked = action.toLowerCase();
    return exact.has(asked) || wild.some((parts) => matches(parts, asked));
  };
}

// The texts between the stars: the first must begin the action, the last must end it, and each of the others may be
// taken where it is first found, because an earlier place only leaves more room for the rest.
function matches(parts: readonly string[], asked: string): boolean {
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  const end = asked.length - last.length;
  if (!asked.startsWith(first) || !asked.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = asked.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  // What begins the action and what ends it may not share characters: ab*ba is not aba.
  return at <= end;
}
