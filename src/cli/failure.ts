import { columns, plain } from './print.ts';

/** What a verb ends with. Scripts rely on these numbers; the help text names them. */
export const EXIT = { ok: 0, error: 1, pending: 2, refused: 3, canceled: 130 } as const;

interface Extra {
  readonly hint?: string | undefined;
  readonly exit?: number;
  readonly status?: number;
  readonly details?: readonly string[];
}

/** Everything the CLI says no with: a code, a sentence, and what to do next. */
export class Failure extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly exit: number;
  readonly status: number | undefined;
  readonly details: readonly string[];

  constructor(code: string, message: string, extra: Extra = {}) {
    super(message);
    this.code = code;
    this.hint = extra.hint ?? ADVICE[code]?.hint;
    this.exit = extra.exit ?? ADVICE[code]?.exit ?? EXIT.error;
    this.status = extra.status;
    this.details = extra.details ?? [];
  }
}

const POLICY = 'RoleAssignmentRequestPolicyValidationFailed';

// The error codes of the wire that have a next step of their own.
const ADVICE: { readonly [code: string]: { readonly hint: string; readonly exit?: number } } = {
  [POLICY]: { exit: EXIT.refused, hint: 'give what the failed rules ask for and try again' },
  RoleAssignmentRequestAcrsValidationFailed: {
    exit: EXIT.refused,
    hint: 'the policy wants a stronger sign-in: sign in again (az login) with the factor it asks for, then try again',
  },
  RequestDisallowedByAzure: { exit: EXIT.refused, hint: 'sign in again with a second factor (az login)' },
  PendingRoleAssignmentRequest: {
    exit: EXIT.pending,
    hint: 'you asked already: postern mine shows it; it waits for an approver',
  },
  RoleAssignmentExists: { hint: 'it is active already: postern mine shows until when' },
  OverlapsPendingRoleAssignmentRequests: {
    hint: 'a later activation is planned for that time: postern mine',
  },
  RoleAssignmentDoesNotExist: { hint: 'postern mine shows what you hold and may activate' },
  ActiveDurationTooShort: {
    hint: 'an activation must have run for a few minutes before it can be given back',
  },
  JustificationRequired: { hint: 'say why: --justification "..."' },
  ApprovalStageAlreadyCompleted: { hint: 'somebody else decided it: postern approve lists what still waits' },
  AuthorizationFailed: { hint: 'you are not the one who may do this; see who you are with az account show' },
  ExpiredAuthenticationToken: { hint: 'sign in again: az login' },
  InvalidAuthenticationToken: { hint: 'sign in again: az login' },
  AuthenticationFailed: { hint: 'sign in again: az login' },
  TooManyRequests: { hint: 'wait a minute and try again' },
};

const RULES: { readonly [rule: string]: string } = {
  ExpirationRule: 'the period is longer than the policy allows: give a shorter --duration',
  JustificationRule: 'a reason is required: --justification "..."',
  TicketingRule: 'a ticket is required: --ticket-number and --ticket-system',
  MfaRule: 'a sign-in with a second factor is required: az login, then try again',
  EligibilityRule: 'no eligibility of yours covers this role at this scope: postern mine',
};

/** Both known spellings of the message name the rules as words that end in `Rule`. */
export function failedRules(failure: Failure): readonly string[] {
  return failure.code === POLICY ? [...new Set(failure.message.match(/\b[A-Z][A-Za-z]*Rule\b/g) ?? [])] : [];
}

export function report(err: (line: string) => void, thrown: unknown): number {
  const failure = thrown instanceof Failure ? thrown : new Failure('InternalError', messageOf(thrown));
  err(plain(`postern: ${failure.code}: ${failure.message}`));
  const rules = failedRules(failure).map((rule) => [
    rule,
    RULES[rule] ?? 'the policy of the role refuses it',
  ]);
  for (const line of columns(rules)) err(`  ${line}`);
  for (const detail of failure.details) err(plain(`  ${detail}`));
  if (failure.hint) err(plain(`hint: ${failure.hint}`));
  return failure.exit;
}

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
