import { durationOf } from './duration.ts';
import { type Holding, holdingOf } from './holding.ts';
import { text } from './json.ts';
import { dateOf } from './times.ts';
import { arm, type Wire } from './wire.ts';

/** What somebody asked for. */
export interface AskedFor extends Holding {
  readonly status: string;
  readonly kind: string;
  readonly start: Date | undefined;
  readonly duration: string | undefined;
  readonly justification: string;
  readonly ticket: string;
  readonly approval: string | undefined;
  readonly created: Date | undefined;
}

const TYPE = 'roleAssignmentScheduleRequests';

export const requestPath = (scope: string, name: string, verb = ''): string =>
  arm(scope, `${TYPE}/${encodeURIComponent(name)}${verb}`);

export async function requests(wire: Wire, filter: 'asRequestor()' | 'asApprover()'): Promise<AskedFor[]> {
  return (await wire.list(arm('/', TYPE, filter))).flatMap(askedForOf);
}

export function askedForOf(raw: unknown): AskedFor[] {
  const of = (...path: string[]) => text(raw, 'properties', ...path);
  return holdingOf(raw).map((holding) => {
    const start = dateOf(of('scheduleInfo', 'startDateTime'));
    const duration = of('scheduleInfo', 'expiration', 'duration');
    const end = dateOf(of('scheduleInfo', 'expiration', 'endDateTime'));
    const length = durationOf(duration ?? '');
    return {
      ...holding,
      status: of('status') ?? 'Unknown',
      kind: of('requestType') ?? '',
      start,
      duration,
      end: end ?? (start && length ? new Date(start.getTime() + length) : undefined),
      justification: of('justification') ?? '',
      ticket: [of('ticketInfo', 'ticketSystem'), of('ticketInfo', 'ticketNumber')].filter(Boolean).join(' '),
      approval: of('approvalId')?.split('/').at(-1),
      created: dateOf(of('createdOn')),
    };
  });
}

/** Where a request stands, of the many words the wire has for it. */
export type Standing = 'undecided' | 'provisioning' | 'granted' | 'no';

const STANDINGS: { readonly [status: string]: Standing } = {
  pendingapproval: 'undecided',
  pendingadmindecision: 'undecided',
  pendingevaluation: 'undecided',
  accepted: 'provisioning',
  adminapproved: 'provisioning',
  provisioningstarted: 'provisioning',
  schedulecreated: 'provisioning',
  granted: 'granted',
  provisioned: 'granted',
};

export function standing(status: string): Standing {
  const word = status.toLowerCase();
  return STANDINGS[word] ?? (word.startsWith('pending') ? 'provisioning' : 'no');
}

/** `PendingApproval` as words. */
export const words = (status: string): string => status.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
