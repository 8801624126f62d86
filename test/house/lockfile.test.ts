import { describe, expect, test } from 'vitest';
import { looseVersions, missingOptionals } from './lockfile.ts';

const lock = (...places: readonly string[]) => ({
  packages: {
    '': { optionalDependencies: { '@x/linux': '1.0.0' } },
    'node_modules/tool': { optionalDependencies: { '@tool/darwin': '1.0.0' } },
    'node_modules/@a/b/node_modules/tool': { optionalDependencies: { '@tool/linux': '1.0.0' } },
    ...Object.fromEntries(places.map((place) => [place, {}])),
  },
});
const ALL = ['node_modules/@x/linux', 'node_modules/@tool/darwin', 'node_modules/@tool/linux'];

describe('the lockfile rule', () => {
  test('is content when every platform is locked, at the top or beside the package that wants it', () => {
    expect(missingOptionals(lock(...ALL))).toEqual([]);
    const nested = ALL.with(2, 'node_modules/@a/b/node_modules/@tool/linux');
    expect(missingOptionals(lock(...nested))).toEqual([]);
    const deepest = ALL.with(2, 'node_modules/@a/b/node_modules/tool/node_modules/@tool/linux');
    expect(missingOptionals(lock(...deepest))).toEqual([]);
  });

  test.each(ALL)('sees that %s is missing', (gone) => {
    const findings = missingOptionals(lock(...ALL.filter((place) => place !== gone)));
    expect(findings).toEqual([expect.stringContaining(gone.replace('node_modules/', ''))]);
  });

  test('a package locked for somebody else only does not count', () => {
    const elsewhere = ALL.with(1, 'node_modules/other/node_modules/@tool/darwin');
    expect(missingOptionals(lock(...elsewhere))).toHaveLength(1);
  });

  test.each(['^1.2.3', '~1.2.3', '1.x', '*', 'latest', '>=1.2.3', 'file:../x'])(
    'sees that %s is not one version',
    (version) => {
      expect(looseVersions({ devDependencies: { tool: version } })).toEqual([
        expect.stringContaining(version),
      ]);
    },
  );

  test.each(['1.2.3', '18.4.0-beta.17'])('takes %s', (version) => {
    expect(looseVersions({ dependencies: { tool: version } })).toEqual([]);
  });
});
