import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CONTRIBUTOR, ME, NOW, type Pim, postern, READER, row, SUB, startPim } from './commands.fixture.ts';

const RG = `${SUB}/resourceGroups/rg-payments`;
let pim: Pim;
beforeEach(async () => {
  pim = await startPim();
  pim.eligible = [
    row(READER, SUB, 'Payments Production'),
    row(READER, `${SUB}/resourceGroups/rg-web`, 'rg-web'),
    row(CONTRIBUTOR, RG, 'rg-payments', { endDateTime: '2027-01-01T00:00:00Z' }),
  ];
});
afterEach(() => pim.close());

const put = () => pim.asked.find(({ method }) => method === 'PUT');
const clock = (hours: number) => {
  const at = new Date(NOW.getTime() + hours * 3_600_000);
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
};

describe('mine', () => {
  test('shows every page: what is eligible, what is active and until when, what waits, in aligned columns', async () => {
    pim.active = [
      row(READER, SUB, 'Payments Production', {
        assignmentType: 'Activated',
        endDateTime: '2026-11-22T13:12:00Z',
      }),
    ];
    pim.requests = [
      row(CONTRIBUTOR, RG, 'rg-payments', { status: 'PendingApproval', requestType: 'SelfActivate' }),
    ];
    const { code, out } = await postern(pim, ['mine']);
    const [head = '', ...lines] = out.split('\n');
    expect(code).toBe(0);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(
      /^Reader +Payments Production +active until .* \(in 1h 12m\) +never +\/subscriptions/,
    );
    expect(lines[1]).toMatch(/^Contributor +rg-payments +pending approval +202/);
    expect(lines[2]).toMatch(/^Reader +rg-web +eligible +never/);
    for (const line of lines) expect(line[head.indexOf('STATE')]).toMatch(/[ape]/);
  });
  test('--json prints the rows of the server and nothing else', async () => {
    const { out, err } = await postern(pim, ['mine', '--json']);
    expect(JSON.parse(out)).toEqual({ eligible: pim.eligible, active: [], pending: [] });
    expect(err).toBe('');
  });
  test('a next page on another host is refused, and the token is not sent there', async () => {
    const body = { value: [], nextLink: 'https://elsewhere.example/page' };
    pim.instead = [{ word: 'roleEligibilityScheduleInstances', status: 200, body }];
    const { code, err } = await postern(pim, ['mine']);
    expect(code).toBe(1);
    expect(err).toMatch(/InvalidAnswer: the next page is on another host/);
  });
  test('text of others cannot steer the terminal', async () => {
    pim.eligible = [row(READER, SUB, 'evil\u001b[2J\u202escope')];
    const { out } = await postern(pim, ['mine']);
    expect(out).toContain('evil\ufffd[2J\ufffdscope');
  });
});

