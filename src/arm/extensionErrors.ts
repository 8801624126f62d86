import type { RefusalOf } from '../core/refusal.ts';
import { printInstant } from '../core/values.ts';
import { bad, type Worded } from './worded.ts';

type Code =
  | 'heldThroughGroup'
  | 'nothingToRenew'
  | 'notExpired'
  | 'activationNotMoved'
  | 'alreadyBegun'
  | 'endsNotLater'
  | 'tooEarlyToExtend';

/** ARM's word for what cannot be updated, extended or renewed. */
export const EXTENSION_ERRORS: { readonly [C in Code]: (r: RefusalOf<C>) => Worded } = {
  heldThroughGroup: (r) =>
    bad(
      'RoleAssignmentDoesNotExist',
      `The Role assignment does not exist. It is held by the group '${r.group}', whose members cannot ask to extend it; an Owner or User Access Administrator can (AdminExtend with the principalId of the group).`,
    ),
  nothingToRenew: (r) =>
    bad(
      'RoleAssignmentDoesNotExist',
      `The Role assignment does not exist. Nothing ${r.kind === 'eligibility' ? 'eligible' : 'active'} of this principal, role and scope expired within the last 30 days: only what was assigned and ended by itself can be renewed. An Owner or User Access Administrator can assign it anew (AdminAssign).`,
    ),
  notExpired: (r) =>
    bad(
      'RoleAssignmentExists',
      `The Role assignment already exists. It has not ended${r.end === null ? '' : ` (it does at ${printInstant(r.end)})`}, and only what has ended can be renewed. To move its end, send AdminExtend or SelfExtend.`,
    ),
  activationNotMoved: () =>
    bad(
      'InvalidRoleAssignmentRequest',
      'An activated assignment keeps its period: it cannot be extended or updated. It can be ended (SelfDeactivate, AdminRemove), and the eligible person can activate again after it ended.',
    ),
  alreadyBegun: (r) =>
    bad(
      'InvalidRoleAssignmentRequestSchedule',
      `The schedule has begun (${printInstant(r.start)}), so its start can no longer be moved into the future. Leave startDateTime out to change the end alone, or end it with AdminRemove and assign it anew.`,
    ),
  endsNotLater: (r) =>
    bad(
      'InvalidRoleAssignmentRequestSchedule',
      r.end === null
        ? 'The schedule has no end, so there is nothing to extend. An Owner or User Access Administrator can give it one with AdminUpdate.'
        : `Extending moves the end later, and the schedule ends at ${printInstant(r.end)} already. Ask for an end after that; an Owner or User Access Administrator can move it nearer with AdminUpdate.`,
    ),
  tooEarlyToExtend: (r) =>
    bad(
      'InvalidRoleAssignmentRequest',
      `It is too early to ask for an extension: that can be done in the last 14 days before the end, from ${printInstant(r.opens)} on. An Owner or User Access Administrator can extend at any time (AdminExtend).`,
    ),
};
