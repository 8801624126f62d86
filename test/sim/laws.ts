import { isDeepStrictEqual } from 'node:util';
import { ENTITY_KINDS } from '../../src/core/event.ts';
import { byHoldings, disabled, othersStay, whatIsLeft } from './accessLaws.ts';
import { Breach, type Law, type Step } from './law.ts';
import {
  byApprovers,
  decidedOnce,
  forOneself,
  frozen,
  grantedOnce,
  legalMoves,
  madeOnce,
  notOnesOwn,
  oneLive,
} from './requestLaws.ts';
import { bounded, derived, neverLater, notEarly, outlived } from './timeLaws.ts';

const folded: Law = {
  id: 'U1',
  says: 'the log told from the beginning gives the state, and each version has one line',
  broken: (s) => (s.told.gaps > 0 ? 'a version has no line of its own' : differences(s)[0]),
};

// What is the very same value as before and has no line cannot have come to differ.
function differences({ before, after, told, fresh }: Step): readonly string[] {
  const named = new Set(fresh.map((l) => l.entity?.id));
  return ENTITY_KINDS.flatMap((kind) => {
    const [was, is, tells] = [before[kind], after[kind], told.world[kind]] as readonly ReadonlyMap<
      string,
      unknown
    >[];
    if (!was || !is || is.size !== tells?.size) return [`${kind}: another number than the log tells`];
    const suspects = [...is].filter(([id, entity]) => named.has(id) || was.get(id) !== entity);
    return suspects
      .filter(([id, entity]) => !isDeepStrictEqual(entity, tells.get(id)))
      .map(([id]) => `${kind} ${id} is not as the log tells`);
  });
}

/** Every law, in the order in which a breach is reported. */
export const LAWS: readonly Law[] = [
  outlived,
  bounded,
  neverLater,
  derived,
  notEarly,
  legalMoves,
  frozen,
  decidedOnce,
  grantedOnce,
  oneLive,
  madeOnce,
  byHoldings,
  whatIsLeft,
  othersStay,
  disabled,
  forOneself,
  notOnesOwn,
  byApprovers,
  folded,
];

/** Throws at the first law that does not hold. */
export function mustHold(step: Step, laws: readonly Law[] = LAWS): void {
  for (const law of laws) {
    const what = law.broken(step);
    if (what !== undefined) throw new Breach(law, what);
  }
}
