import { durationOf, spoken } from './duration.ts';
import { EXIT, Failure } from './failure.ts';
import type { Io } from './io.ts';
import { at, text } from './json.ts';
import { columns } from './print.ts';
import { type AskedFor, requests } from './request.ts';
import { lastPart } from './scope.ts';
import { type Common, open, type Session } from './session.ts';
import { distance } from './times.ts';
import { arm } from './wire.ts';

export interface ReviewOptions extends Common {
  readonly justification?: string | undefined;
}

const VERSION = '2021-01-01-preview';

/** Approves or denies one request that waits for me; without one, lists them. */
export async function review(
  io: Io,
  result: 'Approve' | 'Deny',
  id: string | undefined,
  options: ReviewOptions,
): Promise<number> {
  const session = await open(io, options);
  const waiting = await requests(session.wire, 'asApprover()');
  if (id === undefined) return list(session, waiting);
  const request = pick(waiting, id);
  const stage = await openStage(session, request);
  const justification = options.justification === undefined ? {} : { justification: options.justification };
  const answer = await session.wire.ask('PATCH', stage, {
    properties: { reviewResult: result, ...justification },
  });
  const done = result === 'Approve' ? 'Approved' : 'Denied';
  session.tell(answer, [
    `${done}: ${request.principal.name}, ${request.role.name} on ${request.scope.name}${lengthOf(request)}.`,
  ]);
  return EXIT.ok;
}

function list(session: Session, waiting: readonly AskedFor[]): number {
  const now = session.io.now();
  const rows = waiting.map((request) => [
    request.name,
    request.principal.name,
    request.role.name,
    request.scope.name,
    spokenLength(request) ?? '',
    request.created ? distance(request.created, now) : '',
    request.ticket,
    request.justification,
  ]);
  const head = ['REQUEST', 'WHO', 'ROLE', 'SCOPE', 'FOR', 'ASKED', 'TICKET', 'REASON'];
  session.tabulate({ value: waiting.map(({ raw }) => raw) }, head, rows, 'Nothing waits for you.');
  return EXIT.ok;
}

/** By the id of the request or of its approval, or the beginning of one that no other has. */
function pick(waiting: readonly AskedFor[], id: string): AskedFor {
  const word = lastPart(id).toLowerCase();
  const ids = ({ name, approval }: AskedFor) => [name, approval ?? ''].map((one) => one.toLowerCase());
  const exact = waiting.filter((request) => ids(request).includes(word));
  const fits =
    exact.length > 0
      ? exact
      : waiting.filter((request) => ids(request).some((one) => word !== '' && one.startsWith(word)));
  if (fits.length === 1 && fits[0]) return fits[0];
  const details = columns(
    (fits.length > 0 ? fits : waiting).map((r) => [r.name, r.principal.name, r.role.name, r.scope.name]),
  );
  if (fits.length > 1)
    throw new Failure('Ambiguous', `several requests begin with '${id}':`, {
      details,
      hint: 'give more of the id',
    });
  const hint = 'postern approve lists what waits for you';
  throw new Failure(
    'NotFound',
    `no request '${id}' waits for you${details.length > 0 ? '; there are:' : ''}`,
    { details, hint },
  );
}

async function openStage({ wire }: Session, request: AskedFor): Promise<string> {
  const base = `roleAssignmentApprovals/${encodeURIComponent(request.approval ?? '')}/stages`;
  const stages = await wire.list(arm('/', base, undefined, VERSION));
  const open = stages.filter(
    (stage) => (text(stage, 'properties', 'reviewResult') ?? 'NotReviewed') === 'NotReviewed',
  );
  const stage = open.find((one) => at(one, 'properties', 'assignedToMe') === true) ?? open[0];
  const name = text(stage, 'name') ?? lastPart(text(stage, 'id') ?? '');
  if (!name)
    throw new Failure('ApprovalStageAlreadyCompleted', 'there is nothing left to decide about this request');
  return arm('/', `${base}/${encodeURIComponent(name)}`, undefined, VERSION);
}

function spokenLength({ duration, start, end }: AskedFor): string | undefined {
  const length = durationOf(duration ?? '') ?? (start && end ? end.getTime() - start.getTime() : undefined);
  return length ? spoken(length) : undefined;
}

function lengthOf(request: AskedFor): string {
  const length = spokenLength(request);
  return length ? ` for ${length}` : '';
}
