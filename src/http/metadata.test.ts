import { describe, expect, test } from 'vitest';
import { type Cloud, METADATA_VERSIONS, metadata } from './metadata.ts';

const ORIGINS = [
  'https://localhost:8443',
  'https://pim.example',
  'https://[::1]:9',
  'https://management.azure.com',
];

const texts = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [String(value)];

describe.each(ORIGINS)('the metadata of %s', (origin) => {
  test('2022-09-01 is one cloud that azurerm, azuread and newer az can work with', () => {
    const cloud = metadata('2022-09-01', origin) as Cloud;
    expect(Array.isArray(cloud)).toBe(false);
    expect(cloud.name).not.toBe('');
    expect(['AzureCloud', 'AzureStackCloud']).not.toContain(cloud.name);
    expect([cloud.resourceManager, cloud.microsoftGraphResourceId]).toEqual([origin, origin]);
    expect(cloud.authentication).toMatchObject({ identityProvider: 'AAD', tenant: 'common' });
    expect(cloud.authentication.loginEndpoint).toMatch(/^https:\/\/.*[^/]$/);
    expect(cloud.authentication.audiences.length).toBeGreaterThan(0);
    expect(cloud.suffixes.storage.length).toBeGreaterThan(0);
    expect(cloud.suffixes.keyVaultDns.length).toBeGreaterThan(0);
  });

  test('2019-05-01 is a list of that cloud', () => {
    expect(metadata('2019-05-01', origin)).toEqual([metadata('2022-09-01', origin)]);
  });

  test('2015-01-01 is the first shape', () => {
    expect(metadata('2015-01-01', origin)).toEqual({
      galleryEndpoint: origin,
      graphEndpoint: origin,
      portalEndpoint: origin,
      authentication: { loginEndpoint: origin, audiences: [origin] },
    });
  });

  test.each(METADATA_VERSIONS)('every address of %s is on the origin that was asked', (version) => {
    const addresses = texts(metadata(version, origin)).filter((text) => text.includes('/'));
    expect(new Set(addresses)).toEqual(new Set([origin]));
  });
});

test('the suffixes stay below our own name', () => {
  const { suffixes } = metadata('2022-09-01', 'https://localhost:8443') as Cloud;
  expect(suffixes).toEqual({ storage: 'storage.localhost', keyVaultDns: 'vault.localhost' });
});

test.each(['', '2020-06-01', '2022-09-01 ', '__proto__', 'constructor'])(
  'there is no version %j',
  (version) => {
    expect(metadata(version, 'https://localhost:8443')).toBeNull();
  },
);
