/** One of several reasons for an error. */
export interface ErrorDetail {
  readonly code: string;
  readonly target?: string;
  readonly message: string;
}

interface More {
  readonly details?: readonly ErrorDetail[];
  readonly headers?: Readonly<Record<string, string>>;
  /** That the log has it already, or must not have it. */
  readonly settled?: boolean;
}

/** A "no" in ARM's words: thrown by a handler, answered by the server. */
export class ArmError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: readonly ErrorDetail[];
  readonly headers: Readonly<Record<string, string>>;
  readonly settled: boolean;

  constructor(status: number, code: string, message: string, more: More = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = more.details ?? [];
    this.headers = more.headers ?? {};
    this.settled = more.settled ?? false;
  }

  /** The same with more headers; its own stay. */
  with(headers: Readonly<Record<string, string>>): ArmError {
    const { status, code, message, details, settled } = this;
    return new ArmError(status, code, message, {
      details,
      settled,
      headers: { ...headers, ...this.headers },
    });
  }
}
