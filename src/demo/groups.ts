import { type PrincipalId, principalId } from '../core/values.ts';
import { nameGuid } from './nameGuid.ts';

/** A group of the demo, with its standing members: logins of people, or names of other groups. */
export interface Group {
  readonly name: string;
  readonly id: PrincipalId;
  readonly displayName: string;
  readonly description: string;
  readonly roleAssignable: boolean;
  readonly members: readonly string[];
}

type Row = Omit<Group, 'id' | 'roleAssignable'> & { readonly roleAssignable?: true };

const ROWS: readonly Row[] = [
  {
    name: 'cloud-platform-approvers',
    displayName: 'Cloud Platform Approvers',
    description: 'Approve activations in the payments estate',
    members: ['anika', 'priya', 'elena.petrova', 'samuel.osei'],
  },
  {
    name: 'cloud-governance',
    displayName: 'Cloud Governance',
    description: 'Approve Owner and User Access Administrator in the clinical estate',
    members: ['priya', 'marcus.reid', 'linh.tran'],
  },
  {
    name: 'security-operations-active',
    displayName: 'Security Operations Active',
    description: 'All that an investigation needs: analysts are eligible members',
    roleAssignable: true,
    members: ['jonas.eriksen'],
  },
  {
    name: 'payments-engineering',
    displayName: 'Payments Engineering',
    description: 'Everybody who builds payments',
    members: [
      'grace.okafor',
      'dmitri.volkov',
      'liam.murphy',
      'lucia.moreno',
      'arjun.mehta',
      'payments-contractors',
    ],
  },
  {
    name: 'payments-contractors',
    displayName: 'Payments Contractors',
    description: 'Inside Payments Engineering for the length of their contract',
    members: ['ewa.zielinska', 'kofi.mensah'],
  },
  {
    name: 'clinical-engineering',
    displayName: 'Clinical Engineering',
    description: 'Everybody who builds clinical systems',
    members: ['ravi.patel', 'hannah.schmidt', 'yuki.tanaka', 'marta.kowalska', 'oliver.brandt'],
  },
  {
    name: 'platform-engineering',
    displayName: 'Platform Engineering',
    description: 'Runs what all estates share',
    members: ['isabel.costa', 'marek.novak', 'aisha.bello'],
  },
  {
    name: 'finance-analysts',
    displayName: 'Finance Analysts',
    description: 'Read what things cost',
    members: ['clara.jensen', 'hugo.lefevre'],
  },
];

const groupOf = (row: Row): Group => ({
  roleAssignable: false,
  ...row,
  id: principalId(nameGuid('group', row.name)),
});

export const GROUPS: readonly Group[] = ROWS.map(groupOf);

/** The group that belongs to the conformance programs. Nobody is in it and nothing is given to it here. */
export const PROGRAMS_GROUP: Group = {
  name: 'pag-payments-oncall',
  id: principalId('22222222-2222-2222-2222-222222222222'),
  displayName: 'pag-payments-oncall',
  description: 'Privileged access group of the conformance programs',
  roleAssignable: false,
  members: [],
};
