import type { ClientMetadata } from 'oidc-provider';
import type { Account, Accounts } from './ports.ts';

/** Microsoft's own programs, known in every tenant without a registration. They have no secret. */
export const PUBLIC_CLIENTS: ReadonlyMap<string, string> = new Map([
  ['04b07795-8ddb-461a-bbee-02f9e1bf7b46', 'Azure CLI'],
  ['1950a258-227b-4e31-a9cf-717495945fc2', 'Azure PowerShell'],
  ['14d82eec-204b-4c2f-b7e8-296a70dab67e', 'Microsoft Graph PowerShell'],
  ['872cd9fa-d31f-45e0-9eab-6e460a02d1f1', 'Visual Studio'],
  ['aebc6443-996d-45c2-90f0-388ff96faa56', 'Visual Studio Code'],
]);

/** A program that asks for tokens; `account` is null for a public one. */
export interface Client {
  readonly id: string;
  readonly account: Account | null;
}

export async function findClient(accounts: Accounts, id: string): Promise<Client | null> {
  const canonical = id.toLowerCase();
  if (PUBLIC_CLIENTS.has(canonical)) return { id: canonical, account: null };
  const account = await accounts.byAppId(canonical);
  return account?.kind === 'workload' ? { id: canonical, account } : null;
}

/** A client as the provider sees it. The secret is a placeholder: the directory verifies what is sent. */
export function clientMetadata(client: Client, placeholder: string): ClientMetadata {
  const common = { client_id: client.id, redirect_uris: [], response_types: [] };
  const forPersons = ['password', 'refresh_token'];
  return client.account === null
    ? { ...common, application_type: 'native', token_endpoint_auth_method: 'none', grant_types: forPersons }
    : {
        ...common,
        token_endpoint_auth_method: 'client_secret_post',
        client_secret: placeholder,
        grant_types: ['client_credentials', ...forPersons],
      };
}
