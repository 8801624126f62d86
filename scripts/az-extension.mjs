// Builds the az extension: a wheel is a zip with a list of its files, so it takes no Python to make one.
//   node scripts/az-extension.mjs [folder]      writes postern-<version>-py3-none-any.whl there (dist)
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { zip } from './zip.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const sources = path.join(root, 'az-extension');
const PACKAGE = 'azext_postern';
const { version, license } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const info = `postern-${version}.dist-info`;

const sourceFiles = readdirSync(path.join(sources, PACKAGE))
  .filter((name) => /\.(py|json)$/.test(name))
  .sort()
  .map((name) => [`${PACKAGE}/${name}`, readFileSync(path.join(sources, PACKAGE, name))]);

const text = (...lines) => Buffer.from(`${lines.join('\n')}\n`);
const about = [
  [
    `${info}/METADATA`,
    text(
      'Metadata-Version: 2.1',
      'Name: postern',
      `Version: ${version}`,
      'Summary: az ad group create --is-assignable-to-role',
      `License: ${license}`,
      'Requires-Python: >=3.8',
    ),
  ],
  [
    `${info}/WHEEL`,
    text('Wheel-Version: 1.0', 'Generator: postern', 'Root-Is-Purelib: true', 'Tag: py3-none-any'),
  ],
  [`${info}/top_level.txt`, text(PACKAGE)],
];

const digest = (bytes) => createHash('sha256').update(bytes).digest('base64url');
const listed = [...sourceFiles, ...about];
const record = text(
  ...listed.map(([name, bytes]) => `${name},sha256=${digest(bytes)},${bytes.length}`),
  `${info}/RECORD,,`,
);

const folder = path.resolve(root, process.argv[2] ?? 'dist');
const file = path.join(folder, `postern-${version}-py3-none-any.whl`);
mkdirSync(folder, { recursive: true });
writeFileSync(file, zip([...listed, [`${info}/RECORD`, record]]));
process.stdout.write(`${file}\n`);
