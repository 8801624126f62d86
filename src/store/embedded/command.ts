import { type SpawnOptions, spawn } from 'node:child_process';

/** Whose rights PostgreSQL runs with; it refuses to run as root. */
export type Account =
  | { readonly kind: 'self' }
  | { readonly kind: 'nobody'; readonly uid: number; readonly gid: number }
  | {
      readonly kind: 'namespace';
      readonly uid: number;
      readonly gid: number;
      /** The util-linux program of that name. */
      readonly unshare: string;
    };

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly options: SpawnOptions;
}

export interface Outcome {
  readonly ok: boolean;
  readonly output: string;
}

// A bare environment: PGDATA, PGPORT and their like must not reach our server, and its messages must stay English.
const bareEnvironment = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
});

export function commandAs(account: Account, program: string, args: readonly string[]): Command {
  const options = { cwd: '/', env: bareEnvironment() };
  switch (account.kind) {
    case 'self':
      return { program, args, options };
    case 'nobody':
      return { program, args, options: { ...options, uid: account.uid, gid: account.gid } };
    case 'namespace': {
      const map = [`--map-user=${account.uid}`, `--map-group=${account.gid}`];
      return { program: account.unshare, args: ['--user', ...map, '--', program, ...args], options };
    }
  }
}

export function run(command: Command): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command.program, command.args, {
      ...command.options,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}
