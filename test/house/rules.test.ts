import { describe, expect, test } from 'vitest';
import { databaseClock } from './databaseClock.ts';
import { fileNames } from './fileNames.ts';
import { namedExports } from './namedExports.ts';
import { openWork } from './openWork.ts';
import { planeNames } from './planeNames.ts';
import { purity } from './purity.ts';
import { type HouseRule, violations } from './rule.ts';
import { HOUSE_RULES } from './rules.ts';
import { selfContained } from './selfContained.ts';
import { fileSize, functionSize } from './size.ts';
import { sourceOf } from './source.ts';
import { wireWords } from './wireWords.ts';

interface Example {
  readonly path: string;
  readonly text: string;
  /** What the name of the test says of the text. */
  readonly start: string;
}
const at = (path: string, ...texts: readonly string[]): readonly Example[] =>
  texts.map((text) => ({ path, text, start: text.slice(0, 60).split('\n')[0] ?? '' }));
const lines = (count: number, line: string) => Array.from({ length: count }, () => line).join('\n');
const longFunction = (count: number) => `const f = () => {\n${lines(count - 2, '  g();')}\n};\n`;

interface Examples {
  readonly rule: HouseRule;
  /** Each has exactly one fault. */
  readonly faults: readonly Example[];
  readonly innocents: readonly Example[];
}

