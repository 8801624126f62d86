import type { Instant, PrincipalId } from './values.ts';

export type PrincipalKind = 'person' | 'group' | 'workload';

/** Whoever can hold something: a person, a group, or a workload identity (an application's service principal). */
export interface Principal {
  readonly id: PrincipalId;
  readonly kind: PrincipalKind;
  readonly displayName: string;
  /** userPrincipalName of a person, else null. */
  readonly upn: string | null;
  readonly mail: string | null;
  /** Client id of a workload identity's application, else null. */
  readonly appId: string | null;
  readonly enabled: boolean;
  /** Groups only, fixed at creation: may be given directory roles. */
  readonly roleAssignable: boolean;
  /** What is shown and nothing depends on: job title, department, description, mail nickname. */
  readonly about: Readonly<Record<string, string>>;
  readonly createdAt: Instant;
  readonly version: number;
}
