import { describe, expect, test } from 'vitest';
import { knownHosts } from './hosts.ts';

const demo = { publicUrls: ['https://localhost:8443'], port: 8443, proxy: true };
const served = {
  publicUrls: ['https://postern.example', 'https://desk.example', 'https://[2001:db8::1]:9000'],
  port: 8443,
  proxy: false,
};
const on443 = { publicUrls: ['https://localhost'], port: 443, proxy: true };

const cases: [string, typeof demo, string | undefined, string | null][] = [
  ['the public name with its port', demo, 'localhost:8443', 'https://localhost:8443'],
  ['loopback by address', demo, '127.0.0.1:8443', 'https://127.0.0.1:8443'],
  ['loopback by IPv6 address', demo, '[::1]:8443', 'https://[::1]:8443'],
  ['a Microsoft name', demo, 'management.azure.com', 'https://management.azure.com'],
  ['a Microsoft name with its port', demo, 'graph.microsoft.com:443', 'https://graph.microsoft.com'],
  ['upper case', demo, 'Login.MicrosoftOnline.COM', 'https://login.microsoftonline.com'],
  ['Log Analytics', demo, 'api.loganalytics.io', 'https://api.loganalytics.io'],
  ['a Microsoft name with our port', demo, 'management.azure.com:8443', null],
  ['a Microsoft name as a prefix', demo, 'management.azure.com.evil.com', null],
  ['a Microsoft name as a suffix', demo, 'evil-management.azure.com', null],
  ['a name below a Microsoft name', demo, 'x.management.azure.com', null],
  ['a dot at the end', demo, 'management.azure.com.', null],
  ['user information', demo, 'user@localhost:8443', null],
  ['user information before another host', demo, 'localhost:8443@evil.com', null],
  ['no header', demo, undefined, null],
  ['an empty header', demo, '', null],
  ['a blank', demo, ' ', null],
  ['two hosts', demo, 'localhost:8443,evil.com', null],
  ['a path', demo, 'localhost:8443/evil', null],
  ['another port', demo, 'localhost:8444', null],
  ['no port where there is one', demo, 'localhost', null],
  ['port 443 where ours is another', demo, 'localhost:443', null],
  ['a port with a zero in front', demo, 'localhost:08443', null],
  ['an empty port', demo, 'management.azure.com:', null],
  ['another spelling of loopback', demo, '127.1:8443', null],
  ['IPv6 without brackets', demo, '::1:8443', null],
  ['a letter that lower-cases to ASCII', served, 'des\u212A.example', null],
  ['a word every object knows', demo, 'constructor', null],
  ['the proxy is off', served, 'management.azure.com', null],
  ['a public name without a port', served, 'postern.example', 'https://postern.example'],
  ['a public name with 443', served, 'POSTERN.example:443', 'https://postern.example'],
  ['a public name with our listening port', served, 'postern.example:8443', null],
  ['a public IPv6 address', served, '[2001:db8::1]:9000', 'https://[2001:db8::1]:9000'],
  ['loopback beside public names', served, 'localhost:8443', 'https://localhost:8443'],
  ['our own port is 443', on443, '127.0.0.1', 'https://127.0.0.1'],
];

describe('which Host headers are answered, and as which origin', () => {
  test.each(cases)('%s', (_, ours, host, origin) => {
    expect(knownHosts(ours).originOf(host)).toBe(origin);
  });
});

test('the origins are listed once each, public ones first', () => {
  expect(knownHosts(demo).origins).toEqual([
    'https://localhost:8443',
    'https://127.0.0.1:8443',
    'https://[::1]:8443',
    'https://management.azure.com',
    'https://graph.microsoft.com',
    'https://login.microsoftonline.com',
    'https://api.loganalytics.io',
  ]);
});

test('a public URL in Unicode is known by the name that is sent', () => {
  const hosts = knownHosts({ publicUrls: ['https://Bücher.example'], port: 8443, proxy: false });
  expect(hosts.originOf('xn--bcher-kva.example')).toBe('https://xn--bcher-kva.example');
});
