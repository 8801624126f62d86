import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Pim, postern, startPim, tokenOf } from './commands.fixture.ts';
import { exportsOf } from './settings.ts';

let pim: Pim;
beforeEach(async () => {
  pim = await startPim();
});
afterEach(() => pim.close());

const bearers = () => new Set(pim.asked.map(({ authorization }) => authorization).filter(Boolean));
const files = (contents: Record<string, string>) => ({ readFile: async (path: string) => contents[path] });
const demo = (url: string) =>
  `# the demo\nexport POSTERN_URL=${url}\nexport POSTERN_USER_UPN='user@demo'\nexport POSTERN_USER_PASSWORD="user-secret"\n`;
const azGives = (endpoint: string) => ({
  run: async (_: string, args: readonly string[]) => ({
    code: 0,
    stdout: args[0] === 'cloud' ? `${endpoint}\n` : JSON.stringify({ accessToken: tokenOf('az') }),
  }),
});

describe('who signs in', () => {
  test('by default the demo user, with the password grant of az and the own resource', async () => {
    await postern(pim, ['mine']);
    expect(bearers()).toEqual(new Set([`Bearer ${tokenOf('user@demo')}`]));
    expect(pim.asked[0]).toMatchObject({
      url: '/tenant/oauth2/v2.0/token',
      body: { client_id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46', scope: `${pim.url}/.default openid` },
    });
  });
  test.each([
    ['approver', 'approver@demo'],
    ['admin', 'admin'],
  ])('--as %s', async (as, who) => {
    await postern(pim, ['mine', '--as', as]);
    expect(bearers()).toEqual(new Set([`Bearer ${tokenOf(who)}`]));
  });
  test('--token names the variable of a token', async () => {
    const env = { POSTERN_URL: pim.url, T: tokenOf('raw') };
    await postern(pim, ['mine', '--token', 'T'], { env });
    expect(bearers()).toEqual(new Set([`Bearer ${tokenOf('raw')}`]));
  });
  test('the file of a running demo is found below POSTERN_DATA, and its CA is trusted', async () => {
    const trusted: string[] = [];
    const content = `${demo(pim.url)}export POSTERN_CA=/d/ca.pem\n`;
    const more = {
      ...files({ '/d/demo.env': content, '/d/ca.pem': 'PEM' }),
      trust: (pem: string) => void trusted.push(pem),
    };
    expect((await postern(pim, ['mine'], { env: { POSTERN_DATA: '/d' }, ...more })).code).toBe(0);
    expect([...bearers(), ...trusted]).toEqual([`Bearer ${tokenOf('user@demo')}`, 'PEM']);
  });
});

describe('secrets go where they belong', () => {
  test('those of the demo file are not sent to another server', async () => {
    const env = { POSTERN_URL: pim.url };
    const { err } = await postern(pim, ['mine'], {
      env,
      ...files({ './data/demo.env': demo('http://127.0.0.1:1') }),
    });
    expect(pim.asked).toEqual([]);
    expect(err).toContain('AzNotFound');
  });
  test('the token of az is not sent to a server it is not signed in to', async () => {
    const env = { POSTERN_URL: pim.url };
    const { code, err } = await postern(pim, ['mine'], { env, ...azGives('https://management.azure.com/') });
    expect([code, pim.asked.length]).toEqual([1, 0]);
    expect(err).toContain('WrongCloud');
  });
  test('it is sent when the server is the cloud of az, or az has a profile of its own', async () => {
    const env = { POSTERN_URL: pim.url };
    expect((await postern(pim, ['mine'], { env, ...azGives(`${pim.url}/`) })).code).toBe(0);
    const own = { ...env, AZURE_CONFIG_DIR: '/profile' };
    expect(
      (await postern(pim, ['mine'], { env: own, ...azGives('https://management.azure.com') })).code,
    ).toBe(0);
    expect(bearers()).toEqual(new Set([`Bearer ${tokenOf('az')}`]));
  });
  test('no token travels unencrypted over a network', async () => {
    const env = { POSTERN_URL: 'http://pim.example', POSTERN_TOKEN: 'secret' };
    expect((await postern(pim, ['mine'], { env })).err).toMatch(/InvalidUrl.*not encrypted/);
  });
  test('a refused sign-in is told without the secret', async () => {
    const env = { POSTERN_URL: pim.url, POSTERN_USER_UPN: 'user@demo', POSTERN_USER_PASSWORD: 'hush' };
    const { code, err } = await postern(pim, ['mine'], { env });
    expect(code).toBe(1);
    expect(err).toContain('invalid_grant: AADSTS50126');
    expect(err).not.toContain('hush');
  });
});

test('a token that ran out is renewed once', async () => {
  let given = 0;
  const run = async () => ({ code: 0, stdout: JSON.stringify({ accessToken: tokenOf(`az${++given}`) }) });
  pim.instead = [{ word: 'roleEligibilityScheduleInstances', status: 401, body: {} }];
  const env = { POSTERN_URL: pim.url, AZURE_CONFIG_DIR: '/profile' };
  expect((await postern(pim, ['mine'], { env, run })).code).toBe(0);
  expect(given).toBe(2);
});

test('without anything set, az and the real service are asked', async () => {
  const asked: string[] = [];
  const refuse = async (url: string | URL | Request) => {
    asked.push(String(url));
    return Response.json({ value: [] });
  };
  const seen = await postern(pim, ['mine'], { env: {}, fetch: refuse as typeof fetch, ...azGives('') });
  expect(seen).toMatchObject({ code: 0, out: 'You hold no role and may activate none.' });
  expect(asked.every((url) => url.startsWith('https://management.azure.com/providers/'))).toBe(true);
});

test('a server that is not there is told with what to do', async () => {
  await pim.close();
  const env = { POSTERN_URL: pim.url, POSTERN_TOKEN: tokenOf('x') };
  const { code, err } = await postern(pim, ['mine'], { env });
  expect(code).toBe(1);
  expect(err).toMatch(/Unreachable: .*ECONNREFUSED.*\nhint: is it running/);
});

test('values of the demo file are read as a shell reads them', () => {
  const file = `export A=1\nexport B='it'\\''s'\n  export C="a \\"b\\" c"\nNOT=this\n# export D=4\n`;
  expect(exportsOf(file)).toEqual({ A: '1', B: "it's", C: 'a "b" c' });
});
