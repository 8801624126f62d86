import { describe, expect, test } from 'vitest';
import { hours, instant } from '../core/values.ts';
import type { Call } from '../http/route.ts';
import { ArmError } from './armError.ts';
import { propertiesOf } from './bag.ts';
import { periodOf } from './period.ts';

const bagOf = (scheduleInfo: unknown) =>
  propertiesOf(
    { body: { Properties: { ScheduleInfo: scheduleInfo } } } as Call,
    'InvalidRoleAssignmentRequest',
  );
const START = instant(Date.UTC(2026, 4, 21, 8));
const EIGHT = { type: 'afterDuration', text: 'PT8H', length: hours(8) };

const GOOD: readonly [string, unknown, unknown][] = [
  ['nothing', null, { start: null, expiration: { type: 'notSpecified' } }],
  ['nulls', { startDateTime: null, expiration: null }, { start: null, expiration: { type: 'notSpecified' } }],
  [
    'a duration as it was written',
    { expiration: { type: 'AfterDuration', duration: 'PT8H' } },
    { start: null, expiration: EIGHT },
  ],
  [
    'any case',
    {
      StartDateTime: '2026-05-21T08:00:00Z',
      Expiration: { Type: 'afterduration', Duration: 'PT8H', EndDateTime: null },
    },
    { start: START, expiration: EIGHT },
  ],
  [
    'an end',
    {
      startDateTime: '2026-05-21T10:00:00.000+02:00',
      expiration: { type: 'AfterDateTime', endDateTime: '2026-05-21T09:00:00Z' },
    },
    { start: START, expiration: { type: 'afterDateTime', end: instant(START + hours(1)) } },
  ],
  [
    'no end, whatever else is sent',
    { expiration: { type: 'NoExpiration', duration: 'P1Y' } },
    { start: null, expiration: { type: 'noExpiration' } },
  ],
  [
    'a type that goes without saying',
    { expiration: { duration: 'PT8H' } },
    { start: null, expiration: EIGHT },
  ],
  [
    'unknown properties',
    { endDateTime: 'x', expiration: { type: 'AfterDuration', duration: 'PT8H', isActivativation: 1 } },
    { start: null, expiration: EIGHT },
  ],
];
const BAD: readonly [string, unknown, RegExp][] = [
  ['P1Y', { expiration: { type: 'AfterDuration', duration: 'P1Y' } }, /P365D/],
  ['PT2.5H', { expiration: { type: 'AfterDuration', duration: 'PT2.5H' } }, /PT2H30M/],
  ['-PT1H', { expiration: { type: 'AfterDuration', duration: '-PT1H' } }, /negative/],
  ['1h', { expiration: { type: 'AfterDuration', duration: '1h' } }, /ISO 8601/],
  ['no duration', { expiration: { type: 'AfterDuration' } }, /needs 'duration'/],
  ['no end', { expiration: { type: 'AfterDateTime' } }, /needs 'endDateTime'/],
  ['a date', { startDateTime: '2026-05-21' }, /offset/],
  ['a year of six digits', { startDateTime: '+020260-05-21T08:00:00Z' }, /offset/],
  ['a list', { expiration: [] }, /must be an object/],
];

describe('the period of a request', () => {
  test.each(GOOD)('%s', (_, info, period) => {
    expect(periodOf(bagOf(info))).toEqual(period);
  });
  test.each(BAD)('%s is refused', (_, info, says) => {
    expect(() => periodOf(bagOf(info))).toThrow(ArmError);
    expect(() => periodOf(bagOf(info))).toThrow(says);
  });
});
