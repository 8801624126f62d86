import { isDeepStrictEqual } from 'node:util';
import type { RequestState } from '../../src/core/request.ts';
import type { Schedule } from '../../src/core/schedule.ts';
import { BOT } from './estate.ts';
import { activations, first, idOf, type Law, schedules } from './law.ts';
import { overAt } from './reference.ts';

// The declared table once more, so that a change of the product's own does not go unseen.
const LEGAL: Readonly<Record<RequestState, string>> = {
  pendingApproval: 'granted denied timedOut canceled failed',
  pendingAdminDecision: 'adminApproved adminDenied timedOut canceled failed',
  granted: 'provisioned revoked failed canceled',
  provisioned: '',
  revoked: '',
  denied: '',
  adminApproved: '',
  adminDenied: '',
  timedOut: '',
  canceled: '',
  failed: '',
};

export const legalMoves: Law = {
  id: 'L1',
  says: 'requests move only along the table',
  broken: ({ told }) =>
    first(
      told.stories,
      ([, { states }]) =>
        states.some((to, i) => i > 0 && !LEGAL[states[i - 1] as RequestState].split(' ').includes(to)),
      ([id, { states }]) => `${id}: ${states.join(' → ')}`,
    ),
};

export const frozen: Law = {
  id: 'L1',
  says: 'a closed request never changes',
  broken: (s) =>
    first(
      s.before.request.values(),
      (r) =>
        LEGAL[r.state] === '' &&
        r !== s.after.request.get(r.id) &&
        !isDeepStrictEqual(r, s.after.request.get(r.id)),
      (r) => `${r.id} was ${r.state} and changed`,
    ),
};

export const decidedOnce: Law = {
  id: 'L2',
  says: 'one event takes a request out of waiting, and one closes it',
  broken: ({ told }) =>
    first(
      told.stories,
      ([, { states }]) =>
        states.filter((x, i) => i > 0 && /^pending/.test(states[i - 1] ?? '') && !/^pending/.test(x)).length >
          1 || states.filter((x) => LEGAL[x] === '').length > 1,
      ([id, { states }]) => `${id}: ${states.join(' → ')}`,
    ),
};

export const grantedOnce: Law = {
  id: 'L3',
  says: 'an activation has one granting request, and a request grants at most one schedule',
  broken: (s) =>
    first(
      s.told.stories,
      ([, { grants }]) => grants > 1,
      ([id]) => `${id} granted twice`,
    ) ??
    first(
      activations(s),
      (a) => s.told.stories.get(a.createdBy ?? '')?.grants !== 1,
      (a) => `${a.id} has no granting request`,
    ),
};

export const oneLive: Law = {
  id: 'L4',
  says: 'a person holds a target by one assignment at a time',
  broken: (s) => {
    const open = schedules(s).filter(
      (x) => x.kind === 'assignment' && overAt(x) > s.now && overAt(x) > x.start,
    );
    const clash = (a: Schedule) =>
      open.find(
        (b) =>
          b !== a &&
          b.principal === a.principal &&
          b.plane === a.plane &&
          b.role === a.role &&
          b.scope === a.scope &&
          a.start < overAt(b) &&
          b.start < overAt(a),
      );
    return first(
      open,
      (a) => clash(a) !== undefined,
      (a) => `${a.id} overlaps ${clash(a)?.id}`,
    );
  },
};

export const madeOnce: Law = {
  id: 'L5',
  says: 'a name is used for one request and one schedule, ever',
  broken: (s) =>
    first(
      s.fresh,
      ({ event: e }) =>
        (e.type === 'requested' && s.before.request.has(e.request.id)) ||
        (e.type === 'scheduleCreated' && s.before.schedule.has(e.schedule.id)),
      () => 'a name was used again',
    ),
};

export const forOneself: Law = {
  id: 'L9',
  says: 'only people activate or ask for more time, and only for themselves',
  broken: (s) =>
    first(
      s.after.request.values(),
      (r) => r.action.startsWith('self') && (r.requestor !== r.principal || r.principal === BOT),
      idOf,
    ),
};

export const notOnesOwn: Law = {
  id: 'A1',
  says: 'nobody votes on their own request',
  broken: (s) =>
    first(
      s.after.request.values(),
      (r) => r.stages.some(({ votes }) => votes.some((v) => v.by === r.principal || v.by === r.requestor)),
      idOf,
    ),
};

export const byApprovers: Law = {
  id: 'A2',
  says: 'who votes is, at that instant, an approver of the open stage',
  broken: ({ told }) =>
    first(
      told.stories,
      ([, { strangers }]) => strangers > 0,
      ([id]) => id,
    ),
};
