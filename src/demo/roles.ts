import { type RoleKey, roleKey } from '../core/values.ts';

/** The roles that are given in the demo, by the name and the well-known id they have everywhere. */
const ROLES = {
  Owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  Contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  Reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  'User Access Administrator': '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
  'Key Vault Administrator': '00482a5a-887f-4fb3-b363-3b7fe8e74483',
  'Key Vault Secrets User': '4633458b-17de-408a-b874-0445c86b69e6',
  'Network Contributor': '4d97b98b-1d4f-4787-a291-c67834d212e7',
  'SQL DB Contributor': '9b7fa17d-e63e-47b0-bb0a-15c516ac86ec',
  'Virtual Machine Contributor': '9980e02c-c2be-4d73-94e8-173b1dc7cf3c',
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
  'Storage Blob Data Reader': '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
  'Website Contributor': 'de139f84-1756-47ae-9be6-808fbbe84772',
  'Backup Operator': '00c29273-979b-4161-815c-10b084fb9324',
  'Monitoring Reader': '43d0d8ad-25c7-4714-9337-8ba259a9fe05',
  'Log Analytics Reader': '73c42c96-874c-492b-b04d-ab87d138a893',
  'Security Reader': '39bc4728-0917-49c7-9d2c-d95423bc2eb4',
  'Cost Management Reader': '72fafb9e-0641-4937-9268-a91bfd8191a3',
  AcrPull: '7f951dda-4ed3-4680-a7ca-43fe172d538d',
} as const;

export type AzureRole = keyof typeof ROLES;
export const azureRole = (name: AzureRole): RoleKey => roleKey(ROLES[name]);
