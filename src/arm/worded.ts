import type { ErrorDetail } from './armError.ts';

/** A refusal in the words of the wire. */
export interface Worded {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** The policy rule that failed; such refusals are told together. */
  readonly rule?: string;
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly details?: readonly ErrorDetail[];
}

export const bad = (code: string, message: string): Worded => ({ status: 400, code, message });
