import type { JWK } from 'jose';
import type { CredentialKind, CredentialOf } from '../core/credential.ts';
import type { EntityKind, Event } from '../core/event.ts';
import type { Policy, PolicyKey } from '../core/policy.ts';
import type { Principal, PrincipalKind } from '../core/principal.ts';
import type { Request, RequestState } from '../core/request.ts';
import type { Kind, Schedule } from '../core/schedule.ts';
import type { Scope } from '../core/scope.ts';
import type { Holding, Plane } from '../core/target.ts';
import type { Instant, PrincipalId, RequestId, RoleKey, ScheduleId, ScopeKey } from '../core/values.ts';
import type { Entity, World } from '../core/world.ts';

/** Time, as the domain sees it. */
export interface Clock {
  now(): Instant;
}

/** New names. */
export interface Ids {
  guid(): string;
}

/** What a batch of commands has to know. Everything named is loaded, and what belongs to it. */
export interface FactsQuestion {
  /**
   * Principals, with every group they are in transitively (by group assignments that are not ended), and for all of these:
   * the schedules not announced as ended that lie at one of `scopes`, and those that make somebody a group's member.
   */
  readonly principals: readonly PrincipalId[];
  /** Scopes, with all above them that the scope table knows. Keys without a row are asked for as they are. */
  readonly scopes: readonly ScopeKey[];
  /**
   * Requests by name; with each the schedule of its name, the schedule it is about, the eligibility it uses, and the
   * principals it names.
   */
  readonly requests: readonly RequestId[];
  /** Schedules by name; with each the request that created it. */
  readonly schedules: readonly ScheduleId[];
  /** Holdings of which the assigned schedule is wanted that was announced as expired and had the latest end. */
  readonly expired: readonly HoldingOfKind[];
  readonly policies: readonly PolicyKey[];
  readonly credentials: readonly string[];
  /** Scopes, with all below them that the scope table knows, by parent or by path. */
  readonly below?: readonly ScopeKey[];
  /**
   * Scopes that are to be emptied: the schedules not announced as ended, the requests in state pendingApproval and the
   * policies that lie, by their path, at or below them.
   */
  readonly emptied?: readonly ScopeKey[];
  /** Custom roles by name, and by what they are called (in lower case). Absent: none, here and below. */
  readonly roles?: readonly RoleKey[];
  readonly roleNames?: readonly string[];
  /**
   * Whether somebody holds these roles or waits for them: of each, at each scope, the open schedule and the pending request
   * with the smallest id.
   */
  readonly roleUses?: readonly RoleKey[];
  /** Open assignments of these roles at one of `scopes` or above, whoever holds them, with their principals. */
  readonly holdersOf?: readonly RoleKey[];
  readonly denyAssignments?: readonly string[];
}
export interface HoldingOfKind extends Holding {
  readonly kind: Kind;
}
// Whatever is loaded brings along:
// - with a schedule: the request that created it, while that is still open, and the requests that wait for its
//   administrators to extend or renew it;
// - with an eligibility: the schedules activated from it that are not announced as ended, and the requests that create
//   these or wait for a yes to use it;
// - with a principal that was named: its requests that wait for somebody's word;
// - with a scope: the deny assignments at it that were not removed;
// - with a schedule, and with a request that was named: its custom role.

/** One line of the log: the event, who caused it, and which version of which entity it made. */
export interface LogLine {
  readonly event: Event;
  readonly actor: PrincipalId;
  /** Correlates the lines of one call; a GUID. */
  readonly correlation: string;
  readonly entity: { readonly kind: EntityKind; readonly id: string; readonly version: number } | null;
}

/** A log line as it was stored. */
export interface StoredLine extends LogLine {
  /** The change number: grows with every line; readers ask for what is greater than the last they saw. */
  readonly seq: number;
}

/** An entity as it is after a batch, and the version it had when it was read (0: it was not there). */
export interface Change {
  readonly kind: EntityKind;
  readonly id: string;
  readonly base: number;
  readonly entity: Entity;
}

/** All that one batch writes, in one transaction. */
export interface Recording {
  readonly changes: readonly Change[];
  /** Entities that were read and must still be at that version, though they are not changed; 0: still not there. */
  readonly relies: readonly { readonly kind: EntityKind; readonly id: string; readonly version: number }[];
  readonly lines: readonly LogLine[];
  /** What credentials are verified with; never in the log. */
  readonly verifiers: readonly { readonly credential: string; readonly verifier: string }[];
}

/** Somebody else was quicker: nothing was written. The ids are those that are known to have moved; empty: unknown. */
export class Conflict extends Error {
  readonly ids: readonly string[];
  constructor(ids: readonly string[]) {
    super('the state moved since it was read');
    this.ids = ids;
  }
}

/** The store cannot be reached, is read-only or full; nothing is known to have been written. */
export class StoreUnavailable extends Error {}

export interface Page<T> {
  readonly rows: readonly T[];
  /** Where the next page begins; null when this was the last. */
  readonly next: string | null;
}

export interface Paging {
  readonly limit: number;
  /** The `next` of the page before. */
  readonly after?: string | null;
}

/** Where schedules or requests must lie: at one of these scopes, or at or below one of these roots. */
export interface ScopeFilter {
  readonly at?: readonly ScopeKey[];
  readonly below?: readonly ScopeKey[];
}

