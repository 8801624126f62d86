import { inspect } from 'node:util';
import { activation } from './activation/activation.ts';
import { check } from './check/check.ts';
import { replicas } from './replicas/replicas.ts';
import { https } from './server/https.ts';
import { start } from './server/start.ts';
import { WrongAnswer } from './wrongAnswer.ts';

const FIGURES: Readonly<Record<string, () => Promise<void>>> = {
  check,
  activation,
  https,
  start,
  replicas,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(FIGURES, name));
if (unknown.length > 0) {
  process.stderr.write(
    `no figure is called ${unknown.join(', ')}; there are: ${Object.keys(FIGURES).join(', ')}\n`,
  );
  process.exit(2);
}
try {
  for (const name of asked.length > 0 ? asked : Object.keys(FIGURES)) await FIGURES[name]?.();
} catch (error) {
  process.stderr.write(
    `${error instanceof WrongAnswer ? `wrong answer: ${error.message}` : inspect(error)}\n`,
  );
  process.exitCode = 1;
}
