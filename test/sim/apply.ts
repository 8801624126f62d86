import type { Command } from '../../src/core/command.ts';
import { decide } from '../../src/core/decide/index.ts';
import type { Decision } from '../../src/core/decision.ts';
import { evolve } from '../../src/core/evolve.ts';
import type { Facts } from '../../src/core/facts.ts';
import type { Instant } from '../../src/core/values.ts';

/** Decides, and lets what happened become facts. */
export function apply(facts: Facts, cmd: Command, now: Instant): Decision {
  const decision = decide(facts, cmd, now);
  if (decision.ok) for (const event of decision.events) evolve(facts.world, event);
  return decision;
}

/** What was refused, as codes; nothing for a yes. */
export const codes = (decision: Decision): readonly string[] =>
  decision.ok ? [] : decision.refusals.map((r) => r.code);

/** What happened, as types; for a move also whereto, for an end also why. */
export const told = (decision: Decision): readonly string[] =>
  decision.ok
    ? decision.events.map((e) =>
        e.type === 'requestMoved'
          ? `${e.type} ${e.to}`
          : e.type === 'accessEnded'
            ? `${e.type} ${e.reason}`
            : e.type,
      )
    : codes(decision);
