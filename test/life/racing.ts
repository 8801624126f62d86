import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { type Actor, SYSTEM } from '../../src/core/actor.ts';
import type { Command } from '../../src/core/command.ts';
import type { ApprovalRule } from '../../src/core/policy.ts';
import type { Target } from '../../src/core/target.ts';
import { days, minutes, type PrincipalId, type RequestId, requestId } from '../../src/core/values.ts';
import type { Engine } from '../../src/engine/engine.ts';
import * as the from '../store/samples.ts';

export const APPROVER = the.person(0xfff);
const TARGET: Target = { plane: 'azure', role: the.READER, scope: the.SUBSCRIPTION };
const actorOf = (id: PrincipalId): Actor => ({ id, kind: 'person', mfa: true, contexts: [] });

/** Submits them all at once and says which were done; an engine that fails fails the test. */
export async function won(engine: Engine, commands: readonly Command[]): Promise<readonly boolean[]> {
  const outcomes = await Promise.all(commands.map((command) => engine.submit(command, randomUUID())));
  return outcomes.map((outcome) => outcome.ok && !outcome.replayed);
}

/** All of them must be done. */
export async function does(engine: Engine, ...commands: readonly Command[]): Promise<void> {
  const done = await won(engine, commands);
  expect(done.every(Boolean), `only ${done.filter(Boolean).length} of ${done.length} were done`).toBe(true);
}

export const name = (): RequestId => requestId(randomUUID());
export const names = (count: number): readonly RequestId[] => Array.from({ length: count }, name);

export const person = (id: PrincipalId, enabled = true): Command => ({
  type: 'putPrincipal',
  actor: SYSTEM,
  principal: {
    id,
    kind: 'person',
    displayName: `Somebody ${id.slice(-4)}`,
    upn: null,
    mail: null,
    appId: null,
    enabled,
    roleAssignable: false,
    about: {},
  },
});

export const place = (key: typeof the.ROOT, parent: typeof the.ROOT | null): Command => ({
  type: 'putScope',
  actor: SYSTEM,
  plane: 'azure',
  scope: { key, path: key, kind: 'subscription', displayName: key, parent, tags: {}, location: null },
});

const asking = (id: RequestId, principal: PrincipalId, length: number) =>
  ({
    id,
    holding: { ...TARGET, principal },
    period: {
      start: null,
      expiration: { type: 'afterDuration', text: `PT${length}M`, length: minutes(length) },
    },
    justification: 'a race',
    ticket: { number: null, system: null },
    condition: null,
    spelling: null,
  }) as const;

export const assign = (id: RequestId, principal: PrincipalId): Command => ({
  ...asking(id, principal, 60 * 24 * 60),
  type: 'adminAssign',
  kind: 'eligibility',
  actor: SYSTEM,
});
export const remove = (id: RequestId, principal: PrincipalId): Command => ({
  ...asking(id, principal, 60),
  type: 'adminRemove',
  kind: 'eligibility',
  schedule: null,
  actor: SYSTEM,
});
export const activate = (id: RequestId, principal: PrincipalId): Command => ({
  ...asking(id, principal, 60),
  type: 'selfActivate',
  kind: 'assignment',
  uses: null,
  actor: actorOf(principal),
});
export const approve = (request: RequestId): Command => ({
  type: 'review',
  request,
  stage: 0,
  verdict: 'approve',
  justification: 'seen',
  actor: actorOf(APPROVER),
});
export const cancel = (request: RequestId): Command => ({ type: 'cancel', request, actor: SYSTEM });
export const tick = (request: RequestId): Command => ({
  type: 'tick',
  schedules: [],
  requests: [request],
  actor: SYSTEM,
});

/** Whether activating needs the approver's yes, within a day. */
export const approvalNeeded = (required: boolean): Command => {
  const { votes: _none, ...stage } = the.stage(APPROVER);
  const rule: ApprovalRule = {
    kind: 'approval',
    caller: 'endUser',
    level: 'assignment',
    required,
    requiredForExtension: false,
    requestorJustification: true,
    mode: 'singleStage',
    stages: [{ ...stage, timeout: days(1) }],
  };
  return { type: 'setPolicy', actor: SYSTEM, target: TARGET, rules: [rule] };
};
