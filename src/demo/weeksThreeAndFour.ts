import { type Story, story } from './story.ts';

export const WEEK_THREE: readonly Story[] = [
  story(
    [15, '08:35'],
    'ravi.patel',
    'Contributor',
    'rg-payments-api-prod',
    'PT1H',
    'Shared login: fix the callback',
    {
      approved: ['anika', 9, 'Seen with the payments team'],
    },
  ),
  story(
    [15, '12:00'],
    'marta.kowalska',
    'Website Contributor',
    'rg-clinical-portal-prod',
    'PT2H',
    'Publish new texts',
  ),
  story([16, '09:30'], 'grace.okafor', 'Owner', 'payments', 'PT1H', 'Let the new deployer in', {
    ticket: 'CHG-2077',
    approved: ['elena.petrova', 35, 'Checked with the architect'],
    returnedAfter: 60,
  }),
  story(
    [17, '10:10'],
    'yuki.tanaka',
    'Contributor',
    'rg-clinical-integration-prod',
    'PT1H',
    'Look at a stuck queue',
  ),
  story(
    [18, '16:40'],
    'dmitri.volkov',
    'User Access Administrator',
    'rg-payments-api-prod',
    'PT1H',
    'Clean up old grants',
    {
      ticket: 'CHG-2080',
    },
  ),
  story(
    [19, '09:05'],
    'mei.lin',
    'Storage Blob Data Contributor',
    'rg-clinical-analytics-prod',
    'PT4H',
    'Load study data',
  ),
  story([20, '11:30'], 'priya', 'Owner', 'clinical', 'PT1H', 'Take back what nobody uses', {
    approved: ['linh.tran', 14, 'Follows the access review'],
    returnedAfter: 50,
  }),
  story(
    [20, '23:50'],
    'noah.fischer',
    'Contributor',
    'rg-payments-network-prod',
    'PT1H',
    'Sev1: payments are down',
  ),
];

export const WEEK_FOUR: readonly Story[] = [
  story([22, '08:45'], 'ravi.patel', 'Contributor', 'clinical', 'PT2H', 'Deploy patient portal 4.20'),
  story([22, '14:00'], 'marek.novak', 'Contributor', 'production', 'PT2H', 'Upgrade the build agents', {
    returnedAfter: 100,
  }),
  story(
    [23, '10:20'],
    'liam.murphy',
    'Key Vault Administrator',
    'rg-payments-api-prod',
    'PT1H',
    'Add the new webhook key',
  ),
  story(
    [24, '09:50'],
    'chen.wei',
    'Storage Blob Data Contributor',
    'rg-payments-data-prod',
    'PT3H',
    'Export for the auditors',
  ),
  story([25, '13:40'], 'omar.haddad', 'Contributor', 'payments', 'PT1H', 'Resize the gateway', {
    denied: ['priya', 55, 'Not during the freeze'],
  }),
  story(
    [26, '09:20'],
    'pedro.alvarez',
    'Contributor',
    'rg-clinical-integration-prod',
    'PT2H',
    'New hospital interface',
  ),
  story(
    [27, '15:10'],
    'hannah.schmidt',
    'Owner',
    'rg-clinical-portal-prod',
    'PT1H',
    'Give the team its new group',
    {
      approved: ['priya', 28, 'Team change is known'],
    },
  ),
  story(
    [28, '10:30'],
    'jonas.eriksen',
    'Key Vault Administrator',
    'rg-security',
    'PT2H',
    'Renew the scanner key',
  ),
  story(
    [29, '08:50'],
    'nina.larsen',
    'Network Contributor',
    'rg-payments-network-prod',
    'PT2H',
    'Open the new processor',
    {
      returnedAfter: 45,
    },
  ),
  story([30, '09:25'], 'ravi.patel', 'Contributor', 'clinical', 'PT1H', 'Hot fix for the portal', {
    returnedAfter: 35,
  }),
];
