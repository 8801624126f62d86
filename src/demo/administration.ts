import type { Holding } from '../core/target.ts';
import type { Instant } from '../core/values.ts';
import { onDay } from './calendar.ts';
import type { Names } from './names.ts';
import { grantTo, lengthOf, makeEligible, signedIn, takeEligibility } from './orders.ts';
import { type AzureRole, azureRole } from './roles.ts';
import { requestIsThere, type Step } from './step.ts';

/** What Priya does in the two hours in which she is Owner of the clinical estate. */
export function administrationSteps(names: Names, origin: Instant): readonly Step[] {
  const priya = signedIn(names.who('priya'));
  const held = (who: string, role: AzureRole, scope: string): Holding => ({
    plane: 'azure',
    principal: names.who(who),
    role: azureRole(role),
    scope: names.where(scope),
  });
  return [
    eligible(onDay(origin, 8, '09:30'), priya, held('yuki.tanaka', 'Contributor', 'rg-clinical-portal-prod')),
    direct(onDay(origin, 8, '09:40'), priya, held('victor.dumont', 'Reader', 'rg-clinical-records-prod')),
    removal(
      onDay(origin, 20, '11:55'),
      priya,
      held('pedro.alvarez', 'Owner', 'rg-clinical-integration-prod'),
    ),
    tighter(
      onDay(origin, 20, '12:05'),
      priya,
      held('fatima.zahra', 'Key Vault Administrator', 'rg-clinical-records-prod'),
    ),
  ];
}

type Priya = ReturnType<typeof signedIn>;

function eligible(at: Instant, actor: Priya, holding: Holding): Step {
  const command = makeEligible(
    actor,
    { name: 'eligible portal', holding },
    { length: 'P60D', why: 'Takes over the portal releases' },
  );
  return { at, command, done: requestIsThere(command.id) };
}

// Standing access given past all policies: what a report on access outside of PIM should find.
function direct(at: Instant, actor: Priya, holding: Holding): Step {
  const command = grantTo(actor, { name: 'direct records', holding }, 'Given by hand during the incident');
  return { at, command, done: async (store) => (await store.schedule(command.schedule)) !== null };
}

function removal(at: Instant, actor: Priya, holding: Holding): Step {
  const command = takeEligibility(actor, { name: 'removal integration', holding }, 'Not used for a quarter');
  return { at, command, done: requestIsThere(command.id) };
}

function tighter(at: Instant, actor: Priya, { plane, role, scope }: Holding): Step {
  const rule = {
    kind: 'expiration',
    caller: 'endUser',
    level: 'assignment',
    required: true,
    maximum: lengthOf('PT2H'),
    exceptions: [],
  } as const;
  const target = { plane, role, scope };
  return {
    at,
    command: { type: 'setPolicy', actor, target, rules: [rule] },
    done: async (store) => (await store.policies([target])).length > 0,
  };
}
