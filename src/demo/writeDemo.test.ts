import { beforeAll, describe, expect, test } from 'vitest';
import { modelStore } from '../../test/sim/modelStore.ts';
import type { Schedule } from '../core/schedule.ts';
import { live, standing } from '../core/schedule.ts';
import { days, type Instant, principalId, scopeKey } from '../core/values.ts';
import type { World } from '../core/world.ts';
import { role } from '../engine/roles.ts';
import { ADMINISTRATOR } from './applications.ts';
import { NOW, startDemo, TENANT } from './demo.fixture.ts';
import { PROGRAMS_GROUP } from './groups.ts';
import { activate } from './orders.ts';
import { ON_CALL, OPERATOR } from './people.ts';
import { azureRole } from './roles.ts';
import type { DemoSecrets } from './secrets.ts';

const environmentOf = (world: World, scope: string): string | null => {
  for (
    let at = world.scope.get(scope);
    at;
    at = at.parent === null ? undefined : world.scope.get(at.parent)
  ) {
    if (at.tags['environment'] !== undefined) return at.tags['environment'];
    if (at.kind === 'subscription') return 'production';
  }
  return null;
};
const POWERFUL = [azureRole('Owner'), azureRole('Contributor'), azureRole('User Access Administrator')];

describe('the demo tenant', () => {
  const store = modelStore();
  let secrets: DemoSecrets;
  let hashed: readonly string[];
  let time: Instant;
  let world: World;
  const schedules = () => [...world.schedule.values()];
  const principals = (kind: string) => [...world.principal.values()].filter((p) => p.kind === kind);
  const own = (id: string) =>
    id !== OPERATOR.id && id !== ON_CALL.id && id !== PROGRAMS_GROUP.id && id !== ADMINISTRATOR.id;
  const given = (s: Schedule) =>
    s.plane === 'azure' && s.kind === 'assignment' && s.activatedFrom === null && own(s.principal);

  beforeAll(async () => {
    ({ secrets, hashed, time } = await startDemo(store, role));
    world = (await store.everything()).world;
  });

  test('has the people, groups and applications of a company, beside those of the programs', () => {
    expect(principals('person').filter((p) => own(p.id))).toHaveLength(40);
    expect(principals('group').filter((p) => own(p.id))).toHaveLength(8);
    expect(
      principals('group')
        .filter((p) => p.roleAssignable)
        .map((p) => p.displayName),
    ).toEqual(['Security Operations Active']);
    expect(principals('workload').filter((p) => own(p.id))).toHaveLength(10);
    const upns = principals('person').map((p) => p.upn);
    expect(upns).toContain('emergency-admin-01@demo.example');
    expect(new Set(upns).size).toBe(42);
    const names = [...world.principal.values()].map((p) => p.displayName);
    expect(names).toEqual(
      expect.arrayContaining([
        'Ravi Patel',
        'Priya',
        'Anika',
        'Cloud Platform Approvers',
        'Cloud Governance',
      ]),
    );
    expect(names, 'the programs create it themselves').not.toContain('pag-payments-operators');
  });

  test('has one group inside another', () => {
    const groups = new Set(principals('group').map((p) => p.id as string));
    const nested = schedules().filter(
      (s) => s.plane === 'groups' && s.kind === 'assignment' && groups.has(s.principal),
    );
    expect(nested).toHaveLength(1);
  });

  test('has an estate of management groups, subscriptions and tagged resource groups', () => {
    const of = (kind: string) => [...world.scope.values()].filter((s) => s.kind === kind);
    const programs = scopeKey('/subscriptions/00000000-0000-0000-0000-000000000000');
    expect(world.scope.get('/')).toMatchObject({ kind: 'tenant', displayName: 'Meridian Health' });
    expect(of('managementGroup').map((s) => s.path.split('/').at(-1))).toContain(TENANT.id);
    expect(of('subscription').filter((s) => s.key !== programs)).toHaveLength(3);
    expect(of('resourceGroup').filter((s) => s.parent !== programs)).toHaveLength(12);
    const ours = of('resourceGroup')
      .filter((s) => s.parent === programs)
      .map((s) => s.displayName);
    expect(ours.sort()).toEqual(['rg-clinical-apps', 'rg-payments-prod', 'rg-security']);
    expect(new Set(of('resourceGroup').map((s) => s.tags['environment']))).toEqual(
      new Set(['production', 'test', 'dev']),
    );
    const depth = (key: string): number => {
      const parent = world.scope.get(key)?.parent ?? null;
      return parent === null ? 0 : 1 + depth(parent);
    };
    expect(Math.max(...of('managementGroup').map((s) => depth(s.key)))).toBeGreaterThanOrEqual(3);
  });

  test('has 60 standing assignments, of which 15 deserve conversion', () => {
    const all = schedules().filter((s) => given(s) && standing(s, NOW));
    expect(all).toHaveLength(60);
    const convert = all.filter(
      (s) =>
        world.principal.get(s.principal)?.kind === 'person' &&
        POWERFUL.includes(s.role) &&
        environmentOf(world, s.scope) === 'production',
    );
    expect(convert).toHaveLength(15);
  });

  test('has 40 eligibilities for Azure roles: some end soon, some begin later, some belong to groups', () => {
    const all = schedules().filter(
      (s) => s.plane === 'azure' && s.kind === 'eligibility' && standing(s, NOW),
    );
    expect(all).toHaveLength(40);
    expect(all.every((s) => s.end !== null)).toBe(true);
    expect(all.filter((s) => (s.end ?? 0) < NOW + days(7)).length).toBeGreaterThanOrEqual(4);
    expect(all.filter((s) => s.start > NOW).length).toBeGreaterThanOrEqual(3);
    expect(
      all.filter((s) => world.principal.get(s.principal)?.kind === 'group').length,
    ).toBeGreaterThanOrEqual(4);
    expect(new Set(all.map((s) => s.role)).size).toBeGreaterThanOrEqual(8);
  });

  test('leaves the principals of the programs without anything', () => {
    const theirs = [OPERATOR.id, ON_CALL.id, PROGRAMS_GROUP.id] as readonly string[];
    expect(schedules().filter((s) => theirs.includes(s.principal) || theirs.includes(s.scope))).toEqual([]);
  });

  test('leaves the policies of Reader and Contributor alone where the programs work', () => {
    const touched = [...world.policy.values()].filter(
      (p) =>
        p.scope.startsWith('/subscriptions/00000000-0000-0000-0000-000000000000') &&
        [azureRole('Reader'), azureRole('Contributor')].includes(p.role),
    );
    expect(touched).toEqual([]);
  });

  test('has a person with a standing role at the subscription of the programs, and an administrator above all', () => {
    const at = schedules().filter(
      (s) => s.scope === '/subscriptions/00000000-0000-0000-0000-000000000000' && live(s, NOW),
    );
    expect(at.some((s) => world.principal.get(s.principal)?.kind === 'person')).toBe(true);
    expect(schedules()).toContainEqual(
      expect.objectContaining({
        principal: ADMINISTRATOR.id,
        role: azureRole('Owner'),
        scope: '/',
        end: null,
      }),
    );
  });

  test('has a month of history with every ending, and something to do now', () => {
    const requests = [...world.request.values()].filter((r) => r.action === 'selfActivate');
    const states = new Set(requests.map((r) => r.state));
    expect(states).toEqual(new Set(['provisioned', 'denied', 'canceled', 'timedOut', 'pendingApproval']));
    expect(requests.filter((r) => r.state === 'pendingApproval')).toHaveLength(1);
    const activated = schedules().filter((s) => s.activatedFrom !== null);
    expect(new Set(activated.map((s) => s.endReason))).toEqual(new Set([null, 'expired', 'deactivated']));
    expect(activated.filter((s) => live(s, NOW))).toHaveLength(1);
    expect(requests.some((r) => r.createdAt < NOW - days(28))).toBe(true);
    expect(requests.every((r) => r.createdAt <= NOW)).toBe(true);
  });

  test('refused nobody anything, and said what ended when it ended', async () => {
    const lines = await store.linesAfter(0, 100_000);
    expect(lines.filter((l) => l.event.type === 'refused')).toEqual([]);
    const ends = lines.flatMap(({ event }) =>
      event.type === 'accessEnded' && event.reason === 'expired' ? [event] : [],
    );
    expect(ends.length).toBeGreaterThan(10);
    for (const e of ends) expect(e.at).toBe(world.schedule.get(e.schedule)?.end);
  });

  test('leaves the clock at now', () => expect(time).toBe(NOW));

  test('hands out what one signs in with, and hashes a shared password once', async () => {
    expect(secrets.clientId).toBe(ADMINISTRATOR.appId);
    expect(secrets.user.upn).toBe('payments.operator@demo.example');
    expect(secrets.approver.upn).toBe('payments.oncall@demo.example');
    expect(secrets.people.map((p) => p.upn)).toEqual([
      'ravi.patel@demo.example',
      'priya@demo.example',
      'anika@demo.example',
    ]);
    expect(hashed).toHaveLength(2);
    expect(await store.verifiers(OPERATOR.id, 'password')).toEqual([`hash of ${secrets.user.password}`]);
    expect(await store.verifiers(ADMINISTRATOR.id, 'secret')).toEqual([`hash of ${secrets.clientSecret}`]);
  });

  test.each([
    ['Contributor', 'Clinical Production', 'provisioned'],
    ['Contributor', 'rg-payments-api-prod', 'pendingApproval'],
  ] as const)('lets Ravi try %s on %s without a second factor: %s', async (name, place, state) => {
    const ravi = principals('person').find((p) => p.displayName === 'Ravi Patel')?.id ?? principalId('');
    const scope = [...world.scope.values()].find((s) => s.displayName === place)?.key ?? scopeKey('');
    const about = {
      name: 'try',
      holding: { plane: 'azure', principal: ravi, role: azureRole(name), scope },
    } as const;
    const asked = activate(about, { length: 'PT1H', why: 'Trying it out' });
    const { engine: again } = await startDemo(store, role, secrets);
    const outcome = await again.preview({ ...asked, actor: { ...asked.actor, mfa: false } });
    expect(outcome).toMatchObject({ ok: true, request: { state } });
  });

  test('is written once: a second start with what the first one kept writes nothing', async () => {
    const before = (await store.everything()).seq;
    const again = await startDemo(store, role, secrets);
    expect(again.secrets).toEqual(secrets);
    expect((await store.everything()).seq).toBe(before);
  });
});
