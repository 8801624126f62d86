import type { SelfActivate } from '../../src/core/command.ts';
import { live } from '../../src/core/schedule.ts';
import { hours, scheduleId } from '../../src/core/values.ts';
import type { Outcome } from '../../src/engine/outcome.ts';
import { WrongAnswer } from '../wrongAnswer.ts';
import { type BenchEngine, endAll, type Submit } from './engines.ts';

const OF_ONE = 64;

/** Activates for everybody, in both ways, and throws unless each activation is what it should be, wherever one looks. */
export async function compareActivations(
  bench: BenchEngine,
  commands: readonly SelfActivate[],
  ofOne: Submit,
): Promise<number> {
  const { engine } = bench;
  await compareWay(bench, commands, (command) => engine.submit(command, engine.ids.guid()));
  const few = commands
    .slice(0, OF_ONE)
    .map((command) => ({ ...command, id: engine.ids.guid() as typeof command.id }));
  await compareWay(bench, few, ofOne);
  return commands.length + few.length;
}

async function compareWay(
  bench: BenchEngine,
  commands: readonly SelfActivate[],
  submit: Submit,
): Promise<void> {
  const outcomes = await Promise.all(commands.map(submit));
  for (const [i, command] of commands.entries()) {
    mustBeGranted(command, outcomes[i] as Outcome);
    mustBeAllowed(bench, command, true);
    await mustBeStored(bench, command);
  }
  await endAll(bench);
  for (const command of commands) mustBeAllowed(bench, command, false);
}

function mustBeGranted({ id, holding }: SelfActivate, outcome: Outcome): void {
  const right =
    outcome.ok &&
    outcome.request?.state === 'provisioned' &&
    outcome.schedule?.principal === holding.principal &&
    outcome.schedule.end === outcome.now + hours(1);
  if (!right) throw new WrongAnswer(`activation ${id} came to ${JSON.stringify(outcome)}`);
}

function mustBeAllowed({ engine }: BenchEngine, { holding }: SelfActivate, right: boolean): void {
  const question = { ...holding, action: 'Microsoft.Compute/virtualMachines/read' };
  const { allowed } = engine.check(question);
  if (allowed !== right)
    throw new WrongAnswer(`${holding.principal} may: ${allowed}, and it should be ${right}`);
}

async function mustBeStored({ engine, store }: BenchEngine, { id }: SelfActivate): Promise<void> {
  const [request, schedule] = await Promise.all([store.request(id), store.schedule(scheduleId(id))]);
  if (request?.state !== 'provisioned' || schedule === null || !live(schedule, engine.now()))
    throw new WrongAnswer(`activation ${id} was acknowledged and is not in the store`);
}
