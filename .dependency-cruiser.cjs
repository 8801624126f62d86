// Who may import whom. The picture is in ARCHITECTURE.md; `npm run check` runs this and asserts that modules were seen.
const MAY = {
  core: [],
  odata: [],
  cli: [],
  planes: ['core'],
  engine: ['core', 'planes'],
  store: ['core', 'engine/ports.ts'],
  directory: ['core', 'engine/ports.ts'],
  http: ['core', 'engine/ports.ts', 'engine/engine.ts'],
  arm: ['core', 'planes', 'engine', 'http', 'odata'],
  graph: ['core', 'planes', 'engine', 'http', 'odata'],
  postern: ['core', 'planes', 'engine', 'http', 'arm'],
  demo: ['core', 'planes', 'engine/ports.ts', 'engine/engine.ts'],
};
const at = (p) => `^src/${p.replace('.', '\\.')}${p.endsWith('.ts') ? '$' : '/'}`;
const TESTS = '\\.test\\.ts$';
const imports = Object.entries(MAY).map(([folder, ok]) => ({
  name: `${folder} imports only ${ok.join(', ') || 'itself'}`,
  comment:
    'See the import table in ARCHITECTURE.md; move the code to the folder whose job it is, or pass it in from main.ts.',
  severity: 'error',
  from: { path: at(folder), pathNot: TESTS },
  to: { path: '^src/', pathNot: [folder, ...ok].map(at) },
}));
module.exports = {
  forbidden: [
    ...imports,
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'pure folders',
      comment: 'core, planes and odata are pure; core/values.ts alone may use the Temporal polyfill.',
      severity: 'error',
      from: { path: '^src/(core|planes|odata)/', pathNot: ['\\.test\\.ts$', '^src/core/values\\.ts$'] },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'core'],
      },
    },
    {
      name: 'SQL only in store',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/store/', TESTS] },
      to: { path: 'node_modules/(pg|kysely)/' },
    },
    {
      name: 'the server does not import tests or benchmarks',
      severity: 'error',
      from: { path: '^src/', pathNot: TESTS },
      to: { path: '^(test|bench)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
