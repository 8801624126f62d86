import { badRequest } from './failure.ts';

/** A list of texts in a body, by its name without regard to case; null when it is not given. */
export function textsOf(body: unknown, name: string): readonly string[] | null {
  const value = propertyOf(body, name);
  if (value === undefined || value === null) return null;
  if (Array.isArray(value) && value.every((v) => typeof v === 'string')) return value;
  throw badRequest(`The property '${name}' must be a list of texts.`);
}

function propertyOf(body: unknown, name: string): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badRequest(`A JSON object is expected as the body, with the property '${name}'.`);
  }
  return Object.entries(body).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}
