import type { AzureRole } from './roles.ts';

/**
 * Who may activate what: a login or a group, the role, where, for how long, and on which day of the demo it begins.
 * The demo begins a month before today, so P33D ends in two days and day 36 is next week.
 */
export type Eligibility = readonly [
  who: string,
  role: AzureRole,
  scope: string,
  length: string,
  fromDay?: number,
];

const PAYMENTS: readonly Eligibility[] = [
  ['ravi.patel', 'Contributor', 'rg-payments-api-prod', 'P90D'],
  ['ravi.patel', 'Key Vault Secrets User', 'rg-payments-data-prod', 'P60D'],
  ['noah.fischer', 'Contributor', 'rg-payments-data-prod', 'P180D'],
  ['noah.fischer', 'Contributor', 'rg-payments-network-prod', 'P35D'],
  ['omar.haddad', 'Contributor', 'payments', 'P180D'],
  ['omar.haddad', 'Contributor', 'rg-payments-network-prod', 'P14D', 36],
  ['lucia.moreno', 'Contributor', 'rg-payments-api-prod', 'P180D'],
  ['arjun.mehta', 'Website Contributor', 'rg-payments-api-prod', 'P180D'],
  ['liam.murphy', 'Key Vault Administrator', 'rg-payments-api-prod', 'P120D'],
  ['sofia.rossi', 'SQL DB Contributor', 'rg-payments-data-prod', 'P180D'],
  ['chen.wei', 'Storage Blob Data Contributor', 'rg-payments-data-prod', 'P180D'],
  ['nina.larsen', 'Network Contributor', 'rg-payments-network-prod', 'P180D'],
  ['grace.okafor', 'Owner', 'payments', 'P180D'],
  ['dmitri.volkov', 'User Access Administrator', 'rg-payments-api-prod', 'P90D'],
  ['kofi.mensah', 'Virtual Machine Contributor', 'rg-payments-batch-prod', 'P33D'],
  ['payments-engineering', 'Contributor', 'rg-payments-batch-prod', 'P180D'],
  ['payments-contractors', 'Reader', 'rg-payments-api-prod', 'P38D'],
];

const CLINICAL: readonly Eligibility[] = [
  ['ravi.patel', 'Contributor', 'clinical', 'P180D'],
  ['priya', 'Owner', 'clinical', 'P180D'],
  ['hannah.schmidt', 'Owner', 'rg-clinical-portal-prod', 'P180D'],
  ['yara.nasser', 'Contributor', 'clinical', 'P180D'],
  ['marta.kowalska', 'Website Contributor', 'rg-clinical-portal-prod', 'P180D'],
  ['james.wilson', 'SQL DB Contributor', 'rg-clinical-records-prod', 'P180D'],
  ['fatima.zahra', 'Key Vault Administrator', 'rg-clinical-records-prod', 'P150D'],
  ['pedro.alvarez', 'Contributor', 'rg-clinical-integration-prod', 'P180D'],
  ['mei.lin', 'Storage Blob Data Contributor', 'rg-clinical-analytics-prod', 'P45D'],
  ['mei.lin', 'Contributor', 'rg-clinical-analytics-prod', 'P30D', 45],
  ['oliver.brandt', 'Contributor', 'rg-clinical-portal-prod', 'P34D'],
  ['clinical-engineering', 'Contributor', 'rg-clinical-integration-prod', 'P180D'],
  ['clinical-engineering', 'Log Analytics Reader', 'clinical', 'P180D'],
];

const PLATFORM: readonly Eligibility[] = [
  ['elena.petrova', 'Owner', 'production', 'P180D'],
  ['marek.novak', 'Contributor', 'production', 'P180D'],
  ['aisha.bello', 'Network Contributor', 'production', 'P180D'],
  ['samuel.osei', 'Contributor', 'production', 'P36D'],
  ['platform-engineering', 'Virtual Machine Contributor', 'production', 'P180D'],
  ['platform-engineering', 'Backup Operator', 'company', 'P180D'],
  ['victor.dumont', 'Contributor', 'rg-security', 'P90D'],
  ['jonas.eriksen', 'Key Vault Administrator', 'rg-security', 'P90D'],
  ['ruth.adeyemi', 'Security Reader', 'company', 'P60D', 40],
];

// These end in the course of the month: one by itself, one because somebody takes it away.
const OF_THE_PAST: readonly Eligibility[] = [
  ['ewa.zielinska', 'Contributor', 'rg-payments-batch-prod', 'P14D'],
  ['pedro.alvarez', 'Owner', 'rg-clinical-integration-prod', 'P180D'],
];

export const ELIGIBILITIES: readonly Eligibility[] = [...PAYMENTS, ...CLINICAL, ...PLATFORM, ...OF_THE_PAST];

/** Eligible members of groups. */
export const ELIGIBLE_MEMBERS: readonly (readonly [who: string, group: string, length: string])[] = [
  ['anika', 'security-operations-active', 'P180D'],
  ['zainab.ali', 'security-operations-active', 'P180D'],
  ['victor.dumont', 'security-operations-active', 'P40D'],
  ['kofi.mensah', 'payments-engineering', 'P60D'],
];
