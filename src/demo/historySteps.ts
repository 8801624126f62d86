import type { Holding } from '../core/target.ts';
import { after, days, type Instant, instant, minutes, type RequestId } from '../core/values.ts';
import { administrationSteps } from './administration.ts';
import { onDay, TODAY } from './calendar.ts';
import { STORIES } from './history.ts';
import type { Names } from './names.ts';
import { activate, giveBack, signedIn } from './orders.ts';
import { azureRole } from './roles.ts';
import { answered, requestIsThere, type Step } from './step.ts';
import type { Story, Word } from './story.ts';

/** The month of history in the order in which it happened. */
export const historySteps = (names: Names, origin: Instant): readonly Step[] =>
  [...STORIES.flatMap((s) => stepsOf(s, names, origin)), ...administrationSteps(names, origin)].sort(
    (a, b) => a.at - b.at,
  );

const startOf = ({ when }: Story, origin: Instant): Instant =>
  'minutesAgo' in when
    ? instant(after(origin, days(TODAY)) - minutes(when.minutesAgo))
    : onDay(origin, when[0], when[1]);

function stepsOf(s: Story, names: Names, origin: Instant): readonly Step[] {
  const at = startOf(s, origin);
  const later = (n: number) => after(at, minutes(n));
  const name = `${s.who} ${s.role} ${s.scope} ${JSON.stringify(s.when)}`;
  const holding: Holding = {
    plane: 'azure',
    principal: names.who(s.who),
    role: azureRole(s.role),
    scope: names.where(s.scope),
  };
  const asked = activate({ name, holding }, s);
  const back = giveBack({ name: `${name} returned`, holding });
  const steps: readonly (Step | false)[] = [
    { at, command: asked, done: requestIsThere(asked.id) },
    s.approved !== undefined && vote(asked.id, 'approve', s.approved, names, later),
    s.denied !== undefined && vote(asked.id, 'deny', s.denied, names, later),
    s.canceledAfter !== undefined && {
      at: later(s.canceledAfter),
      command: { type: 'cancel', actor: asked.actor, request: asked.id },
      done: answered(asked.id),
    },
    s.returnedAfter !== undefined && {
      at: later(s.returnedAfter),
      command: back,
      done: requestIsThere(back.id),
    },
  ];
  return steps.filter((step) => step !== false);
}

function vote(
  request: RequestId,
  verdict: 'approve' | 'deny',
  [who, minutesLater, justification]: Word,
  names: Names,
  later: (n: number) => Instant,
): Step {
  const actor = signedIn(names.who(who));
  return {
    at: later(minutesLater),
    command: { type: 'review', actor, request, stage: 0, verdict, justification },
    done: answered(request),
  };
}
