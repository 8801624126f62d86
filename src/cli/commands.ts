import { Command, CommanderError, Option } from 'commander';
import { type ActivateOptions, activate } from './activate.ts';
import { type CheckOptions, check } from './check.ts';
import { type DeactivateOptions, deactivate } from './deactivate.ts';
import { EXIT, report } from './failure.ts';
import type { Io } from './io.ts';
import { mine } from './mine.ts';
import { type ReviewOptions, review } from './review.ts';
import type { Common } from './session.ts';

const CODES = `
Exit codes: 0 done (check: allowed), 1 error, 2 waits for approval, 3 refused by policy or approver (check: not
allowed), 130 canceled.`;

/** Adds the verbs that talk to a server over HTTP. Each sets the exit code through `io.exit`. */
export function clientCommands(program: Command, io: Io): void {
  const verb = (usage: string, text: string): Command =>
    withCommon(program.command(usage).description(text)).addHelpText('after', CODES);
  verb('mine', 'what I may activate, what is active, and what waits').action((options: Common) =>
    ended(io, mine(io, options)),
  );
  activateOptions(
    placed(verb('activate [role]', 'activate a role for a while; the role by name, id or part of its name')),
  ).action((role: string | undefined, options: ActivateOptions & Spellings) =>
    ended(io, activate(io, role, spelled(options))),
  );
  reasoned(placed(verb('deactivate [role]', 'give an active role back before its end'))).action(
    (role: string | undefined, options: DeactivateOptions & Spellings) =>
      ended(io, deactivate(io, role, spelled(options))),
  );
  for (const [name, result] of [
    ['approve', 'Approve'],
    ['deny', 'Deny'],
  ] as const) {
    const text = `${name} a request: its id, its approval's id or the beginning of one; without it, list what waits for me`;
    reasoned(verb(`${name} [request]`, text)).action(
      (id: string | undefined, options: ReviewOptions & Spellings) =>
        ended(io, review(io, result, id, spelled(options))),
    );
  }
  verb('check', 'may somebody do something somewhere?')
    .requiredOption('--principal <who>', 'object id, sign-in name, or me')
    .requiredOption('--action <action>', 'such as Microsoft.Compute/virtualMachines/restart/action')
    .requiredOption('--scope <path>', 'where')
    .option('--at <time>', 'at another time than now')
    .action((options: CheckOptions) => ended(io, check(io, options)));
}

/** Runs a whole command line; `more` adds verbs of others. */
export async function run(
  argv: readonly string[],
  io: Io,
  more: (program: Command) => void = () => {},
): Promise<number> {
  let code: number = EXIT.ok;
  const program = new Command('postern').description('Privileged Identity Management').exitOverride();
  program.configureOutput({
    writeOut: (text) => io.out(text.trimEnd()),
    writeErr: (text) => io.err(text.trimEnd()),
  });
  const exit = (given: number): void => {
    code = given;
  };
  clientCommands(program, { ...io, exit });
  more(program);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode;
    throw thrown;
  }
}

async function ended(io: Io, verb: Promise<number>): Promise<void> {
  io.exit(
    await verb.catch((thrown: unknown) => {
      if (!io.interrupted().aborted) return report(io.err, thrown);
      io.err('postern: canceled');
      return EXIT.canceled;
    }),
  );
}

const withCommon = (command: Command): Command =>
  command
    .option('--json', 'print the answer of the server as JSON')
    .option('--as <who>', 'sign in to the demo as ravi, priya, anika, user, approver or admin')
    .option(
      '--token <variable>',
      'the environment variable that holds a token (POSTERN_TOKEN is used when set)',
    );

const placed = (command: Command): Command =>
  command
    .option('-s, --scope <scope>', 'path, or name of a scope, or a part of it')
    .option('--subscription <subscription>', 'id or name')
    .option('-g, --resource-group <name>', 'resource group');

// Other tools' words for the same things are understood as well.
interface Spellings {
  readonly reason?: string;
  readonly time?: string;
}

const spelled = <O extends Spellings & { justification?: string | undefined; duration?: string | undefined }>(
  options: O,
): O => ({
  ...options,
  justification: options.justification ?? options.reason,
  duration: options.duration ?? options.time,
});

const reasoned = (command: Command): Command =>
  command
    .option('-r, --justification <text>', 'why (also --reason)')
    .addOption(new Option('--reason <text>').conflicts('justification').hideHelp());

const activateOptions = (command: Command): Command =>
  reasoned(command)
    .option(
      '-d, --duration <time>',
      'how long: 8h, 90m, 1h30m, "2 hours", PT1H (also --time); default 1h or what the policy allows',
    )
    .addOption(new Option('--time <time>').conflicts('duration').hideHelp())
    .option('--ticket-number <number>')
    .option('--ticket-system <name>')
    .option('--start-time <time>', 'later: 14:30, "2026-11-22 14:30", +2h')
    .option('--wait', 'wait for the approval')
    .option('-y, --yes', 'do not ask back')
    .option('--dry-run', 'only ask whether it would be allowed');
