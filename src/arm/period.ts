import type { Expiration, Period, Request } from '../core/request.ts';
import { type DurationProblem, parseDuration, printInstant, type WrittenDuration } from '../core/values.ts';
import { type Bag, badValue, bag, moment, text, word } from './bag.ts';
import { withoutNulls } from './resourceId.ts';

type ExpirationType = Exclude<Expiration['type'], 'notSpecified'>;
const TYPES: { readonly [word: string]: ExpirationType } = {
  AfterDuration: 'afterDuration',
  AfterDateTime: 'afterDateTime',
  NoExpiration: 'noExpiration',
};

/** The period a body asks for. A start that is not given means at once. */
export function periodOf(properties: Bag): Period {
  const info = bag(properties, 'scheduleInfo', 'InvalidRoleAssignmentRequestSchedule');
  if (!info) return { start: null, expiration: { type: 'notSpecified' } };
  const expiration = bag(info, 'expiration');
  return {
    start: moment(info, 'startDateTime'),
    expiration: expiration ? expirationOf(expiration) : { type: 'notSpecified' },
  };
}

function expirationOf(given: Bag): Expiration {
  const type = word(given, 'type', TYPES) ?? impliedType(given);
  if (type === 'afterDuration') return lengthOf(given);
  if (type !== 'afterDateTime') return { type };
  const end = moment(given, 'endDateTime');
  if (end === null) throw badValue(given, "An expiration of type AfterDateTime needs 'endDateTime'.");
  return { type, end };
}

function impliedType(given: Bag): Expiration['type'] {
  if (text(given, 'duration') !== null) return 'afterDuration';
  return text(given, 'endDateTime') !== null ? 'afterDateTime' : 'notSpecified';
}

function lengthOf(given: Bag): Expiration {
  const written = text(given, 'duration');
  if (written === null)
    throw badValue(given, "An expiration of type AfterDuration needs 'duration', such as PT2H30M.");
  return { type: 'afterDuration', ...durationOf(given, written) };
}

const ADVICE: { readonly [P in DurationProblem]: string } = {
  notADuration: 'it is not an ISO 8601 duration. Write days, hours, minutes and seconds: PT2H30M, P14D',
  fractionOfHours: 'only seconds may have a fraction. Write PT2H30M for two and a half hours',
  calendarUnits: 'years and months have no fixed length. Write days: P365D, P30D',
  negative: 'it is negative. Write a length greater than zero',
  tooLong:
    'it is longer than 100 years. Write less, or expiration.type NoExpiration where the policy allows it',
};

// docs/divergences.md: arm-durations
function durationOf(given: Bag, written: string): WrittenDuration {
  const parsed = parseDuration(written);
  if (typeof parsed !== 'string') return parsed;
  throw badValue(given, `The duration '${written}' cannot be used: ${ADVICE[parsed]}.`);
}

/** The period as answers give it: the start it came to, the end as it was written. */
export function scheduleInfo({ action, period, start, end }: Request): unknown {
  const open = period.expiration.type === 'notSpecified';
  if (open && (action === 'adminRemove' || action === 'selfDeactivate')) return null;
  // Who updates without an end keeps the one there is.
  if (open && action === 'adminUpdate' && end !== null)
    return { startDateTime: printInstant(start), expiration: printed({ type: 'afterDateTime', end }) };
  return { startDateTime: printInstant(start), expiration: printed(period.expiration) };
}

function printed(e: Expiration): unknown {
  switch (e.type) {
    case 'afterDuration':
      return { type: 'AfterDuration', duration: e.text };
    case 'afterDateTime':
      return withoutNulls({ type: 'AfterDateTime', endDateTime: printInstant(e.end) });
    case 'noExpiration':
    case 'notSpecified':
      return { type: 'NoExpiration' };
  }
}
