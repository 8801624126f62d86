/** A start that a person can mend: told in a sentence, not with a stack. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}

/** A taken port says which one and which setting chooses another. */
export function portTaken(error: unknown, port: number, setting: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE')
    return new StartRefused(`port ${port} is taken; set ${setting} to another one (0 picks a free one)`);
  if (code === 'EACCES')
    return new StartRefused(
      `port ${port} may not be opened by this account; set ${setting} to one above 1023`,
    );
  return error;
}
