import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Command, Option } from 'commander';
import { readSettings, SettingsRefused } from './http/settings.ts';
import { envName, NAMES } from './http/settingsSchema.ts';
import { demo } from './serve/demo.ts';
import { serve } from './serve/serve.ts';
import type { Running } from './serve/start.ts';
import { StoreRefused } from './store/embedded/embedded.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** The verbs that run a server. */
export function serverCommands(program: Command): void {
  verb(program, 'serve', 'run the server').action((flags: Record<string, string>) => run(flags, false));
  verb(program, 'demo', 'run the server with a demo tenant').action((flags: Record<string, string>) =>
    run(flags, true),
  );
}

function verb(program: Command, name: string, text: string): Command {
  const command = program.command(name).description(text);
  for (const setting of NAMES) {
    const flag = `--${setting.replace(/[A-Z]/g, '-$&').toLowerCase()}`;
    command.addOption(new Option(`${flag} <value>`, `${envName(setting)}`));
  }
  return command;
}

async function run(flags: Record<string, string>, withDemo: boolean): Promise<void> {
  const stopping = stopSignal();
  try {
    const { settings, warnings } = readSettings({
      flags,
      env: process.env,
      demo: withDemo,
      ...(await yaml()),
    });
    for (const warning of warnings) say(warning);
    await mkdir(settings.data, { recursive: true });
    const running = withDemo ? await demo(settings, say) : await serve(settings, say);
    const lost = running.lost.then(() => {
      process.exitCode = 1;
    });
    await Promise.race([stopping, lost]);
    await stop(running);
  } catch (error) {
    if (!expected(error)) throw error;
    say(`postern: ${error.message}`);
    process.exitCode = 1;
  }
}

const yaml = async (): Promise<{ yaml?: string }> =>
  readFile(path.resolve('postern.yaml'), 'utf8').then(
    (text) => ({ yaml: text }),
    () => ({}),
  );

// What a person can mend: it is told in a sentence, not with a stack.
function expected(error: unknown): error is Error {
  if (error instanceof SettingsRefused || error instanceof StoreRefused) return true;
  return error instanceof Error && ['StartRefused', 'MigrationRefused'].includes(error.name);
}

// Told twice (by a terminal and by whoever started us) it stops once, and to the end.
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
}

async function stop(running: Running): Promise<void> {
  say('postern: stopping');
  await running.stop();
  say('postern: stopped');
}
