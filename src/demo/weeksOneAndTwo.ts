import { type Story, story } from './story.ts';

export const WEEK_ONE: readonly Story[] = [
  story([1, '08:40'], 'ravi.patel', 'Contributor', 'clinical', 'PT2H', 'Deploy patient portal 4.18'),
  story(
    [1, '10:05'],
    'lucia.moreno',
    'Contributor',
    'rg-payments-api-prod',
    'PT1H',
    'Raise the replica count',
    {
      approved: ['samuel.osei', 12, 'Agreed in stand-up'],
    },
  ),
  story(
    [2, '09:15'],
    'sofia.rossi',
    'SQL DB Contributor',
    'rg-payments-data-prod',
    'PT3H',
    'Rebuild index on orders',
    {
      returnedAfter: 95,
    },
  ),
  story([2, '13:30'], 'omar.haddad', 'Contributor', 'payments', 'PT2H', 'Rotate the gateway certificate', {
    ticket: 'CHG-2041',
    approved: ['elena.petrova', 25, 'Change is approved'],
  }),
  story(
    [3, '22:10'],
    'noah.fischer',
    'Contributor',
    'rg-payments-network-prod',
    'PT1H',
    'Sev2: timeouts at the edge',
  ),
  story([4, '09:00'], 'yara.nasser', 'Contributor', 'clinical', 'PT4H', 'Patch window for the portal hosts', {
    returnedAfter: 130,
  }),
  story(
    [5, '11:20'],
    'arjun.mehta',
    'Website Contributor',
    'rg-payments-api-prod',
    'PT1H',
    'Swap deployment slots',
  ),
  story(
    [6, '14:45'],
    'kofi.mensah',
    'Contributor',
    'rg-payments-batch-prod',
    'PT2H',
    'See why settlement is slow',
    {
      denied: ['anika', 40, 'Read access is enough to look'],
    },
  ),
];

export const WEEK_TWO: readonly Story[] = [
  story([8, '08:30'], 'ravi.patel', 'Contributor', 'clinical', 'PT3H', 'Deploy patient portal 4.19', {
    returnedAfter: 70,
  }),
  story([8, '09:10'], 'priya', 'Owner', 'clinical', 'PT1H', 'Hand over the integration estate', {
    approved: ['marcus.reid', 8, 'Part of the quarterly plan'],
  }),
  story(
    [9, '10:00'],
    'fatima.zahra',
    'Key Vault Administrator',
    'rg-clinical-records-prod',
    'PT2H',
    'Rotate record keys',
  ),
  story(
    [9, '15:25'],
    'noah.fischer',
    'Contributor',
    'rg-payments-data-prod',
    'PT2H',
    'Grow the card vault disk',
    {
      ticket: 'INC-7712',
      approved: ['priya', 18, 'On call knows about it'],
      returnedAfter: 90,
    },
  ),
  story(
    [10, '09:40'],
    'james.wilson',
    'SQL DB Contributor',
    'rg-clinical-records-prod',
    'PT2H',
    'Restore test',
  ),
  story(
    [11, '13:05'],
    'lucia.moreno',
    'Contributor',
    'rg-payments-api-prod',
    'PT2H',
    'Wrong scope, will ask again',
    {
      canceledAfter: 6,
    },
  ),
  story(
    [11, '13:15'],
    'lucia.moreno',
    'Contributor',
    'rg-payments-api-prod',
    'PT1H',
    'Turn the new checkout on',
    {
      approved: ['anika', 22, 'Fine for an hour'],
    },
  ),
  story(
    [12, '07:55'],
    'aisha.bello',
    'Network Contributor',
    'production',
    'PT4H',
    'New peering to the hospitals',
  ),
  story(
    [13, '20:30'],
    'ewa.zielinska',
    'Contributor',
    'rg-payments-batch-prod',
    'PT1H',
    'Finish the migration',
    {
      denied: ['samuel.osei', 15, 'Your contract work is done'],
    },
  ),
];
