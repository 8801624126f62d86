import ts from 'typescript';
import type { HouseRule } from './rule.ts';
import { below } from './source.ts';
import { findingsIn, isPropertyName } from './syntax.ts';

interface WireWord {
  readonly shape: RegExp;
  readonly folders: readonly string[];
  /** The core has a function of the same name; as the name of a property it is the wire's. */
  readonly onlyAsProperty?: true;
  readonly ours: string;
}

const WIRE = ['src/arm', 'src/graph', 'src/cli'];
const WORDS: readonly WireWord[] = [
  { shape: /^roleDefinitionId$/, folders: WIRE, ours: 'role' },
  { shape: /^accessId$/, folders: WIRE, ours: 'role' },
  { shape: /^(directory|app)ScopeId$/, folders: WIRE, ours: 'scope' },
  { shape: /^(linked|target|origin)?role(Eligibility|Assignment)Schedule/i, folders: WIRE, ours: 'schedule' },
  { shape: /^(unified)?roleManagementPolic/i, folders: WIRE, ours: 'policy' },
  { shape: /^(scheduleInfo|ticketInfo)$/, folders: WIRE, ours: 'start, end, ticket' },
  { shape: /^expandedProperties$/, folders: WIRE, ours: 'a view at the edge' },
  // Our own endpoints speak of principalId too.
  {
    shape: /^principalId$/,
    folders: [...WIRE, 'src/http', 'src/postern'],
    onlyAsProperty: true,
    ours: 'principal',
  },
];

export const wireWords: HouseRule = {
  name: 'the words of the wire stay at the edge',
  fix: 'Translate at the edge and use our word inside (STYLE, Glossary)',
  covers: (path) => below(path, 'src'),
  findings({ path, tree }) {
    const banned = WORDS.filter(({ folders }) => !below(path, ...folders));
    return findingsIn(tree, (node) => wireWordIn(node, banned));
  },
};

function wireWordIn(node: ts.Node, banned: readonly WireWord[]): string | null {
  if (!ts.isIdentifier(node)) return null;
  const word = banned.find((w) => w.shape.test(node.text) && (!w.onlyAsProperty || isPropertyName(node)));
  return word ? `'${node.text}' is a word of the wire, ours is: ${word.ours}` : null;
}
