import type { Change, LogLine, Recording } from '../../engine/ports.ts';

const nameOf = ({ kind, id }: { readonly kind: string; readonly id: string }): string => `${kind} ${id}`;

/**
 * Refuses a batch that would leave the log and the tables saying different things: each version from the base to the new one
 * has its line, in order, and no line is about something else. A breach is a bug, whoever decided it. (U1)
 */
export function mustBeSound({ changes, lines }: Recording): void {
  const versions = versionsOf(lines);
  for (const change of changes) {
    const told = versions.get(nameOf(change)) ?? [];
    if (!inOrder(change, told)) throw breach(change, told);
    if (!versions.delete(nameOf(change))) throw breach(change, told);
  }
  const [untold] = versions.keys();
  if (untold !== undefined) throw new Error(`bug: the log would tell of ${untold}, which does not change`);
}

function versionsOf(lines: readonly LogLine[]): Map<string, number[]> {
  const versions = new Map<string, number[]>();
  for (const { entity } of lines) {
    if (entity !== null)
      versions.set(nameOf(entity), [...(versions.get(nameOf(entity)) ?? []), entity.version]);
  }
  return versions;
}

const inOrder = ({ base, entity }: Change, told: readonly number[]): boolean =>
  base + told.length === entity.version && told.every((version, i) => version === base + i + 1);

const breach = ({ kind, id, base, entity }: Change, told: readonly number[]): Error =>
  new Error(
    `bug: ${kind} ${id} goes from ${base} to ${entity.version}, and the log would tell of [${told.join(', ')}]`,
  );
