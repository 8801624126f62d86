/** A "no" as Graph says it. Only this folder makes them; `graphErrors` prints them. */
export class GraphFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** A property, a filter or an option that the directory objects do not take. */
export const badRequest = (problem: string): GraphFailure =>
  new GraphFailure(400, 'Request_BadRequest', problem);

export const invalidIdentifier = (id: string): GraphFailure =>
  badRequest(`Invalid object identifier '${id}'. Give an object id: a GUID.`);

// azuread recognizes an object that is gone by the words after the id.
export const objectNotFound = (id: string): GraphFailure =>
  new GraphFailure(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
