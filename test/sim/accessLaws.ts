import { isDeepStrictEqual } from 'node:util';
import { answersOf } from './answers.ts';
import { first, type Law } from './law.ts';
import { holdingsOf } from './reference.ts';

export const byHoldings: Law = {
  id: 'L6',
  says: 'who holds no live assignment is denied, and who is only eligible holds none',
  broken: (s) =>
    first(
      answersOf(s),
      ({ person, target, current, answer }) =>
        current && answer.allowed && holdingsOf(s.after, person, target, s.now).length === 0,
      ({ person, target }) => `${person} is allowed ${target.plane} and holds nothing`,
    ),
};

export const whatIsLeft: Law = {
  id: 'L7',
  says: 'who holds it still, by whichever assignment, is allowed, by exactly what they hold',
  broken: (s) =>
    first(
      answersOf(s),
      ({ person, target, current, answer }) =>
        current &&
        !isDeepStrictEqual(
          [...new Set(answer.because.map((g) => g.schedule.id as string))].sort(),
          holdingsOf(s.after, person, target, s.now),
        ),
      ({ person, target, answer }) =>
        `${person} at ${target.plane}: ${answer.because.map((g) => g.schedule.id)} instead of ${holdingsOf(s.after, person, target, s.now)}`,
    ),
};

export const othersStay: Law = {
  id: 'L7',
  says: 'the end of one schedule leaves every other as it was',
  broken: (s) => {
    const named = new Set(s.fresh.flatMap((l) => (l.entity?.kind === 'schedule' ? [l.entity.id] : [])));
    return first(
      s.before.schedule.values(),
      (x) => !named.has(x.id) && !isDeepStrictEqual(x, s.after.schedule.get(x.id)),
      (x) => `${x.id} changed and no event says so`,
    );
  },
};

export const disabled: Law = {
  id: 'L8',
  says: 'a disabled principal has nothing waiting and is denied',
  broken: (s) =>
    first(
      s.after.request.values(),
      (r) => r.state === 'pendingApproval' && s.after.principal.get(r.principal)?.enabled === false,
      (r) => `${r.id} waits for somebody disabled`,
    ) ??
    first(
      answersOf(s),
      ({ person, current, answer }) =>
        current && answer.allowed && s.after.principal.get(person)?.enabled === false,
      ({ person }) => `${person} is disabled and allowed`,
    ),
};
