import { isoDuration, parseDuration, spoken } from './duration.ts';
import { EXIT, Failure, failedRules } from './failure.ts';
import { assignments, isActivated } from './holding.ts';
import type { Io } from './io.ts';
import { text } from './json.ts';
import { type Policy, policyOf, usualDuration } from './policy.ts';
import { type AskedFor, askedForOf, requestPath, standing, words } from './request.ts';
import { sameScope } from './scope.ts';
import { type Common, open, type Session } from './session.ts';
import { type Place, type Target, targetOf } from './target.ts';
import { distance, parseInstant, shown, until } from './times.ts';
import { decided } from './wait.ts';
import { callerOf } from './wire.ts';

export interface ActivateOptions extends Common, Place {
  readonly duration?: string | undefined;
  readonly justification?: string | undefined;
  readonly ticketNumber?: string | undefined;
  readonly ticketSystem?: string | undefined;
  readonly startTime?: string | undefined;
  readonly wait?: boolean | undefined;
  readonly yes?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

/** Turns an eligibility into access for a while. */
export async function activate(io: Io, role: string | undefined, options: ActivateOptions): Promise<number> {
  const start = options.startTime === undefined ? undefined : parseInstant(options.startTime, io.now());
  const asked = options.duration === undefined ? undefined : parseDuration(options.duration);
  const session = await open(io, options);
  const target = await targetOf(session.wire, role, options);
  const policy = await policyOf(session.wire, target.scope.path, target.eligibility.role.id);
  const length = asked ?? usualDuration(policy);
  await assertAgreed(io, options, target, length);
  const body = bodyOf(callerOf(session.wire), target, options, start, length);
  const [answer] = askedForOf(await send(session, target, options, body, policy));
  if (!answer) throw new Failure('InvalidAnswer', 'the server did not answer with a request');
  if (options.dryRun) return tellDryRun(session, answer, target, length);
  const last = options.wait
    ? await decided(session, answer, (line) => io.err(line), waitingFor(policy))
    : answer;
  return tell(session, last, target, policy, length);
}

// A role named in full is not asked about; one that was guessed from a part of its name is, when somebody is there.
async function assertAgreed(io: Io, options: ActivateOptions, target: Target, length: number): Promise<void> {
  if (options.yes || options.dryRun || options.json || target.exact || !io.confirm) return;
  if (await io.confirm(`Activate ${nameOf(target)} for ${spoken(length)}?`)) return;
  throw new Failure('Canceled', 'nothing was changed', { exit: EXIT.canceled });
}

function bodyOf(
  me: string,
  target: Target,
  options: ActivateOptions,
  start: Date | undefined,
  length: number,
): unknown {
  const { raw, role } = target.eligibility;
  const { ticketNumber, ticketSystem } = options;
  return {
    properties: {
      principalId: me,
      roleDefinitionId: role.id,
      requestType: 'SelfActivate',
      linkedRoleEligibilityScheduleId:
        text(raw, 'properties', 'roleEligibilityScheduleId') ?? text(raw, 'id'),
      ...(options.justification === undefined ? {} : { justification: options.justification }),
      ...(ticketNumber === undefined && ticketSystem === undefined
        ? {}
        : { ticketInfo: { ticketNumber, ticketSystem } }),
      scheduleInfo: {
        // Without a start the server begins at its own now.
        ...(start === undefined ? {} : { startDateTime: start.toISOString() }),
        expiration: { type: 'AfterDuration', duration: isoDuration(length) },
      },
    },
  };
}

async function send(
  { io, wire }: Session,
  target: Target,
  { dryRun }: ActivateOptions,
  body: unknown,
  policy: Policy | undefined,
): Promise<unknown> {
  const name = io.newId();
  try {
    if (dryRun) return await wire.ask('POST', requestPath(target.scope.path, name, '/validate'), body);
    return await wire.ask('PUT', requestPath(target.scope.path, name), body);
  } catch (thrown) {
    throw thrown instanceof Failure ? withLongest(thrown, policy) : thrown;
  }
}

// The refusal names the rule; the figure stands in the policy.
function withLongest(failure: Failure, policy: Policy | undefined): Failure {
  if (policy?.longest === undefined || !failedRules(failure).includes('ExpirationRule')) return failure;
  const hint = `the policy allows ${spoken(policy.longest)} at most: --duration ${isoDuration(policy.longest)}`;
  const { code, message, exit, details, status = 400 } = failure;
  return new Failure(code, message, { hint, exit, details, status });
}

function tellDryRun(session: Session, answer: AskedFor, target: Target, length: number): number {
  const then = standing(answer.status) === 'undecided' ? 'would wait for approval' : 'would be granted';
  session.tell(answer.raw, [`${nameOf(target)} for ${spoken(length)} ${then}. Nothing was changed.`]);
  return EXIT.ok;
}

async function tell(
  session: Session,
  answer: AskedFor,
  target: Target,
  policy: Policy | undefined,
  length: number,
): Promise<number> {
  const what = nameOf(target);
  switch (standing(answer.status)) {
    case 'undecided':
      session.tell(answer.raw, [
        `${what} for ${spoken(length)} waits for approval${waitingFor(policy)}.`,
        `Request: ${answer.name}`,
      ]);
      return EXIT.pending;
    case 'provisioning':
      session.tell(answer.raw, [`${what} is granted and being set up. See it with: postern mine`]);
      return EXIT.ok;
    case 'granted':
      session.tell(answer.raw, [await grantedSentence(session, answer, target, length)]);
      return EXIT.ok;
    case 'no':
      session.tell(answer.raw, []);
      throw refusedLater(answer, what);
  }
}

async function grantedSentence(
  session: Session,
  answer: AskedFor,
  target: Target,
  length: number,
): Promise<string> {
  const now = session.io.now();
  const { start } = answer;
  if (answer.status.toLowerCase() === 'granted' && start && start > now) {
    return `${nameOf(target)} starts ${shown(start, now)} (${distance(start, now)}), for ${spoken(length)}.`;
  }
  return `${nameOf(target)} is active ${until((await endOf(session, target)) ?? answer.end, now)}.`;
}

// The server may end it earlier than asked, with the eligibility; what it says counts.
async function endOf({ wire }: Session, target: Target): Promise<Date | undefined> {
  const { role } = target.eligibility;
  const held = (await assignments(wire)).filter(isActivated);
  return held.find((one) => one.role.guid === role.guid && sameScope(one.scope.path, target.scope.path))?.end;
}

function refusedLater(answer: AskedFor, what: string): Failure {
  const byPeople = ['Denied', 'AdminDenied', 'TimedOut'].includes(answer.status);
  const exit = byPeople ? EXIT.refused : EXIT.error;
  const hint = byPeople
    ? 'ask an approver why, then activate again'
    : 'activate again; if it goes on, ask an administrator';
  return new Failure(answer.status, `the request for ${what} ended: ${words(answer.status)}`, { exit, hint });
}

const waitingFor = (policy: Policy | undefined): string =>
  policy && policy.approvers.length > 0 ? ` by ${policy.approvers.join(' or ')}` : '';

const nameOf = ({ eligibility, scope }: Target): string => `${eligibility.role.name} on ${scope.name}`;
