import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CONTRIBUTOR, type Pim, postern, READER, row, SUB, startPim } from './commands.fixture.ts';

const CORP = '/providers/Microsoft.Management/managementGroups/corp';
const RG = `${SUB}/resourceGroups/rg-web`;
let pim: Pim;
beforeEach(async () => {
  pim = await startPim();
});
afterEach(() => pim.close());

async function activated(...place: string[]): Promise<{ scope?: string; through?: string; err: string }> {
  const { err } = await postern(pim, ['activate', 'reader', '-r', 'x', ...place]);
  const put = pim.asked.find(({ method }) => method === 'PUT');
  if (!put) return { err };
  const properties = put.body['properties'] as { linkedRoleEligibilityScheduleId: string };
  const of = (path: string) => path.split('/providers/Microsoft.Authorization/')[0] ?? '';
  return { scope: of(put.url), through: of(properties.linkedRoleEligibilityScheduleId), err };
}

describe('below an eligibility, the nearest one that covers the place is used', () => {
  const cases: [string, string[], string][] = [
    ['the subscription before its management group', [CORP, SUB], SUB],
    ['whatever order the server lists them in', [SUB, CORP], SUB],
    ['a management group before the tenant', ['/', CORP], CORP],
    ['the tenant when there is nothing nearer', ['/'], '/'],
    ['never a neighbour whose name begins alike', [`${SUB}/resourceGroups/rg`, CORP], CORP],
  ];
  test.each(cases)('%s', async (_, scopes, through) => {
    pim.eligible = scopes.map((scope) => row(READER, scope, scope));
    expect(await activated('--scope', RG)).toMatchObject({
      scope: RG,
      through,
    });
  });
});

test('a subscription and a resource group make a scope below the eligibility', async () => {
  pim.eligible = [row(READER, SUB, 'Payments Production')];
  const place = ['--subscription', 'payments production', '--resource-group', 'rg-web'];
  expect(await activated(...place)).toMatchObject({ scope: RG, through: SUB });
});

test('a scope no eligibility covers is refused here, with what there is', async () => {
  pim.eligible = [row(CONTRIBUTOR, SUB, 'Payments'), row(READER, `${SUB}/resourceGroups/rg`, 'rg')];
  const { scope, err } = await activated('--scope', RG);
  expect(scope).toBeUndefined();
  expect(err).toMatch(/NotFound: none of your roles to activate fits; there are:\n +Reader +rg /);
});

test('a subscription nobody has is refused with those there are', async () => {
  pim.eligible = [row(READER, SUB, 'Payments')];
  const { err } = await activated('--subscription', 'clinical');
  expect(err).toMatch(
    /NotFound: no subscription of yours is called 'clinical'; there are:\n +Payments Production/,
  );
});
