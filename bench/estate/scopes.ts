import type { Random } from './random.ts';

/** A tree of management groups, subscriptions, resource groups and resources; number 0 is its root. */
export interface Scopes {
  readonly count: number;
  readonly kind: readonly ScopeKind[];
  readonly parent: Int32Array;
  /** Scopes are numbered depth first, so all that lie below s are s + 1 … last[s]. */
  readonly last: Int32Array;
  readonly paths: readonly string[];
  readonly ofKind: Readonly<Record<ScopeKind, readonly number[]>>;
}
export type ScopeKind = 'managementGroup' | 'subscription' | 'resourceGroup' | 'resource';

export interface ScopeCounts {
  readonly managementGroups: number;
  readonly subscriptions: number;
  readonly resourceGroups: number;
  readonly resources: number;
}

// Azure's limits: levels of management groups below the root, resource groups in one subscription.
const LEVELS_MAX = 6;
const GROUPS_IN_SUBSCRIPTION_MAX = 980;

interface Node {
  readonly kind: ScopeKind;
  readonly depth: number;
  readonly children: Node[];
}

export const scopes = (chance: Random, counts: ScopeCounts): Scopes => numbered(chance, tree(chance, counts));

function tree(chance: Random, counts: ScopeCounts): Node {
  const root: Node = { kind: 'managementGroup', depth: 0, children: [] };
  const groups = [root];
  while (groups.length < counts.managementGroups) {
    const above = chance.pick(groups);
    if (above.depth < LEVELS_MAX) groups.push(child(above, 'managementGroup'));
  }
  const make = (n: number, kind: ScopeKind, above: () => Node) =>
    Array.from({ length: n }, () => child(above(), kind));
  const subscriptions = make(counts.subscriptions, 'subscription', () => chance.pick(groups));
  const roomy = () => {
    for (;;) {
      const s = subscriptions[chance.skewed(subscriptions.length, 0.3)] as Node;
      if (s.children.length < GROUPS_IN_SUBSCRIPTION_MAX) return s;
    }
  };
  const teams = make(counts.resourceGroups, 'resourceGroup', roomy);
  make(counts.resources, 'resource', () => teams[chance.skewed(teams.length, 0.4)] as Node);
  return root;
}

function child(above: Node, kind: ScopeKind): Node {
  const node: Node = { kind, depth: above.depth + 1, children: [] };
  above.children.push(node);
  return node;
}

function numbered(chance: Random, root: Node): Scopes {
  const kind: ScopeKind[] = [];
  const [parent, last, paths]: [number[], number[], string[]] = [[], [], []];
  const ofKind = { managementGroup: [], subscription: [], resourceGroup: [], resource: [] } as Record<
    ScopeKind,
    number[]
  >;
  const visit = (node: Node, above: number): void => {
    const n = kind.push(node.kind) - 1;
    parent[n] = above;
    ofKind[node.kind].push(n);
    paths[n] = pathOf(chance, node.kind, n, paths[above] ?? '');
    for (const next of node.children) visit(next, n);
    last[n] = kind.length - 1;
  };
  visit(root, -1);
  return {
    count: kind.length,
    kind,
    parent: Int32Array.from(parent),
    last: Int32Array.from(last),
    paths,
    ofKind,
  };
}

function pathOf(chance: Random, kind: ScopeKind, n: number, above: string): string {
  switch (kind) {
    case 'managementGroup':
      return `/providers/Microsoft.Management/managementGroups/mg-${n}`;
    case 'subscription':
      return `/subscriptions/${chance.guid()}`;
    case 'resourceGroup':
      return `${above}/resourceGroups/rg-team-${n}-prod`;
    case 'resource':
      return `${above}/providers/Microsoft.Compute/virtualMachines/vm-${n}`;
  }
}