describe('activate', () => {
  test('asks with the own principal, the eligibility and an ISO duration, and tells until when it is active', async () => {
    const { code, out } = await postern(pim, [
      'activate',
      'contrib',
      '--duration',
      '90 min',
      '--reason',
      'INC-7',
    ]);
    expect(out).toBe(`Contributor on rg-payments is active until ${clock(1)} (in 1h).`);
    expect(code).toBe(0);
    expect(put()?.url).toMatch(
      new RegExp(`^${RG}/providers/Microsoft.Authorization/roleAssignmentScheduleRequests/`),
    );
    expect(put()?.body).toEqual({
      properties: {
        principalId: ME,
        roleDefinitionId: `${SUB}/providers/Microsoft.Authorization/roleDefinitions/${CONTRIBUTOR}`,
        requestType: 'SelfActivate',
        linkedRoleEligibilityScheduleId: `${RG}/providers/Microsoft.Authorization/roleEligibilitySchedules/${CONTRIBUTOR}`,
        justification: 'INC-7',
        scheduleInfo: { expiration: { type: 'AfterDuration', duration: 'PT1H30M' } },
      },
    });
  });
  test('an ambiguous role is an error that lists the candidates, and nothing is asked for', async () => {
    const { code, err } = await postern(pim, ['activate', 'reader']);
    expect(code).toBe(1);
    expect(err).toContain('Ambiguous');
    expect(err).toContain(`Reader  Payments Production  ${SUB}\n`);
    expect(err).toContain(`Reader  rg-web               ${SUB}/resourceGroups/rg-web\n`);
    expect(put()).toBeUndefined();
  });
  test('a subscription may be named', async () => {
    const { code } = await postern(pim, ['activate', 'reader', '--subscription', 'payments', '-r', 'x']);
    expect(code).toBe(0);
    expect(put()?.url).toMatch(new RegExp(`^${SUB}/providers`));
  });
  test('below the scope of an eligibility, less access than one could have is asked for', async () => {
    const below = `${SUB}/resourceGroups/rg-web/providers/Microsoft.Web/sites/shop`;
    const { code } = await postern(pim, ['activate', 'reader', '--scope', below, '-r', 'x']);
    expect(code).toBe(0);
    expect(put()?.url.startsWith(`${below}/providers/Microsoft.Authorization/`)).toBe(true);
    const linked = `${SUB}/resourceGroups/rg-web/providers/Microsoft.Authorization/roleEligibilitySchedules/${READER}`;
    expect(put()?.body).toMatchObject({ properties: { linkedRoleEligibilityScheduleId: linked } });
  });
  test('the policy decides the usual duration when it allows less than an hour', async () => {
    const rules = [{ id: 'Expiration_EndUser_Assignment', maximumDuration: 'PT30M' }];
    const body = { value: [{ properties: { roleDefinitionId: CONTRIBUTOR, effectiveRules: rules } }] };
    pim.instead = [{ word: 'roleManagementPolicyAssignments', status: 200, body }];
    await postern(pim, ['activate', 'contributor', '-r', 'x']);
    expect(JSON.stringify(put()?.body)).toContain('"PT30M"');
  });
  test('a policy that may not be read means one hour', async () => {
    pim.instead = [
      {
        word: 'roleManagementPolicyAssignments',
        status: 403,
        body: { error: { code: 'AuthorizationFailed' } },
      },
    ];
    await postern(pim, ['activate', 'contributor', '-r', 'x']);
    expect(JSON.stringify(put()?.body)).toContain('"PT1H"');
  });
  test('refused by policy ends with 3 and tells every failed rule, the details and the longest time', async () => {
    const { code, err, out } = await postern(pim, ['activate', 'contributor', '--time', '8h']);
    expect(code).toBe(3);
    expect(out).toBe('');
    expect(err).toMatch(/^postern: RoleAssignmentRequestPolicyValidationFailed: /);
    expect(err).toMatch(/ {2}ExpirationRule +the period is longer/);
    expect(err).toMatch(/ {2}JustificationRule +a reason is required/);
    expect(err).toContain('Policy: see Priya');
    expect(err).toContain('hint: the policy allows 2h at most: --duration PT2H');
  });
  test('waiting for approval ends with 2 and tells who may approve', async () => {
    pim.approved.add(CONTRIBUTOR);
    const { code, out } = await postern(pim, ['activate', 'contributor', '-r', 'x']);
    expect(code).toBe(2);
    expect(out).toMatch(/^Contributor on rg-payments for 1h waits for approval by Anika\.\nRequest: /);
  });
  test.each([
    ['Provisioned', 0],
    ['Denied', 3],
    ['TimedOut', 3],
    ['Failed', 1],
  ])('--wait sees it through: %s ends with %i', async (status, exit) => {
    pim.approved.add(CONTRIBUTOR);
    let naps = 0;
    const sleep = async (ms: number) => {
      expect(ms).toBe(2000);
      if (++naps === 2) pim.requests[0]!.properties.status = status;
    };
    const { code } = await postern(pim, ['activate', 'contributor', '-r', 'x', '--wait'], { sleep });
    expect(code).toBe(exit);
    expect(naps).toBe(2);
  });
  test('Ctrl-C while waiting ends with 130', async () => {
    pim.approved.add(CONTRIBUTOR);
    const stop = new AbortController();
    const sleep = async () => {
      stop.abort();
      stop.signal.throwIfAborted();
    };
    const more = { sleep, interrupted: () => stop.signal };
    const { code, err } = await postern(pim, ['activate', 'contributor', '-r', 'x', '--wait'], more);
    expect(code).toBe(130);
    expect(err).toContain('postern: canceled');
  });
  test('a role meant by a part of its name is asked back at a terminal, and no means no', async () => {
    const questions: string[] = [];
    const confirm = async (question: string) => questions.push(question) === 0;
    expect((await postern(pim, ['activate', 'contrib', '-r', 'x'], { confirm })).code).toBe(130);
    expect(put()).toBeUndefined();
    expect((await postern(pim, ['activate', 'contributor', '-r', 'x'], { confirm })).code).toBe(0);
    expect(questions).toEqual(['Activate Contributor on rg-payments for 1h?']);
  });
  test('--dry-run asks validate, and nothing is stored', async () => {
    const { code, out } = await postern(pim, ['activate', 'contributor', '-r', 'x', '--dry-run']);
    expect([code, out]).toEqual([
      0,
      'Contributor on rg-payments for 1h would be granted. Nothing was changed.',
    ]);
    expect(pim.requests).toEqual([]);
  });
  test('--json prints the request as the server sent it', async () => {
    const { out } = await postern(pim, ['activate', 'contributor', '-r', 'x', '--json']);
    expect(JSON.parse(out)).toEqual(pim.requests[0]);
  });
  test('a bad duration is told before the server is asked', async () => {
    const { code, err } = await postern(pim, ['activate', 'contributor', '-d', '90']);
    expect([code, pim.asked.length]).toEqual([1, 0]);
    expect(err).toContain('90m or 90h');
  });
  test('asking twice while the first waits ends with 2', async () => {
    const body = { error: { code: 'PendingRoleAssignmentRequest', message: 'There is one.' } };
    pim.instead = [{ word: 'roleAssignmentScheduleRequests/', status: 400, body }];
    expect((await postern(pim, ['activate', 'contributor', '-r', 'x'])).code).toBe(2);
  });
  test('a throttled request is sent again after the time the server names', async () => {
    const naps: number[] = [];
    const sleep = async (ms: number) => void naps.push(ms);
    pim.instead = [{ word: 'ScheduleRequests/', status: 429, body: {}, headers: { 'retry-after': '7' } }];
    expect((await postern(pim, ['activate', 'contributor', '-r', 'x'], { sleep })).code).toBe(0);
    expect(naps).toEqual([7000]);
    expect(new Set(pim.asked.filter(({ method }) => method === 'PUT').map(({ url }) => url)).size).toBe(1);
  });
});

