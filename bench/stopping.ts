const controller = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => controller.abort(new Error(`stopped by ${signal}`)));
}

/** Throws when somebody wants the run to end, so that all that was started is ended on the way out. */
export const stopIfAsked = (): void => controller.signal.throwIfAborted();
