import type { WireError, WireErrors } from './wireError.ts';

/** Why an assertion that was sent instead of a secret proves nothing. */
export type AssertionRefusal =
  | { readonly code: 'assertionTypeUnknown'; readonly sent: string; readonly offered: string }
  | { readonly code: 'assertionMalformed'; readonly problem: string }
  | { readonly code: 'assertionUnknown'; readonly client: string }
  | { readonly code: 'assertionSignature' }
  | { readonly code: 'assertionOfAnother'; readonly client: string }
  | { readonly code: 'assertionAudience'; readonly audience: string; readonly expected: string }
  | { readonly code: 'assertionOutOfTime' }
  | { readonly code: 'assertionUsed' }
  | { readonly code: 'certificateOutOfTime'; readonly thumbprint: string }
  | { readonly code: 'issuerUnknown'; readonly issuer: string }
  | { readonly code: 'issuerAway'; readonly issuer: string }
  | { readonly code: 'exchangeAudienceUnknown'; readonly audience: string }
  | { readonly code: 'subjectUnknown'; readonly subject: string };

const invalid = <R>(number: number, text: WireError<R>['text']): WireError<R> => ({
  number,
  error: 'invalid_client',
  status: 401,
  text,
});
const WHO = 'Whoever administers the application can add one.';

export const ASSERTION_ERRORS: WireErrors<AssertionRefusal> = {
  assertionTypeUnknown: {
    number: 9002313,
    error: 'invalid_request',
    status: 400,
    text: (r) => `The client_assertion_type '${r.sent}' is not known. Send '${r.offered}'.`,
  },
  assertionMalformed: invalid(50027, (r) => `The client assertion cannot be read: ${r.problem}.`),
  assertionUnknown: invalid(
    700027,
    (r) =>
      `The client assertion names no certificate of application '${r.client}' by 'x5t' or 'x5t#S256'. ${WHO}`,
  ),
  assertionSignature: invalid(
    700027,
    () => 'The signature of the client assertion does not fit the key it names.',
  ),
  assertionOfAnother: invalid(
    700021,
    (r) =>
      `The client assertion is not about application '${r.client}': 'iss' and 'sub' must be its client id.`,
  ),
  assertionAudience: invalid(
    700023,
    (r) => `The client assertion is for '${r.audience}'. Its 'aud' must be '${r.expected}'.`,
  ),
  assertionOutOfTime: invalid(
    700024,
    () =>
      "The client assertion is not valid now: look at its 'nbf' and 'exp', and at the clock that made them.",
  ),
  assertionUsed: invalid(
    50013,
    () => 'The client assertion has been used for this resource already. Sign a new one.',
  ),
  certificateOutOfTime: invalid(
    700027,
    (r) => `The certificate with the thumbprint '${r.thumbprint}' has expired or is not valid yet.`,
  ),
  issuerUnknown: invalid(
    700211,
    (r) => `The application has no federated identity credential of the issuer '${r.issuer}'. ${WHO}`,
  ),
  issuerAway: {
    number: 50166,
    error: 'invalid_request',
    status: 400,
    text: (r) => `The keys of the issuer '${r.issuer}' cannot be had. The log of this server says why.`,
  },
  exchangeAudienceUnknown: invalid(
    700212,
    (r) =>
      `The application has no federated identity credential of this issuer for the audience '${r.audience}'. ${WHO}`,
  ),
  subjectUnknown: invalid(
    700213,
    (r) =>
      `The application has no federated identity credential of this issuer for the subject '${r.subject}'. ${WHO}`,
  ),
};
