import type { Enablement } from '../core/policy.ts';
import type { AzureRole } from './roles.ts';

/** What activating a role asks for at some scopes, and how long somebody may be eligible for it there. */
export interface Terms {
  readonly roles: readonly AzureRole[];
  readonly scopes: readonly string[];
  readonly longest: string;
  readonly needs: readonly Enablement[];
  /** The group whose members approve; null for no approval. */
  readonly approvers: string | null;
  readonly eligibleAtMost: string;
}

const PAYMENTS = [
  'payments',
  'rg-payments-api-prod',
  'rg-payments-data-prod',
  'rg-payments-batch-prod',
  'rg-payments-network-prod',
];
const CLINICAL = [
  'clinical',
  'rg-clinical-portal-prod',
  'rg-clinical-records-prod',
  'rg-clinical-integration-prod',
  'rg-clinical-analytics-prod',
];
const POWERFUL: readonly AzureRole[] = ['Owner', 'User Access Administrator'];

/** The production estates. The scopes of the conformance programs keep the policies they were born with. */
export const TERMS: readonly Terms[] = [
  {
    roles: POWERFUL,
    scopes: PAYMENTS,
    longest: 'PT2H',
    needs: ['mfa', 'justification', 'ticketing'],
    approvers: 'cloud-platform-approvers',
    eligibleAtMost: 'P180D',
  },
  {
    roles: POWERFUL,
    scopes: CLINICAL,
    longest: 'PT1H',
    needs: ['mfa', 'justification'],
    approvers: 'cloud-governance',
    eligibleAtMost: 'P180D',
  },
  {
    roles: POWERFUL,
    scopes: ['production'],
    longest: 'PT1H',
    needs: ['mfa', 'justification', 'ticketing'],
    approvers: 'cloud-governance',
    eligibleAtMost: 'P180D',
  },
  {
    roles: ['Contributor'],
    scopes: PAYMENTS.filter((name) => name !== 'rg-payments-network-prod'),
    longest: 'PT2H',
    needs: ['justification'],
    approvers: 'cloud-platform-approvers',
    eligibleAtMost: 'P180D',
  },
  {
    // Whoever is on call gets in without waiting for anybody, but not for long.
    roles: ['Contributor'],
    scopes: ['rg-payments-network-prod'],
    longest: 'PT1H',
    needs: ['justification'],
    approvers: null,
    eligibleAtMost: 'P180D',
  },
  {
    roles: ['Contributor'],
    scopes: CLINICAL,
    longest: 'PT4H',
    needs: ['justification'],
    approvers: null,
    eligibleAtMost: 'P180D',
  },
];
