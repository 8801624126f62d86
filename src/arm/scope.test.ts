import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kindOfKey, parseArmScope, subscriptionOf } from './scope.ts';

const SUB = '0a000000-0000-4000-8000-00000000000a';
const GROUP = `/subscriptions/${SUB}/resourceGroups/rg`;

const GOOD: readonly [string, string, string][] = [
  ['/', '/', 'tenant'],
  ['', '/', 'tenant'],
  ['//', '/', 'tenant'],
  [
    '/providers/microsoft.management/MANAGEMENTGROUPS/Platform',
    '/providers/microsoft.management/managementgroups/platform',
    'managementGroup',
  ],
  [`subscriptions/${SUB.toUpperCase()}/`, `/subscriptions/${SUB}`, 'subscription'],
  [`/providers/Microsoft.Subscription/subscriptions/${SUB}`, `/subscriptions/${SUB}`, 'subscription'],
  [
    `//subscriptions//${SUB}/RESOURCEGROUPS/RG-(a).b_c`,
    `/subscriptions/${SUB}/resourcegroups/rg-(a).b_c`,
    'resourceGroup',
  ],
  [
    `${GROUP}/providers/Microsoft.Compute/virtualMachines/vm-1`,
    `/subscriptions/${SUB}/resourcegroups/rg/providers/microsoft.compute/virtualmachines/vm-1`,
    'resource',
  ],
  [
    `${GROUP}/providers/a.b/c/d/e/f`,
    `/subscriptions/${SUB}/resourcegroups/rg/providers/a.b/c/d/e/f`,
    'resource',
  ],
  [
    `${GROUP}/providers/a.b/c/d/providers/e.f/g/h`,
    `/subscriptions/${SUB}/resourcegroups/rg/providers/a.b/c/d/providers/e.f/g/h`,
    'resource',
  ],
  [`/subscriptions/${SUB}/providers/a.b/c/d`, `/subscriptions/${SUB}/providers/a.b/c/d`, 'resource'],
];
const BAD: readonly string[] = [
  '/resourceGroups/rg',
  '/subscriptions/payments',
  `/subscriptions/${SUB}/resourceGroups`,
  `/subscriptions/${SUB}/rg`,
  `${GROUP}/providers`,
  `${GROUP}/providers/a.b`,
  `${GROUP}/providers/a.b/c`,
  `${GROUP}/providers/a.b/c/d/e`,
  `${GROUP}/x`,
  '/providers/Microsoft.Management/managementGroups',
  '/providers/Microsoft.Management/managementGroups/a/b',
  '/providers/Microsoft.Compute/virtualMachines/vm',
  `${GROUP}/../other`,
  `${GROUP}/providers/a.b/c/.`,
  `/subscriptions/${SUB}/resourceGroups/rg.`,
  `/subscriptions/${SUB}/resourceGroups/r%67`,
  `/subscriptions/${SUB}/resourceGroups/r\\g`,
  `/subscriptions/${SUB}/resourceGroups/r\u200bg`,
  `/subscriptions/${SUB}/resourceGroups/\u212ag`,
  `/subscriptions/${SUB}/resourceGroups/\uff52g`,
  `/subscriptions/${SUB}/resourceGroups/${'a'.repeat(1_200)}`,
];

describe('a scope path', () => {
  test.each(GOOD)('%s is %s', (text, key, kind) => {
    const parsed = parseArmScope(text);
    expect(parsed).toMatchObject({ key, kind });
    expect('key' in parsed && kindOfKey(parsed.key)).toBe(kind);
  });
  test.each(BAD)('%s is no scope', (text) => {
    expect(parseArmScope(text)).toMatchObject({ problem: 'malformed' });
  });
  test('without a subscription it says so', () => {
    expect(parseArmScope('/subscriptions/')).toEqual({ problem: 'noSubscription' });
  });
  test('fixed words are shown as the wire writes them, names as they were written', () => {
    const parsed = parseArmScope(
      `/SUBSCRIPTIONS/${SUB.toUpperCase()}/resourcegroups/Rg-One/PROVIDERS/Ns/Type/Name`,
    );
    expect('segments' in parsed && parsed.segments.join('/')).toBe(
      `subscriptions/${SUB}/resourceGroups/Rg-One/providers/Ns/Type/Name`,
    );
  });
  test('a key knows its subscription, and a management group has none', () => {
    const group = parseArmScope(GROUP);
    expect('key' in group && subscriptionOf(group.key)).toBe(SUB);
    const above = parseArmScope(`/providers/Microsoft.Management/managementGroups/${SUB}`);
    expect('key' in above && subscriptionOf(above.key)).toBe(null);
  });
});

describe('INV-Z3: which scope is meant follows from whole segments only', () => {
  const name = fc.stringMatching(/^[a-zA-Z0-9_-]{1,8}$/);
  const scope = fc
    .tuple(
      fc.uuid(),
      fc.array(name, { maxLength: 1 }),
      fc.array(fc.tuple(name, name, name), { maxLength: 1 }),
    )
    .map(([sub, groups, resources]) => [
      'subscriptions',
      sub,
      ...groups.flatMap((g) => ['resourceGroups', g]),
      ...resources.flatMap(([ns, type, n]) => ['providers', ns, type, n]),
    ]);
  const slashes = fc.array(fc.constantFrom('/', '//', '///'), { minLength: 9, maxLength: 9 });
  const cases = fc.array(fc.boolean(), { minLength: 64, maxLength: 64 });
  const spelled = (
    segments: readonly string[],
    gaps: readonly string[],
    upper: readonly boolean[],
    long: boolean,
  ) => {
    const all = long ? ['providers', 'Microsoft.Subscription', ...segments] : segments;
    const text = all.map((s, i) => `${gaps[i % gaps.length]}${s}`).join('');
    return [...text].map((c, i) => (upper[i % upper.length] ? c.toUpperCase() : c)).join('');
  };

  test('every spelling of the same segments is the same scope', () => {
    fc.assert(
      fc.property(scope, slashes, cases, fc.boolean(), (segments, gaps, upper, long) => {
        const parsed = parseArmScope(spelled(segments, gaps, upper, long));
        expect('key' in parsed && parsed.key).toBe(`/${segments.join('/').toLowerCase()}`);
      }),
    );
  });

  test('other segments are another scope, or none', () => {
    fc.assert(
      fc.property(scope, scope, (a, b) => {
        const [left, right] = [a, b].map((s) => parseArmScope(s.join('/')));
        const same = a.join('/').toLowerCase() === b.join('/').toLowerCase();
        expect(left && right && 'key' in left && 'key' in right && left.key === right.key).toBe(same);
      }),
    );
  });

  test('no text makes it throw, and what it takes it takes again as it printed it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.boolean(), (text, below) => {
        const parsed = parseArmScope(below ? `${GROUP}/${text}` : text);
        if (!('key' in parsed)) return;
        expect(parseArmScope(parsed.key)).toMatchObject({ key: parsed.key, kind: parsed.kind });
        expect(parseArmScope(parsed.segments.join('/'))).toEqual(parsed);
      }),
    );
  });
});
