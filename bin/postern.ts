#!/usr/bin/env node
import { run } from '../src/cli/commands.ts';
import { realIo } from '../src/cli/io.ts';

// The client verbs start in a blink; the server's own are loaded when one of them is asked for.
const SERVER_VERBS = ['serve', 'demo'];
const argv = process.argv.slice(2);
const asksForServer =
  argv.some((word) => [...SERVER_VERBS, 'help', '--help', '-h'].includes(word)) || argv.length === 0;
const more = asksForServer ? (await import('../src/main.ts')).serverCommands : undefined;
const code = await run(argv, realIo(), more);
process.exitCode ||= code;
