import { EXIT, Failure } from './failure.ts';
import { assignments, eligibilities, type Holding, isActivated } from './holding.ts';
import type { Io } from './io.ts';
import { type AskedFor, requests, standing, words } from './request.ts';
import { type Common, open } from './session.ts';
import { distance, shown, until } from './times.ts';
import type { Wire } from './wire.ts';

/** What I may activate, what is active, and what waits. */
export async function mine(io: Io, options: Common): Promise<number> {
  const session = await open(io, options);
  const [eligible, active, asked] = await Promise.all([
    eligibilities(session.wire),
    assignments(session.wire),
    myRequests(session.wire),
  ]);
  const waiting = asked.filter((request) => isOpen(request, io.now()));
  const answer = { eligible: raws(eligible), active: raws(active), pending: raws(waiting) };
  const rows = lines(eligible, active, waiting, io.now());
  session.tabulate(
    answer,
    ['ROLE', 'SCOPE', 'STATE', 'ENDS', 'PATH'],
    rows,
    'You hold no role and may activate none.',
  );
  return EXIT.ok;
}

// The real service refuses this list to people who hold no role yet; they have nothing to see in it that `activate` did not say.
async function myRequests(wire: Wire): Promise<AskedFor[]> {
  try {
    return (await requests(wire, 'asRequestor()')).filter(({ kind }) => /^self/i.test(kind));
  } catch (thrown) {
    if (thrown instanceof Failure && ['InsufficientPermissions', 'AuthorizationFailed'].includes(thrown.code))
      return [];
    throw thrown;
  }
}

const isOpen = ({ status, start }: AskedFor, now: Date): boolean =>
  standing(status) === 'undecided' ||
  standing(status) === 'provisioning' ||
  (status.toLowerCase() === 'granted' && start !== undefined && start > now);

type Line = readonly [role: string, scope: string, state: string, ends: string, path: string];

function lines(
  eligible: readonly Holding[],
  active: readonly Holding[],
  waiting: readonly AskedFor[],
  now: Date,
): Line[] {
  const taken = new Set([...active.filter(isActivated), ...waiting].map(key));
  const free = eligible.filter((held) => !taken.has(key(held)));
  const ends = new Map(eligible.map((held) => [key(held), held.end]));
  const endOf = (held: Holding) =>
    isActivated(held) && ends.has(key(held)) ? ends.get(key(held)) : held.end;
  return [
    ...active.map((held) => line(held, activeState(held, now), endOf(held), now)),
    ...waiting.map((asked) => line(asked, waitingState(asked, now), ends.get(key(asked)), now)),
    ...free.map((held) => line(held, 'eligible', held.end, now)),
  ];
}

const line = (held: Holding, state: string, end: Date | undefined, now: Date): Line => [
  held.role.name,
  held.scope.name,
  state,
  end ? shown(end, now) : 'never',
  held.scope.path,
];

const activeState = (held: Holding, now: Date): string =>
  isActivated(held) || held.end ? `active ${until(held.end, now)}` : 'active (standing)';

const waitingState = ({ status, start }: AskedFor, now: Date): string =>
  standing(status) === 'granted' && start
    ? `starts ${shown(start, now)} (${distance(start, now)})`
    : words(status);

const key = ({ role, scope }: Holding): string => `${role.guid} ${scope.path.toLowerCase()}`;

const raws = (rows: readonly Holding[]): readonly unknown[] => rows.map(({ raw }) => raw);
