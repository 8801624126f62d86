/** What a client gets to read of a refusal. */
export interface WireError<R> {
  /** The number clients look for behind AADSTS. */
  readonly number: number;
  readonly error: string;
  readonly status: number;
  readonly text: (refusal: R) => string;
}

/** One for each refusal of a union. */
export type WireErrors<R extends { readonly code: string }> = {
  readonly [C in R['code']]: WireError<Extract<R, { code: C }>>;
};
