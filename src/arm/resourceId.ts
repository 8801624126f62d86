/** The id of something under Microsoft.Authorization at a scope. (docs/divergences.md: arm-short-ids) */
export const resourceId = (path: string, type: string, name: string): string =>
  `${path === '/' ? '' : path}/providers/Microsoft.Authorization/${type}/${name}`;

/** The wire's word for a type, as its objects carry it. */
export const typeOf = (type: string): string => `Microsoft.Authorization/${type}`;

/** The live service leaves out what is null. */
export function withoutNulls<T extends Record<string, unknown>>(
  bag: T,
): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(bag).filter(([, v]) => v !== null && v !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
