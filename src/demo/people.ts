import { type PrincipalId, principalId } from '../core/values.ts';
import { nameGuid } from './nameGuid.ts';

/** A person of the demo: the part of the userPrincipalName before the @, and what the directory shows. */
export interface Person {
  readonly login: string;
  readonly id: PrincipalId;
  readonly displayName: string;
  readonly jobTitle: string;
  readonly department: string;
}

type Row = readonly [login: string, displayName: string, jobTitle: string, department: string];

// Who works where. The first three are those one signs in as.
const ROWS: readonly Row[] = [
  ['ravi.patel', 'Ravi Patel', 'Cloud Engineer', 'Clinical Systems'],
  ['priya', 'Priya', 'Identity Administrator', 'Cloud Governance'],
  ['anika', 'Anika', 'Security Analyst', 'Security Operations'],
  ['emergency-admin-01', 'emergency-admin-01', 'Break-glass account', 'Cloud Governance'],
  ['emergency-admin-02', 'emergency-admin-02', 'Break-glass account', 'Cloud Governance'],

  ['elena.petrova', 'Elena Petrova', 'Platform Manager', 'Cloud Platform'],
  ['samuel.osei', 'Samuel Osei', 'On-call Lead', 'Cloud Platform'],
  ['tom.becker', 'Tom Becker', 'Platform Architect', 'Cloud Platform'],
  ['isabel.costa', 'Isabel Costa', 'Platform Engineer', 'Cloud Platform'],
  ['marek.novak', 'Marek Novak', 'Platform Engineer', 'Cloud Platform'],
  ['aisha.bello', 'Aisha Bello', 'Network Engineer', 'Cloud Platform'],
  ['marcus.reid', 'Marcus Reid', 'Governance Lead', 'Cloud Governance'],
  ['linh.tran', 'Linh Tran', 'Compliance Officer', 'Cloud Governance'],

  ['grace.okafor', 'Grace Okafor', 'Engineering Manager', 'Payments'],
  ['dmitri.volkov', 'Dmitri Volkov', 'Principal Engineer', 'Payments'],
  ['liam.murphy', 'Liam Murphy', 'Software Engineer', 'Payments'],
  ['sofia.rossi', 'Sofia Rossi', 'Database Engineer', 'Payments'],
  ['chen.wei', 'Chen Wei', 'Data Engineer', 'Payments'],
  ['omar.haddad', 'Omar Haddad', 'Site Reliability Engineer', 'Payments'],
  ['nina.larsen', 'Nina Larsen', 'Network Engineer', 'Payments'],
  ['noah.fischer', 'Noah Fischer', 'Site Reliability Engineer', 'Payments'],
  ['lucia.moreno', 'Lucia Moreno', 'Software Engineer', 'Payments'],
  ['arjun.mehta', 'Arjun Mehta', 'Software Engineer', 'Payments'],
  ['ewa.zielinska', 'Ewa Zielinska', 'Contractor', 'Payments'],
  ['kofi.mensah', 'Kofi Mensah', 'Contractor', 'Payments'],

  ['hannah.schmidt', 'Hannah Schmidt', 'Engineering Manager', 'Clinical Systems'],
  ['yuki.tanaka', 'Yuki Tanaka', 'Software Engineer', 'Clinical Systems'],
  ['marta.kowalska', 'Marta Kowalska', 'Software Engineer', 'Clinical Systems'],
  ['james.wilson', 'James Wilson', 'Database Engineer', 'Clinical Systems'],
  ['fatima.zahra', 'Fatima Zahra', 'Data Protection Engineer', 'Clinical Systems'],
  ['pedro.alvarez', 'Pedro Alvarez', 'Integration Engineer', 'Clinical Systems'],
  ['yara.nasser', 'Yara Nasser', 'Site Reliability Engineer', 'Clinical Systems'],
  ['oliver.brandt', 'Oliver Brandt', 'Software Engineer', 'Clinical Systems'],
  ['mei.lin', 'Mei Lin', 'Data Scientist', 'Clinical Systems'],

  ['jonas.eriksen', 'Jonas Eriksen', 'Security Engineer', 'Security Operations'],
  ['zainab.ali', 'Zainab Ali', 'Security Analyst', 'Security Operations'],
  ['victor.dumont', 'Victor Dumont', 'Incident Responder', 'Security Operations'],

  ['clara.jensen', 'Clara Jensen', 'Finance Analyst', 'Finance'],
  ['hugo.lefevre', 'Hugo Lefevre', 'Finance Analyst', 'Finance'],
  ['ruth.adeyemi', 'Ruth Adeyemi', 'Internal Auditor', 'Finance'],
];

const rowOf = ([login, displayName, jobTitle, department]: Row): Person => ({
  login,
  id: principalId(nameGuid('person', login)),
  displayName,
  jobTitle,
  department,
});

export const PEOPLE: readonly Person[] = ROWS.map(rowOf);

/** The two people that belong to the conformance programs. Nothing is given to them here. */
export const OPERATOR: Person = {
  login: 'payments.operator',
  id: principalId('11111111-1111-1111-1111-111111111111'),
  displayName: 'Payments Operator',
  jobTitle: 'Operator',
  department: 'Conformance',
};
export const ON_CALL: Person = {
  login: 'payments.oncall',
  id: principalId('33333333-3333-3333-3333-333333333333'),
  displayName: 'Payments On-call',
  jobTitle: 'On-call Engineer',
  department: 'Conformance',
};

/** Whom one can be in the demo, by the name the command line takes after --as. */
export const FACES = [
  { name: 'ravi', login: 'ravi.patel' },
  { name: 'priya', login: 'priya' },
  { name: 'anika', login: 'anika' },
] as const;
