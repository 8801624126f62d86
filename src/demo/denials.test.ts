import { expect, test } from 'vitest';
import { modelStore } from '../../test/sim/modelStore.ts';
import { role } from '../engine/roles.ts';
import { startDemo, TENANT } from './demo.fixture.ts';
import { namesOf } from './names.ts';

test('deny assignments of the demo change what some may do, and leave it to those they spare', async () => {
  const { engine } = await startDemo(modelStore(), role);
  const names = namesOf(TENANT);
  const may = (who: string, action: string, scope: string) =>
    engine.check({ principal: names.who(who), plane: 'azure', action, scope: names.where(scope) }).allowed;
  const subnet = 'Microsoft.Network/virtualNetworks/subnets/write';
  expect(may('lucia.moreno', 'Microsoft.Compute/virtualMachines/write', 'rg-payments-dev')).toBe(true);
  expect(may('lucia.moreno', subnet, 'rg-payments-dev')).toBe(false);
  expect(may('aisha.bello', subnet, 'rg-payments-dev')).toBe(true);
  const remove = 'Microsoft.Storage/storageAccounts/delete';
  expect(may('clinical-deployer', remove, 'rg-clinical-portal-prod')).toBe(true);
  expect(may('clinical-deployer', remove, 'rg-clinical-records-prod')).toBe(false);
  expect(may('james.wilson', remove, 'rg-clinical-records-prod')).toBe(true);
});
