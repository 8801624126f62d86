import type { Request } from '../../src/core/request.ts';
import type { Schedule } from '../../src/core/schedule.ts';
import { hours, type Instant, instant } from '../../src/core/values.ts';
import type { World } from '../../src/core/world.ts';
import { answersOf, askAll } from './answers.ts';
import { activations, first, idOf, type Law, type Step, schedules } from './law.ts';
import { inForce, overAt } from './reference.ts';

/** The end of what is about to end next, to look at the instant itself and the millisecond before it. */
const nextEnds = (s: Step): readonly Instant[] => {
  const ends = schedules(s).flatMap((x) => (x.end !== null && x.end > s.now ? [x.end] : []));
  const soonest = ends.length > 0 ? Math.min(...ends) : null;
  return soonest === null ? [] : [instant(soonest - 1), instant(soonest)];
};

export const outlived: Law = {
  id: 'T1',
  says: 'no access check allows anything by what is over, on any replica, ticked or not',
  broken: (s) =>
    first(
      [s.now, ...nextEnds(s)].flatMap((t) =>
        (t === s.now ? answersOf(s) : askAll(s, t)).map(({ person, answer }) => ({ t, person, answer })),
      ),
      ({ t, answer }) =>
        answer.because.some((g) => g.schedule.start > t || (g.until !== null && t >= g.until)),
      ({ person, t }) => `${person} holds at ${t} by something that is over`,
    ),
};

export const bounded: Law = {
  id: 'T5',
  says: 'an activation ends no later than its request, its policy, its eligibility and its plane allow',
  broken: (s) =>
    first(
      activations(s),
      (a) =>
        (a.end ?? Number.POSITIVE_INFINITY) > boundOf(s, a) ||
        a.end === null ||
        a.end <= a.start ||
        overAt(a) > eligibleUntil(s, a),
      (a) => `${a.id} ends at ${a.end}`,
    ),
};

function boundOf({ after, told }: Step, a: Schedule): number {
  const story = told.stories.get(a.createdBy ?? '');
  const request = after.request.get(a.createdBy ?? '');
  const asked =
    request?.period.expiration.type === 'afterDateTime'
      ? request.period.expiration.end
      : a.start + ((request?.end ?? a.start) - (request?.start ?? a.start));
  return Math.min(asked, a.start + (story?.maximum ?? 0), a.start + hours(24));
}

// What somebody ended may have been meant to last longer than the eligibility came to last afterwards.
const eligibleUntil = ({ after }: Step, a: Schedule): number =>
  after.schedule.get(a.activatedFrom ?? '')?.end ?? Number.POSITIVE_INFINITY;

export const neverLater: Law = {
  id: 'T5',
  says: 'nothing moves the end of an activation later',
  broken: (s) =>
    first(
      activations(s),
      (a) => {
        const was = s.before.schedule.get(a.id);
        return was !== undefined && overAt(a) > overAt(was);
      },
      (a) => `${a.id} ends later than before`,
    ),
};

export const derived: Law = {
  id: 'T6',
  says: 'what was activated from an eligibility is over when the eligibility is',
  broken: (s) =>
    first(
      activations(s),
      (a) => {
        const from = s.after.schedule.get(a.activatedFrom ?? '');
        return from === undefined || (overAt(a) > overAt(from) && overAt(a) > a.start);
      },
      (a) => `${a.id} outlives the eligibility it was activated from`,
    ),
};

export const notEarly: Law = {
  id: 'T8',
  says: 'an end is announced at its time or after',
  broken: (s) =>
    first(
      s.fresh,
      ({ event: e }) =>
        e.type === 'accessEnded' &&
        e.reason === 'expired' &&
        (s.after.schedule.get(e.schedule)?.end ?? Number.POSITIVE_INFINITY) > s.now,
      ({ event }) => JSON.stringify(event),
    ),
};

const unsaid = (world: World, t: Instant): readonly string[] => [
  ...[...world.schedule.values()]
    .filter((x) => (overAt(x) <= t && x.announced !== 'end') || (inForce(x, t) && x.announced !== 'begin'))
    .map(idOf),
  ...[...world.request.values()].filter((r) => waitedOut(r, t)).map(idOf),
];

const waitedOut = (r: Request, t: Instant): boolean =>
  /^pending/.test(r.state) && t >= r.stageSince + (r.stages[r.stage]?.timeout ?? 0);

/** When the tick has nothing left to do, nothing may be left to say: no guard keeps an end from being announced. (T8) */
export const SAID: Law = {
  id: 'T8',
  says: 'when the tick has looked, all that is over is announced and nobody waits who cannot be answered',
  broken: ({ after, now }) => unsaid(after, now)[0],
};
