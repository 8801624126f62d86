import type { AccessAnswer, AccessQuestion } from '../../src/core/access.ts';
import type { Target } from '../../src/core/target.ts';
import type { Instant, PrincipalId } from '../../src/core/values.ts';
import { ABILITY, EVERY_PLANE, RESOURCE, TARGETS } from './estate.ts';
import type { Step } from './law.ts';
import { ASKED } from './moves.ts';

const QUESTIONS: readonly Target[] = [
  ...EVERY_PLANE.map(({ target }) => target),
  { ...TARGETS.azure, scope: RESOURCE },
];

const ASKS = ASKED.flatMap((person) => QUESTIONS.map((target) => ({ person, target })));

const asking = ({ person, target }: (typeof ASKS)[number]): AccessQuestion => ({
  principal: person,
  plane: target.plane,
  scope: target.scope,
  action: ABILITY[target.plane],
});

export interface Answered {
  readonly person: PrincipalId;
  readonly target: Target;
  readonly current: boolean;
  readonly answer: AccessAnswer;
}

const answered = new WeakMap<Step, readonly Answered[]>();

export const askAll = (s: Step, t: Instant): readonly Answered[] =>
  s.answerers.flatMap((a) =>
    ASKS.map((ask) => ({ ...ask, current: a.current, answer: a.check(asking(ask), t) })),
  );

/** An access check at the instant of the step, by everybody who is asked; asked once for all laws. */
export function answersOf(s: Step): readonly Answered[] {
  const known = answered.get(s) ?? askAll(s, s.now);
  answered.set(s, known);
  return known;
}