describe('deactivate', () => {
  test('gives back what is active, and only that can be given back', async () => {
    expect((await postern(pim, ['deactivate', 'contributor'])).err).toContain('you have no active roles');
    await postern(pim, ['activate', 'contributor', '-r', 'x']);
    const { code, out } = await postern(pim, ['deactivate']);
    expect([code, out]).toEqual([0, 'Contributor on rg-payments is given back.']);
    expect(pim.active).toEqual([]);
  });
});

describe('approve and deny', () => {
  const wait = (name: string, justification: string) => {
    const approvalId = `/providers/Microsoft.Authorization/roleAssignmentApprovals/0${name}`;
    const scheduleInfo = { expiration: { type: 'AfterDuration', duration: 'PT2H' } };
    const more = {
      status: 'PendingApproval',
      requestType: 'SelfActivate',
      approvalId,
      justification,
      scheduleInfo,
    };
    pim.requests.push({ ...row(CONTRIBUTOR, RG, 'rg-payments', more), name });
  };
  test('without an id they list what waits', async () => {
    expect((await postern(pim, ['approve', '--as', 'approver'])).out).toBe('Nothing waits for you.');
    wait('abc1', 'INC-7');
    const { code, out } = await postern(pim, ['approve', '--as', 'approver']);
    expect(code).toBe(0);
    expect(out).toMatch(/abc1 +Ravi +Contributor +rg-payments +2h +INC-7/);
    expect(pim.asked.some(({ method }) => method === 'PATCH')).toBe(false);
  });
  test('by id, by approval id, by the beginning of one; never by a beginning that two have', async () => {
    for (const name of ['abc1', 'abd2', 'bcd3']) wait(name, 'x');
    expect((await postern(pim, ['approve', 'ab', '--as', 'approver'])).err).toMatch(
      /Ambiguous.*\n +abc1.*\n +abd2/,
    );
    expect((await postern(pim, ['approve', 'zz', '--as', 'approver'])).err).toContain(
      "no request 'zz' waits for you",
    );
    const { code, out } = await postern(pim, ['approve', 'ABC', '--justification', 'go', '--as', 'approver']);
    expect([code, out]).toEqual([0, 'Approved: Ravi, Contributor on rg-payments for 2h.']);
    expect((await postern(pim, ['deny', '0abd2', '--as', 'approver'])).code).toBe(0);
    expect(pim.requests.map(({ properties }) => properties.status)).toEqual([
      'Provisioned',
      'Denied',
      'PendingApproval',
    ]);
    const patches = pim.asked
      .filter(({ method }) => method === 'PATCH')
      .map(({ body }) => body['properties']);
    expect(patches).toEqual([{ reviewResult: 'Approve', justification: 'go' }, { reviewResult: 'Deny' }]);
  });
});

describe('check', () => {
  const ask = (action: string, ...more: string[]) =>
    postern(pim, ['check', '--principal', 'ravi@demo', '--action', action, '--scope', `${RG}/`, ...more]);
  test('allowed ends with 0 and says why', async () => {
    const { code, out } = await ask('A/read', '--at', '2026-11-23T00:00:00Z');
    expect([code, out]).toEqual([
      0,
      'allowed\n  because of Reader at /subscriptions/x through the group Ops',
    ]);
    const question = { principalId: ME, action: 'A/read', scope: RG, at: '2026-11-23T00:00:00.000Z' };
    expect(pim.asked.at(-1)?.body).toEqual(question);
  });
  test('not allowed ends with 3', async () => {
    expect(await ask('A/write')).toMatchObject({ code: 3, out: expect.stringMatching(/^not allowed\n/) });
  });
});

describe('the command line', () => {
  test.each([
    [['nonsense'], 1, /unknown command/],
    [['check', '--principal', 'x'], 1, /required option/],
    [['activate', 'x', '--duration', '1h', '--time', '2h'], 1, /cannot be used with/],
  ])('%j ends with %i', async (argv, exit, message) => {
    const { code, err } = await postern(pim, argv);
    expect(code).toBe(exit);
    expect(err).toMatch(message);
  });
  test('help ends with 0 and names the exit codes', async () => {
    const { code, out } = await postern(pim, ['activate', '--help']);
    expect(code).toBe(0);
    expect(out).toContain('2 waits for approval');
  });
});
