import { type PrincipalId, principalId } from '../core/values.ts';
import { nameGuid } from './nameGuid.ts';

/** An application of the demo, as its service principal. */
export interface Application {
  readonly name: string;
  readonly id: PrincipalId;
  readonly appId: string;
  readonly displayName: string;
  readonly description: string;
}

type Row = readonly [name: string, description: string];

const ROWS: readonly Row[] = [
  ['payments-api', 'Takes payments'],
  ['payments-batch', 'Settles at night'],
  ['payments-deployer', 'Pipeline of the payments estate'],
  ['clinical-portal', 'What patients and clinicians see'],
  ['clinical-integration', 'Talks to the hospitals'],
  ['clinical-deployer', 'Pipeline of the clinical estate'],
  ['backup-runner', 'Backs everything up'],
  ['log-collector', 'Collects logs and metrics'],
  ['image-scanner', 'Looks into container images'],
  ['cost-reporter', 'Says what things cost'],
];

const applicationOf = ([name, description]: Row): Application => ({
  name,
  id: principalId(nameGuid('service principal', name)),
  appId: nameGuid('application', name),
  displayName: name,
  description,
});

export const APPLICATIONS: readonly Application[] = ROWS.map(applicationOf);

/** Administers the demo: Owner of everything. */
export const ADMINISTRATOR: Application = applicationOf([
  'postern-demo-admin',
  'Administers the demo tenant; its secret stands in demo.env',
]);
