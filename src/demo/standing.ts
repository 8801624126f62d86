import type { AzureRole } from './roles.ts';

/** Standing access: who (a login, or the name of a group or application), which role, where. */
export type Standing = readonly [who: string, role: AzureRole, scope: string];

/** What a first inventory should find: people who always hold what they need now and then. */
const TO_CONVERT: readonly Standing[] = [
  ['tom.becker', 'Owner', 'production'],
  ['isabel.costa', 'Contributor', 'platform'],
  ['dmitri.volkov', 'Owner', 'payments'],
  ['grace.okafor', 'Contributor', 'payments'],
  ['omar.haddad', 'User Access Administrator', 'payments'],
  ['liam.murphy', 'Contributor', 'rg-payments-api-prod'],
  ['sofia.rossi', 'Contributor', 'rg-payments-data-prod'],
  ['chen.wei', 'Owner', 'rg-payments-data-prod'],
  ['nina.larsen', 'Contributor', 'rg-payments-network-prod'],
  ['hannah.schmidt', 'Owner', 'clinical'],
  ['yuki.tanaka', 'Contributor', 'clinical'],
  ['pedro.alvarez', 'User Access Administrator', 'clinical'],
  ['marta.kowalska', 'Contributor', 'rg-clinical-portal-prod'],
  ['james.wilson', 'Contributor', 'rg-clinical-records-prod'],
  ['fatima.zahra', 'Owner', 'rg-clinical-records-prod'],
];

// People who read, people who work where nothing can break, and the two break-glass accounts.
const OF_PEOPLE: readonly Standing[] = [
  ['anika', 'Security Reader', 'company'],
  ['anika', 'Reader', 'platform'],
  ['zainab.ali', 'Security Reader', 'company'],
  ['marcus.reid', 'Reader', 'company'],
  ['linh.tran', 'Reader', 'company'],
  ['ruth.adeyemi', 'Reader', 'production'],
  ['elena.petrova', 'Monitoring Reader', 'company'],
  ['samuel.osei', 'Monitoring Reader', 'production'],
  ['ravi.patel', 'Reader', 'clinical'],
  ['noah.fischer', 'Monitoring Reader', 'payments'],
  ['mei.lin', 'Storage Blob Data Reader', 'rg-clinical-analytics-prod'],
  ['dmitri.volkov', 'Owner', 'rg-payments-dev'],
  ['lucia.moreno', 'Contributor', 'rg-payments-dev'],
  ['arjun.mehta', 'Contributor', 'rg-payments-test'],
  ['ravi.patel', 'Contributor', 'rg-clinical-test'],
  ['oliver.brandt', 'Contributor', 'rg-clinical-dev'],
  ['yuki.tanaka', 'Contributor', 'rg-clinical-test'],
  ['emergency-admin-01', 'Owner', 'root'],
  ['emergency-admin-02', 'Owner', 'root'],
];

const OF_GROUPS: readonly Standing[] = [
  ['security-operations-active', 'Reader', 'rg-security'],
  ['security-operations-active', 'Security Reader', 'company'],
  ['payments-engineering', 'Reader', 'payments'],
  ['payments-engineering', 'Contributor', 'rg-payments-dev'],
  ['clinical-engineering', 'Contributor', 'rg-clinical-dev'],
  ['platform-engineering', 'Reader', 'company'],
  ['platform-engineering', 'Contributor', 'development'],
  ['platform-engineering', 'Log Analytics Reader', 'production'],
  ['cloud-governance', 'Reader', 'root'],
  ['finance-analysts', 'Cost Management Reader', 'company'],
];

// Workload identities cannot activate, so what they need they hold.
const OF_APPLICATIONS: readonly Standing[] = [
  ['payments-api', 'Key Vault Secrets User', 'rg-payments-api-prod'],
  ['payments-api', 'Storage Blob Data Contributor', 'rg-payments-data-prod'],
  ['payments-batch', 'Storage Blob Data Contributor', 'rg-payments-batch-prod'],
  ['payments-batch', 'Key Vault Secrets User', 'rg-payments-batch-prod'],
  ['payments-deployer', 'Contributor', 'payments'],
  ['payments-deployer', 'Contributor', 'rg-payments-test'],
  ['clinical-portal', 'Key Vault Secrets User', 'rg-clinical-portal-prod'],
  ['clinical-integration', 'Storage Blob Data Contributor', 'rg-clinical-integration-prod'],
  ['clinical-integration', 'Key Vault Secrets User', 'rg-clinical-integration-prod'],
  ['clinical-deployer', 'Contributor', 'clinical'],
  ['backup-runner', 'Backup Operator', 'production'],
  ['log-collector', 'Monitoring Reader', 'company'],
  ['image-scanner', 'AcrPull', 'company'],
  ['image-scanner', 'Security Reader', 'production'],
  ['cost-reporter', 'Cost Management Reader', 'root'],
];

export const STANDING: readonly Standing[] = [...TO_CONVERT, ...OF_PEOPLE, ...OF_GROUPS, ...OF_APPLICATIONS];
