import type {
  AdminAssign,
  AdminRenew,
  Ask,
  Command,
  Grant,
  SelfActivate,
  SelfRenew,
  SetPolicy,
} from '../command.ts';
import type { Decision } from '../decision.ts';
import { accept, refuse } from '../decision.ts';
import type { Facts } from '../facts.ts';
import type { Instant } from '../values.ts';
import { selfActivate } from './activate.ts';
import { repeats } from './asking.ts';
import { adminAssign } from './assign.ts';
import { cancel } from './cancel.ts';
import { deleteScope } from './deleteScope.ts';
import { putDenyAssignment, removeDenyAssignment } from './denyAssignments.ts';
import { addCredential, advanceClock, putPrincipal } from './directory.ts';
import { adminExtend, selfExtend } from './extend.ts';
import { adminRemove, selfDeactivate } from './remove.ts';
import { adminRenew, selfRenew } from './renew.ts';
import { review } from './review.ts';
import { defineRole, removeRole } from './roles.ts';
import { changeScope, putScope, tagScope } from './scopes.ts';
import { deletedAbove } from './scopeTree.ts';
import { setPolicy } from './setPolicy.ts';
import { give, withdraw } from './standing.ts';
import { tick } from './tick.ts';
import { adminUpdate } from './update.ts';

type Decider<C extends Command['type']> = (
  facts: Facts,
  cmd: Extract<Command, { type: C }>,
  now: Instant,
) => Decision;

// A new command does not compile until it has its line here.
const DECIDERS: { readonly [C in Command['type']]: Decider<C> } = {
  adminAssign: once(inPlace(adminAssign)),
  adminUpdate: once(adminUpdate),
  adminExtend: once(adminExtend),
  adminRenew: once(inPlace(adminRenew)),
  adminRemove: once(adminRemove),
  selfActivate: once(inPlace(selfActivate)),
  selfDeactivate: once(selfDeactivate),
  selfExtend: once(selfExtend),
  selfRenew: once(inPlace(selfRenew)),
  cancel,
  review,
  setPolicy: inPlace(setPolicy),
  grant: inPlace(give),
  withdraw,
  putScope,
  changeScope,
  tagScope,
  deleteScope,
  putPrincipal,
  addCredential,
  defineRole,
  removeRole,
  putDenyAssignment,
  removeDenyAssignment,
  tick,
  advanceClock,
};

/** The product's one question: given what is known, what is asked and what time it is, what happens? No I/O, no clock. */
export function decide<C extends Command['type']>(
  facts: Facts,
  cmd: Extract<Command, { type: C }>,
  now: Instant,
): Decision {
  return (DECIDERS[cmd.type as C] as Decider<C>)(facts, cmd, now);
}

// What is deleted is given to nobody, and neither is what lies in it.
function inPlace<C extends AdminAssign | AdminRenew | SelfRenew | SelfActivate | Grant | SetPolicy>(
  decider: (facts: Facts, cmd: C, now: Instant) => Decision,
) {
  return (facts: Facts, cmd: C, now: Instant): Decision => {
    const { plane, scope } = cmd.type === 'setPolicy' ? cmd.target : cmd.holding;
    const gone = deletedAbove(facts, plane, scope);
    return gone === null ? decider(facts, cmd, now) : refuse({ code: 'scopeNotFound', scope: gone });
  };
}

// INVARIANT(L5): a request's name is used once. The same request again is the same request; another one is refused.
function once<C extends Ask>(decider: (facts: Facts, cmd: C, now: Instant) => Decision) {
  return (facts: Facts, cmd: C, now: Instant): Decision => {
    const there = facts.world.request.get(cmd.id);
    if (there) return repeats(there, cmd) ? accept() : refuse({ code: 'requestExists', request: cmd.id });
    return facts.world.schedule.has(cmd.id)
      ? refuse({ code: 'requestExists', request: cmd.id })
      : decider(facts, cmd, now);
  };
}
