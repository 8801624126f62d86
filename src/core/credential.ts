import type { Instant, PrincipalId } from './values.ts';

/** A certificate whose key signs for an application. All of it is public. */
export interface Certificate {
  /** SHA-1 and SHA-256 of the certificate, in lower-case hexadecimal: clients name it by either. */
  readonly thumbprint: string;
  readonly thumbprint256: string;
  readonly subject: string;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  /** The certificate itself: DER in base64. */
  readonly der: string;
}

/** Whose word is taken for an application: an outside issuer's, about one subject, said to this audience. */
export interface Federation {
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
}

/** What somebody can sign in with. Something secret is verified by what is kept apart and never logged (U7). */
export type Proof =
  | { readonly kind: 'password' | 'secret'; readonly recognizedBy: null }
  | { readonly kind: 'certificate'; readonly recognizedBy: Certificate }
  | { readonly kind: 'federated'; readonly recognizedBy: Federation };

/** That a principal can sign in with something. */
export type Credential = Proof & {
  readonly id: string;
  readonly principal: PrincipalId;
  readonly createdAt: Instant;
  readonly version: number;
};
export type CredentialKind = Credential['kind'];
export type CredentialOf<K extends CredentialKind> = Extract<Credential, { kind: K }>;
