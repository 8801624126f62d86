/** A cloud as azurerm, azuread and az read it, in the api-versions from 2019 on. */
export type Cloud = {
  readonly name: string;
  readonly portal: string;
  readonly resourceManager: string;
  readonly microsoftGraphResourceId: string;
  readonly graph: string;
  readonly graphAudience: string;
  readonly gallery: string;
  readonly authentication: {
    readonly loginEndpoint: string;
    readonly audiences: readonly string[];
    readonly tenant: 'common';
    readonly identityProvider: 'AAD';
  };
  readonly suffixes: { readonly storage: string; readonly keyVaultDns: string };
};

export type FirstShape = {
  readonly galleryEndpoint: string;
  readonly graphEndpoint: string;
  readonly portalEndpoint: string;
  readonly authentication: { readonly loginEndpoint: string; readonly audiences: readonly string[] };
};

const SHAPES = {
  '2015-01-01': (origin: string): FirstShape => ({
    galleryEndpoint: origin,
    graphEndpoint: origin,
    portalEndpoint: origin,
    authentication: { loginEndpoint: origin, audiences: [origin] },
  }),
  '2019-05-01': (origin: string): readonly Cloud[] => [cloud(origin)],
  '2022-09-01': (origin: string): Cloud => cloud(origin),
} as const;

export const METADATA_VERSIONS = Object.keys(SHAPES) as readonly (keyof typeof SHAPES)[];

/** `GET /metadata/endpoints`: every endpoint is on the origin that was asked. null: no such api-version. */
export function metadata(version: string, origin: string): FirstShape | readonly Cloud[] | Cloud | null {
  const known = METADATA_VERSIONS.find((each) => each === version);
  return known === undefined ? null : SHAPES[known](origin);
}

// az forces the public login host on a cloud named AzureCloud, azurerm drops features for AzureStackCloud: so neither.
// Login endpoint and audience end without a slash: clients append to the one and compare the other.
const cloud = (origin: string): Cloud => ({
  name: 'Postern',
  portal: origin,
  resourceManager: origin,
  microsoftGraphResourceId: origin,
  graph: origin,
  graphAudience: origin,
  gallery: origin,
  authentication: { loginEndpoint: origin, audiences: [origin], tenant: 'common', identityProvider: 'AAD' },
  // azurerm builds no client without these two. They stay below our own name, so that nothing made from them, and no
  // token, ever goes to the real cloud.
  suffixes: {
    storage: `storage.${new URL(origin).hostname}`,
    keyVaultDns: `vault.${new URL(origin).hostname}`,
  },
});
