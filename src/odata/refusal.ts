/** Why a filter is not one. Thrown inside this folder only: `parseFilter` catches it and answers with a value. */
export class FilterRefusal extends Error {
  readonly position: number;

  constructor(position: number, problem: string) {
    super(problem);
    this.position = position;
  }
}

export function refuse(position: number, problem: string): never {
  throw new FilterRefusal(position, problem);
}
