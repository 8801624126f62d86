// The one door for every npm script. Plain JavaScript for Node >= 18: it brings Node 24 into .runtime when the machine's
// own is older, installs packages when they are missing or stale, and then runs the command on that Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const NODE_VERSION = '24.21.0';
const runtime = path.join(root, '.runtime');

const say = (text) => process.stderr.write(`postern: ${text}\n`);
const fail = (text) => {
  say(text);
  process.exit(1);
};

function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  if (done.error) fail(`could not run ${command}: ${done.error.message}`);
  return done.status ?? 1;
}

// npm install of one package: first the one that is just the binary, else the one whose install picks it.
function bringNode() {
  mkdirSync(runtime, { recursive: true });
  writeFileSync(path.join(runtime, 'package.json'), '{"name":"postern-runtime","private":true}\n');
  say(`this machine has Node ${process.version}; bringing Node ${NODE_VERSION} into .runtime (once)`);
  const install = (...args) =>
    run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...args], { cwd: runtime });
  const direct = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}@${NODE_VERSION}`;
  if (install('--ignore-scripts', direct) !== 0 || !existsSync(nodeInRuntime())) {
    if (install(`node@${NODE_VERSION}`) !== 0)
      fail('Node 24 could not be installed; install Node 24 yourself and try again');
  }
}

const nodeInRuntime = () =>
  path.join(runtime, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

function versionOf(node) {
  const done = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return done.status === 0 ? done.stdout.trim() : '';
}

// The folder to put first in PATH, or nothing when the machine's own Node already is the right major.
function runtimeFolder() {
  if (process.version.startsWith('v24.')) return undefined;
  if (versionOf(nodeInRuntime()) !== `v${NODE_VERSION}`) bringNode();
  return path.dirname(nodeInRuntime());
}

// Packages are installed again only when the lockfile changed or more of them are needed than last time.
function installPackages(env, withDev) {
  const marker = path.join(root, 'node_modules', '.postern-installed');
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  const [had, extent] = existsSync(marker) ? readFileSync(marker, 'utf8').trim().split(' ') : [];
  if (had === lock && (extent === 'all' || !withDev)) return;
  say(withDev ? 'installing packages' : 'installing the packages the server needs');
  // What is only incomplete is completed: a server may be running on it.
  const args = [
    had === lock ? 'install' : 'ci',
    ...(had === lock ? ['--no-save'] : []),
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--ignore-scripts',
    ...(withDev ? [] : ['--omit=dev']),
  ];
  if (run('npm', args, { env }) !== 0) fail('npm ci failed, see above');
  writeFileSync(marker, `${lock} ${withDev ? 'all' : 'production'}\n`);
}

const node = (...args) => ['node', args];
const tool = (name, ...args) => [path.join(root, 'node_modules', '.bin', name), args];
const COMMANDS = {
  start: (rest) => [node('bin/postern.ts', 'demo', ...rest)],
  postern: (rest) => [node('bin/postern.ts', ...rest)],
  check: () => [
    tool('biome', 'check', '--error-on-warnings', '.'),
    tool('tsc', '--noEmit'),
    node('scripts/imports.mjs'),
    tool('knip'),
    tool('vitest', 'run', '--project', 'pure'),
  ],
  test: (rest) => [...COMMANDS.check(), tool('vitest', 'run', '--project', 'whole', ...rest)],
  bench: (rest) => [node('--expose-gc', 'bench/run.ts', ...rest)],
  'build:az-extension': (rest) => [node('scripts/az-extension.mjs', ...rest)],
  exec: ([name, ...rest]) => [name === 'node' ? node(...rest) : tool(name, ...rest)],
};
const PRODUCTION_ONLY = new Set(['start', 'postern', 'build:az-extension']);

// Signals reach the child; its exit code is ours.
function runInForeground([command, args], env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: 'inherit' });
    const forward = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    child.on('error', (error) => fail(`could not run ${command}: ${error.message}`));
    child.on('exit', (code, signal) => {
      for (const s of signals) process.off(s, forward);
      resolve(signal ? 1 : (code ?? 1));
    });
  });
}

const [name = '', ...rest] = process.argv.slice(2);
const steps = COMMANDS[name]?.(rest);
if (!steps) fail(`unknown command '${name}'; use one of: ${Object.keys(COMMANDS).join(', ')}`);
const folder = runtimeFolder();
const env = {
  ...process.env,
  ...(folder ? { PATH: `${folder}${path.delimiter}${process.env.PATH ?? ''}` } : {}),
};
installPackages(env, !PRODUCTION_ONLY.has(name));
for (const step of steps) {
  const code = await runInForeground(step, env);
  if (code !== 0) process.exit(code);
}