const EXAMPLES: readonly Examples[] = [
  {
    rule: purity,
    faults: [
      ...at('src/core/live.ts', 'const t = Date.now();', 'const t = new Date(0);', 'const t = Date();'),
      ...at('src/core/live.ts', 'const n = Math.random();', 'setTimeout(f, 1);', 'setInterval(f, 1);'),
      ...at('src/planes/azure.ts', 'await fetch(url);', 'const p = process.env.X;', 'console.log(1);'),
      ...at(
        'src/odata/parse.ts',
        'const id = randomUUID();',
        'const id = crypto.randomUUID;',
        'globalThis.x = 1;',
      ),
      ...at('src/odata/parse.ts', 'const run = { fetch };', 'const t = Temporal.Now.instant();'),
    ],
    innocents: [
      ...at(
        'src/core/live.ts',
        '// Date.now() is forbidden here',
        "const text = 'new Date()';",
        'const t = clock.now;',
      ),
      ...at('src/core/live.ts', 'interface Job { readonly process: string }', 'const x = job.process;'),
      ...at('src/core/live.test.ts', 'const t = Date.now();'),
      ...at('src/engine/clock.ts', 'const t = Date.now();'),
    ],
  },
  {
    rule: planeNames,
    faults: at(
      'src/core/decide/review.ts',
      "if (plane === 'azure') f();",
      "type P = 'entra';",
      'const p = `groups`;',
    ),
    innocents: [
      ...at('src/core/target.ts', "export type Plane = 'azure' | 'entra' | 'groups';"),
      ...at('src/core/decide/review.ts', '// azure', "const text = 'azure roles';", 'const groups = 1;'),
      ...at('src/core/decide/review.test.ts', "const plane = 'azure';"),
      ...at('src/planes/azure.ts', "const plane = 'azure';"),
    ],
  },
  {
    rule: databaseClock,
    faults: [
      ...at(
        'src/store/migrations/0001.sql',
        'select now();',
        'at timestamptz default now',
        'select CURRENT_TIMESTAMP;',
      ),
      ...at('src/store/migrations/0001.sql', 'select clock_timestamp();', 'where day = current_date'),
      ...at(
        'src/store/live.ts',
        `sql\`select \${a} where start <= now()\``,
        "q('select Now ( )')",
        "'/* x */ current_time'",
      ),
    ],
    innocents: [
      ...at(
        'src/store/migrations/0001.sql',
        '-- never now()',
        '/* now()\nor current_date */ select 1;',
        'select known();',
      ),
      ...at(
        'src/store/live.ts',
        'const t = clock.now();',
        `sql\`select \${clock.now()}\``,
        '// now() is not used',
      ),
      ...at('src/store/embedded/probe.ts', "'select now()'"),
    ],
  },
  {
    rule: functionSize,
    faults: [
      ...at('src/core/live.ts', longFunction(71), `class A {\n  m() {\n${lines(70, 'g();')}\n  }\n}`),
      ...at('scripts/run.mjs', `function f() {\n${lines(70, 'g();')}\n}`),
    ],
    innocents: [
      ...at('src/core/live.ts', longFunction(70)),
      ...at('src/core/live.test.ts', `describe('x', () => {\n${lines(80, 'g();')}\n});`),
    ],
  },
  {
    rule: fileSize,
    faults: at('src/a/b.ts', lines(301, 'x();')),
    innocents: at('src/a/b.ts', `${lines(300, 'x();')}\n`),
  },
  {
    rule: fileNames,
    faults: [
      'a/utils.ts',
      'helpers/a.ts',
      'a/types.ts',
      'common/a.ts',
      'a/lockManager.ts',
      'a/service.test.ts',
      'a/arm-util.ts',
    ]
      .map((name) => `src/${name}`)
      .flatMap((path) => at(path, '')),
    innocents: ['arm/servicePrincipal.ts', 'core/role.ts', 'http/contentTypes.ts', 'arm/managementGroup.ts']
      .map((name) => `src/${name}`)
      .flatMap((path) => at(path, '')),
  },
  {
    rule: namedExports,
    faults: at(
      'src/a/b.ts',
      'export default 1;',
      'export default function f() {}',
      'export { f as default };',
    ),
    innocents: at(
      'src/a/b.ts',
      'export const f = 1;',
      'switch (a) { default: f(); }',
      "import x from 'node:y';",
    ),
  },
  {
    rule: openWork,
    faults: at('src/a/b.ts', `// TO${'DO'}: later`, `/* FIX${'ME'} */`),
    innocents: at('src/a/b.ts', '// to do', "const word = 'todos';"),
  },
  {
    rule: wireWords,
    faults: [
      ...at(
        'src/core/live.ts',
        'const roleDefinitionId = 1;',
        'f(x.accessId);',
        'type T = RoleEligibilityScheduleRequest;',
      ),
      ...at(
        'src/engine/live.ts',
        'const x = { principalId: 1 };',
        'interface A { principalId: string }',
        'f(x.principalId);',
      ),
      ...at(
        'src/store/live.ts',
        'const { principalId: p } = row;',
        'const x = { principalId };',
        'f(x.scheduleInfo);',
      ),
      ...at('src/http/check.ts', 'f(x.directoryScopeId);'),
      ...at('src/main.ts', 'f(roleManagementPolicies);'),
    ],
    innocents: [
      ...at('src/arm/request.ts', 'const x = { roleDefinitionId: 1, principalId: 2 };'),
      ...at('src/cli/request.ts', 'f(x.roleEligibilityScheduleId);'),
      ...at('src/http/check.ts', 'f(body.principalId);'),
      ...at('src/core/values.ts', 'export const principalId = (guid: string) => guid;', 'f(principalId(x));'),
      ...at(
        'src/core/live.ts',
        "const text = 'roleDefinitionId';",
        'type P = PrincipalId;',
        '// principalId',
      ),
      ...at('src/core/live.ts', "import { principalId } from './values.ts';"),
    ],
  },
  {
    rule: selfContained,
    faults: at('scripts/a.mjs', `read('..${'/'}shared/contracts');`),
    innocents: at('scripts/a.mjs', "read('shared.json');", "import x from '../sharedKey.ts';"),
  },
];

const found = (rule: HouseRule, { path, text }: Pick<Example, 'path' | 'text'>) =>
  violations(rule, [sourceOf(path, text)]);

describe.each(EXAMPLES)('house rule: $rule.name', ({ rule, faults, innocents }) => {
  test.each(faults)('sees the fault in $path: $start', (example) => {
    expect(found(rule, example)).toEqual([expect.stringMatching(`^${example.path}:\\d+ .+\\. `)]);
  });

  test.each(innocents)('lets $path be: $start', (example) => {
    expect(found(rule, example)).toEqual([]);
  });
});

test('every house rule has been seen to fail', () => {
  expect(EXAMPLES.map(({ rule }) => rule)).toEqual(HOUSE_RULES);
});

test('a finding names the file, the line and the way out', () => {
  const text = 'a();\n\n  const t = Date.now();\n';
  expect(found(purity, { path: 'src/core/a.ts', text })).toEqual([
    "src/core/a.ts:3 'Date.now' in a pure folder. Take the instant, the id or the answer as an argument (INVARIANTS rule 1)",
  ]);
  const sql = 'const q = sql`\n  select 1,\n    now()`;';
  expect(found(databaseClock, { path: 'src/store/a.ts', text: sql })[0]).toMatch(/^src\/store\/a\.ts:3 /);
});