/** Which schedules; every part that is given must hold. Ordered by id. */
export interface ScheduleQuestion extends Paging {
  readonly plane: Plane;
  readonly kind: Kind;
  /** Rows whose scope is in `at` or lies at or below one of `below` (either is enough); absent: anywhere. */
  readonly scope?: ScopeFilter;
  readonly principals?: readonly PrincipalId[];
  readonly roles?: readonly RoleKey[];
  readonly ids?: readonly ScheduleId[];
  /** Only those live at this instant. */
  readonly liveAt?: Instant;
  /** Only those in force at this instant or later. */
  readonly standingAt?: Instant;
}

/** Which requests; every part that is given must hold. Ordered by id. */
export interface RequestQuestion extends Paging {
  readonly plane: Plane;
  readonly kind?: Kind;
  readonly scope?: ScopeFilter;
  readonly principals?: readonly PrincipalId[];
  readonly requestors?: readonly PrincipalId[];
  readonly roles?: readonly RoleKey[];
  readonly states?: readonly RequestState[];
  /** Requests whose stages name one of these as approver (primary), or leave the word to the administrators. */
  readonly approvers?: readonly (PrincipalId | 'administrators')[];
}

/** Which principals; ordered by id. `is` compares one field exactly, without regard to case for upn and mail. */
export interface PrincipalQuestion extends Paging {
  readonly kinds?: readonly PrincipalKind[];
  readonly is?: { readonly field: 'upn' | 'mail' | 'displayName' | 'appId' | 'id'; readonly value: string };
  readonly startsWith?: { readonly field: 'upn' | 'displayName'; readonly value: string };
  readonly ids?: readonly PrincipalId[];
}

/**
 * The state and the log. Reads are questions; `record` is the only write. Every method rejects with StoreUnavailable when
 * the store cannot be reached.
 */
export interface Store {
  /** What a batch asks for, from one snapshot. Unknown ids are absent from the answer. */
  facts(question: FactsQuestion): Promise<World>;
  /**
   * Writes rows, log and verifiers in one transaction, or nothing. A change is written only at its base version; a row that
   * moved, a relied-on version that moved, or two open schedules of one holding that overlap reject with Conflict. So does
   * what would leave open what must close with it, because somebody else made it meanwhile: an eligibility that was ended
   * (endedAt) with a schedule activated from it, or a request waiting to use it, still open, or that ends before one of
   * these does (T6); a schedule that was ended with a request still waiting to extend it; a disabled principal with a
   * request still pending (L8); a deleted scope with a scope, a schedule or a pending request left in it; a custom role
   * that was removed with an open schedule or a pending request of it, or has one where it can no longer be given, and two
   * custom roles of one name. A relied-on entity is locked until the commit, so that one of the two sees the other.
   * Resolves, after it is durable, with the highest change number.
   */
  record(recording: Recording): Promise<number>;
  /** Schedules and requests of which the tick has something to say at this instant, earliest first, at most `limit`. */
  due(
    now: Instant,
    limit: number,
  ): Promise<{ schedules: readonly ScheduleId[]; requests: readonly RequestId[] }>;
  /** The earliest instant at which the tick will have something to say; null when nothing waits. */
  nextDue(): Promise<Instant | null>;
  /** The latest instant the log has seen: time never runs behind it. (T2) Null for an empty log. */
  highWater(): Promise<Instant | null>;
  /** Log lines after a change number, in order, at most `limit`. */
  linesAfter(seq: number, limit: number): Promise<readonly StoredLine[]>;
  /** All of the state, from one snapshot, with its change number: for start-up and for the fold test. */
  everything(): Promise<{ readonly world: World; readonly seq: number }>;
  /** What the access index starts from: scopes, principals, custom roles and deny assignments that were not removed,
   * and schedules that are not announced as ended. */
  accessState(): Promise<{ readonly world: World; readonly seq: number }>;

  request(id: RequestId): Promise<Request | null>;
  schedule(id: ScheduleId): Promise<Schedule | null>;
  /** The policies that were changed, of these keys. */
  policies(keys: readonly PolicyKey[]): Promise<readonly Policy[]>;
  schedules(question: ScheduleQuestion): Promise<Page<Schedule>>;
  requests(question: RequestQuestion): Promise<Page<Request>>;
  principals(question: PrincipalQuestion): Promise<Page<Principal>>;
  /** All that were ever named; those that were deleted say when. */
  scopes(): Promise<readonly Scope[]>;
  /** A principal's credentials of a kind, by id. */
  credentials<K extends CredentialKind>(principal: PrincipalId, kind: K): Promise<readonly CredentialOf<K>[]>;
  /** What verifies a principal's credentials of a kind. */
  verifiers(principal: PrincipalId, kind: 'password' | 'secret'): Promise<readonly string[]>;
}

/** What sign-ins leave behind, by model name and id. */
export interface SignInStore {
  /** Writes over what is there, but what was consumed stays so; an `expiresAt` of null means never. */
  put(model: string, id: string, payload: Record<string, unknown>, expiresAt: Date | null): Promise<void>;
  /** Null when absent. One that was consumed carries `consumed`: seconds since 1970. */
  get(model: string, id: string): Promise<Record<string, unknown> | null>;
  find(model: string, by: 'uid' | 'userCode', value: string): Promise<Record<string, unknown> | null>;
  /** True for exactly one caller, however many ask at once; false for what was consumed before or is absent. */
  consume(model: string, id: string, at: Date): Promise<boolean>;
  remove(model: string, id: string): Promise<void>;
  /** Removes the `Grant` of this id and everything whose payload has this `grantId`. */
  removeGrant(grantId: string): Promise<void>;
  /** The private signing keys, newest first. */
  keys(): Promise<JWK[]>;
  addKey(jwk: JWK): Promise<void>;
}
