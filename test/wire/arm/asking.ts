import { type ArmTenant, fresh, IDS, PROVIDER, RG, roleId, V } from './armTenant.ts';

export const requests = (kind: 'Eligibility' | 'Assignment', name: string, scope = RG) =>
  `${scope}${PROVIDER}/role${kind}ScheduleRequests/${name}?${V}`;
export const list = (type: string, filter = '', scope = RG) =>
  `${scope}${PROVIDER}/${type}?${V}${filter === '' ? '' : `&$filter=${filter}`}`;
export const hours = (n: number) => ({ expiration: { type: 'AfterDuration', duration: `PT${n}H` } });
export const of = (principal: string, more: object) => ({
  properties: { principalId: principal, roleDefinitionId: roleId('contributor'), ...more },
});
export const eligible = (t: ArmTenant, more: object = {}, name = fresh(), scope = RG) =>
  t.call(
    'omar',
    'PUT',
    requests('Eligibility', name, scope),
    of(IDS.ravi, {
      requestType: 'AdminAssign',
      scheduleInfo: { expiration: { type: 'AfterDuration', duration: 'P180D' } },
      ...more,
    }),
  );
export const activate = (t: ArmTenant, more: object = {}, scope = RG) =>
  t.call(
    'ravi',
    'PUT',
    requests('Assignment', fresh(), scope),
    of(IDS.ravi, { requestType: 'SelfActivate', justification: 'on call', scheduleInfo: hours(1), ...more }),
  );
