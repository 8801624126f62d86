import { expect, test } from 'vitest';
import { tokenBuckets } from '../../../src/arm/tokenBuckets.ts';
import { armTenant, RG, SUB_PATH } from './armTenant.ts';

const A = 'api-version=2021-04-01';

test('a caller over the limit is told when to come back, others are not, and time fills the bucket again', async () => {
  let ms = 0;
  const t = await armTenant({ throttle: tokenBuckets(3, () => ms) });
  const read = (who: 'omar' | 'mina') => t.call(who, 'GET', `/subscriptions?${A}`);
  const left = [];
  for (let n = 0; n < 3; n++)
    left.push((await read('omar')).headers['x-ms-ratelimit-remaining-tenant-reads']);
  expect(left).toEqual(['2', '1', '0']);
  const { seq } = await t.store.everything();
  const told = await read('omar');
  expect(told).toMatchObject({
    status: 429,
    headers: { 'Retry-After': '20' },
    body: { error: { code: 'TooManyRequests' } },
  });
  expect(told.body.error.message).toMatch(/limit of 3 a minute.*after 20 seconds.*POSTERN_RATE_LIMIT/);
  expect((await t.store.everything()).seq, 'a flood fills no log').toBe(seq);
  expect((await read('mina')).status).toBe(200);
  ms = 19_999;
  expect((await read('omar')).status).toBe(429);
  ms = 20_000;
  expect((await read('omar')).status).toBe(200);
});

test('reads, writes and deletes are counted apart, and errors say what is left, too', async () => {
  const t = await armTenant({ throttle: tokenBuckets(10, () => 0) });
  const deleted = await t.call('omar', 'DELETE', `${RG}?${A}`);
  expect(deleted.headers).toMatchObject({ 'x-ms-ratelimit-remaining-subscription-deletes': '9' });
  const refused = await t.call('mina', 'PUT', `${SUB_PATH}/resourceGroups/x?${A}`, {});
  expect(refused).toMatchObject({
    status: 400,
    headers: { 'x-ms-ratelimit-remaining-subscription-writes': '9' },
  });
});
