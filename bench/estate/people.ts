import type { Random } from './random.ts';

/** Users first, then workload identities, then groups: a principal is its number. */
export interface People {
  readonly count: number;
  readonly users: number;
  /** The number of the first group. */
  readonly firstGroup: number;
  readonly ids: readonly string[];
  /** The groups each principal is in itself, and until when. */
  readonly memberships: readonly (readonly Membership[])[];
  /** Each principal with all groups it is in at the estate's instant, itself first. */
  readonly closure: readonly (readonly number[])[];
}

interface Membership {
  readonly group: number;
  /** Milliseconds since 1970, Infinity for never. */
  readonly end: number;
}

export interface PeopleCounts {
  readonly users: number;
  readonly workloads: number;
  readonly groups: number;
}

const NESTING_MAX = 4;
const GROUPS_OF_ONE_MAX = 120;

export function people(chance: Random, counts: PeopleCounts, at: number): People {
  const firstGroup = counts.users + counts.workloads;
  const count = firstGroup + counts.groups;
  const ids = Array.from({ length: count }, () => chance.guid());
  const nested = nesting(chance, counts.groups);
  const direct = Array.from({ length: firstGroup }, (_, n) => {
    const wanted = n < counts.users ? Math.round(chance.logNormal(9, 0.8)) : chance.below(3);
    const most = Math.min(GROUPS_OF_ONE_MAX, Math.max(n < counts.users ? 1 : 0, wanted));
    return distinct(most, () => chance.skewed(counts.groups, 0.5));
  });
  const memberships = [...direct, ...nested].map((groups) =>
    groups.map((g) => ({ group: firstGroup + g, end: endOf(chance, at) })),
  );
  return { count, users: counts.users, firstGroup, ids, memberships, closure: closureOf(memberships, at) };
}

// One membership in ten is for a while; one in a hundred is over, though nobody has said so yet.
function endOf(chance: Random, at: number): number {
  const kind = chance.next();
  if (kind < 0.01) return at - chance.below(3_600_000);
  return kind < 0.1 ? at + 1 + chance.below(8 * 3_600_000) : Number.POSITIVE_INFINITY;
}

// Three groups in ten are in one or two others, never in a circle: a group is only in those made before it.
function nesting(chance: Random, count: number): readonly (readonly number[])[] {
  const depth = new Uint8Array(count);
  return Array.from({ length: count }, (_, g) => {
    if (g === 0 || chance.next() >= 0.3) return [];
    const above = distinct(1 + chance.below(2), () => chance.below(g)).filter(
      (a) => (depth[a] as number) < NESTING_MAX,
    );
    depth[g] = Math.max(0, ...above.map((a) => (depth[a] as number) + 1));
    return above;
  });
}

const distinct = (draws: number, draw: () => number): readonly number[] => [
  ...new Set(Array.from({ length: draws }, draw)),
];

function closureOf(memberships: People['memberships'], at: number): People['closure'] {
  return memberships.map((_, start) => {
    const found = new Set([start]);
    for (const member of found) {
      for (const { group, end } of memberships[member] ?? []) if (end > at) found.add(group);
    }
    return [...found];
  });
}
