import fc from 'fast-check';
import type { Actor } from '../../src/core/actor.ts';
import { SYSTEM } from '../../src/core/actor.ts';
import type { Ask, Command } from '../../src/core/command.ts';
import type { ApprovalRule } from '../../src/core/policy.ts';
import { closed } from '../../src/core/request.ts';
import type { Scope } from '../../src/core/scope.ts';
import { type Holding, holdingOf } from '../../src/core/target.ts';
import { days, minutes, type PrincipalId, roleKey, type ScopeKey, scopeKey } from '../../src/core/values.ts';
import type { World } from '../../src/core/world.ts';
import { roleCommands } from './roleCommands.ts';
import * as the from './samples.ts';

/** A command, and how many minutes after the one before it. */
export interface Step {
  readonly wait: number;
  readonly command: Command;
  /** Which of those that are there it is about. */
  readonly pick: number;
}

const PEOPLE = [1, 2, 3].map(the.person);
const GROUPS = [1, 2].map(the.group);
const RESOURCE = scopeKey(`${the.RESOURCES}/providers/x/y/z`);
const one = <T>(...of: readonly T[]) => fc.constantFrom(...of);
const actorOf = (id: PrincipalId): Actor => ({ id, kind: 'person', mfa: true, contexts: [] });

const azure: fc.Arbitrary<Holding> = fc.record({
  plane: one('azure' as const),
  role: one(the.READER, roleKey('owner'), the.CUSTOM),
  scope: one(the.ROOT, the.SUBSCRIPTION, the.RESOURCES, RESOURCE),
  principal: one(...PEOPLE, ...GROUPS),
});
const membership: fc.Arbitrary<Holding> = fc.record({
  plane: one('groups' as const),
  role: one(roleKey('member')),
  scope: one(...GROUPS.map((id) => scopeKey(id))),
  principal: one(...PEOPLE, ...GROUPS),
});
const holding = fc.oneof({ weight: 3, arbitrary: azure }, membership);

const asking = (type: Ask['type']): fc.Arbitrary<Command> =>
  fc
    .record({
      id: fc.integer({ min: 1, max: 400 }).map(the.request),
      kind: one('eligibility' as const, 'assignment' as const),
      holding,
      later: one(null, 30, 600),
      length: one(5, 60, 480),
      self: fc.boolean(),
    })
    .map(({ id, kind, holding: h, later, length, self }) => {
      const own = type.startsWith('self');
      const person = own && GROUPS.includes(h.principal) ? PEOPLE[0]! : h.principal;
      return {
        type,
        id,
        kind: own ? 'assignment' : kind,
        holding:
          type === 'selfActivate' && h.plane === 'azure'
            ? { ...h, ...use(h), principal: person }
            : { ...h, principal: person },
        actor: own || self ? actorOf(person) : SYSTEM,
        period: {
          start: later === null ? null : the.at(later),
          expiration: { type: 'afterDuration', text: `PT${length}M`, length: minutes(length) },
        },
        justification: 'for the audit',
        ticket: { number: '1', system: null },
        condition: null,
        spelling: null,
        uses: null,
        schedule: null,
      } as Command;
    });

// The eligibilities that histories begin with: readers below the subscription, owners anywhere.
const use = ({ role, scope }: Holding) => ({
  role,
  scope: role === the.READER && scope === the.ROOT ? the.RESOURCES : scope,
});

const grant: fc.Arbitrary<Command> = fc
  .record({ id: fc.integer({ min: 500, max: 540 }).map(the.schedule), holding, note: one(null, 'a note') })
  .map(({ id, holding: h, note }) => ({
    type: 'grant',
    schedule: id,
    holding: h,
    note,
    principalKind: null,
    condition: null,
    actor: SYSTEM,
  }));

const putPrincipal: fc.Arbitrary<Command> = fc
  .record({ id: one(...PEOPLE), enabled: fc.boolean() })
  .map(({ id, enabled }) => ({ type: 'putPrincipal', principal: principal(id, enabled), actor: SYSTEM }));

const principal = (id: PrincipalId, enabled = true) => ({
  id,
  kind: GROUPS.includes(id) ? ('group' as const) : ('person' as const),
  displayName: `Name ${id}`,
  upn: null,
  mail: null,
  appId: null,
  enabled,
  roleAssignable: false,
  about: {},
});

const setPolicy: fc.Arbitrary<Command> = fc
  .record({
    required: fc.boolean(),
    scope: one(the.SUBSCRIPTION, the.RESOURCES),
    by: one(...PEOPLE, ...GROUPS),
  })
  .map(({ required, scope, by }) => ({
    type: 'setPolicy',
    target: { plane: 'azure', role: the.READER, scope },
    actor: SYSTEM,
    rules: [approval(required, by)],
  }));

const approval = (required: boolean, by: PrincipalId): ApprovalRule => ({
  kind: 'approval',
  caller: 'endUser',
  level: 'assignment',
  required,
  requiredForExtension: false,
  requestorJustification: true,
  mode: 'singleStage',
  stages: [
    {
      ...stageRule,
      primary: [{ id: by, of: GROUPS.includes(by) ? 'group' : 'person', backup: false, description: null }],
    },
  ],
});
const { votes: _none, ...stageRule } = the.stage();

const review: fc.Arbitrary<Command> = fc
  .record({
    request: fc.integer({ min: 1, max: 40 }).map(the.request),
    by: one(...PEOPLE),
    deny: fc.boolean(),
  })
  .map(({ request, by, deny }) => ({
    type: 'review',
    request,
    stage: 0,
    verdict: deny ? 'deny' : 'approve',
    justification: 'seen',
    actor: actorOf(by),
  }));

const cancel: fc.Arbitrary<Command> = fc
  .record({ request: fc.integer({ min: 1, max: 40 }).map(the.request) })
  .map(({ request }) => ({ type: 'cancel', request, actor: SYSTEM }));

const tree: fc.Arbitrary<Command> = fc
  .record({ key: one(the.RESOURCES, the.RESOURCES, RESOURCE), deletes: one(true, false), tag: one('a', 'b') })
  .map(({ key, deletes, tag }) =>
    deletes
      ? { type: 'deleteScope', plane: 'azure', scope: key, actor: SYSTEM }
      : named(key, key === RESOURCE ? the.RESOURCES : the.SUBSCRIPTION, { tag }, { sku: { name: tag } }),
  );

/** The tick's lists are filled in when it is given: with what is due. */
const tick: fc.Arbitrary<Command> = fc.constant({ type: 'tick', schedules: [], requests: [], actor: SYSTEM });

const anyCommand = fc.oneof(
  { weight: 4, arbitrary: asking('adminAssign') },
  { weight: 5, arbitrary: asking('selfActivate') },
  { weight: 1, arbitrary: asking('selfDeactivate') },
  { weight: 1, arbitrary: asking('adminRemove') },
  { weight: 2, arbitrary: asking('adminUpdate') },
  { weight: 1, arbitrary: asking('adminExtend') },
  { weight: 1, arbitrary: asking('adminRenew') },
  { weight: 2, arbitrary: asking('selfExtend') },
  { weight: 1, arbitrary: asking('selfRenew') },
  { weight: 2, arbitrary: grant },
  { weight: 2, arbitrary: setPolicy },
  { weight: 4, arbitrary: review },
  { weight: 1, arbitrary: cancel },
  ...roleCommands,
  { weight: 1, arbitrary: putPrincipal },
  { weight: 2, arbitrary: tree },
  { weight: 4, arbitrary: tick },
);

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({ wait: one(0, 0, 1, 5, 30, 300, 1500), command: anyCommand, pick: fc.nat(50) }),
  { minLength: 20, maxLength: 60 },
);

/** The command, where it is about something that is there, aimed at one of those in the world. */
export function aimed({ command, pick }: Step, world: World): Command {
  const nth = <T>(all: readonly T[]): T | undefined => all[pick % Math.max(all.length, 1)];
  if (command.type === 'review' || command.type === 'cancel') {
    const waiting = [...world.request.values()].filter((r) => !closed(r.state));
    return { ...command, request: nth(waiting)?.id ?? command.request };
  }
  if (command.type === 'selfDeactivate' || command.type === 'adminRemove') {
    const own = command.type === 'selfDeactivate';
    const open = [...world.schedule.values()].filter(
      (s) => s.announced !== 'end' && (!own || s.activatedFrom !== null),
    );
    const found = nth(open);
    if (!found) return command;
    const actor = own ? actorOf(found.principal) : SYSTEM;
    return { ...command, actor, kind: found.kind, holding: holdingOf(found) };
  }
  if (MOVING.includes(command.type as Ask['type'])) {
    const renews = command.type.endsWith('Renew');
    const found = nth(
      [...world.schedule.values()].filter(
        (s) => s.activatedFrom === null && (renews ? s.endReason === 'expired' : s.announced !== 'end'),
      ),
    );
    if (!found) return command;
    const actor = command.type.startsWith('self') ? actorOf(found.principal) : SYSTEM;
    return { ...(command as Ask), actor, kind: found.kind, holding: holdingOf(found) } as Command;
  }
  return command;
}
const MOVING: readonly Ask['type'][] = [
  'adminUpdate',
  'adminExtend',
  'adminRenew',
  'selfExtend',
  'selfRenew',
];

const eligible = (id: number, principal: PrincipalId, role: string, scope: Holding['scope']): Command => ({
  type: 'adminAssign',
  id: the.request(id),
  kind: 'eligibility',
  holding: { plane: 'azure', role: roleKey(role), scope, principal },
  actor: SYSTEM,
  period: { start: null, expiration: { type: 'afterDuration', text: 'P30D', length: days(30) } },
  justification: null,
  ticket: { number: null, system: null },
  condition: null,
  spelling: null,
});

/** What the histories begin with. */
export const beginning: readonly Command[] = [
  ...directory(),
  ...PEOPLE.map((id, n) => eligible(600 + n, id, the.READER, the.SUBSCRIPTION)),
  eligible(610, GROUPS[0]!, 'owner', the.ROOT),
  ...PEOPLE.slice(0, 2).map(
    (principal, n): Command => ({
      type: 'grant',
      schedule: the.schedule(620 + n),
      holding: { plane: 'groups', role: roleKey('member'), scope: scopeKey(GROUPS[n]!), principal },
      note: null,
      principalKind: null,
      condition: null,
      actor: SYSTEM,
    }),
  ),
  {
    type: 'setPolicy',
    target: { plane: 'azure', role: the.READER, scope: the.RESOURCES },
    actor: SYSTEM,
    rules: [approval(true, GROUPS[1]!)],
  },
];

function directory(): readonly Command[] {
  return [
    ...[...PEOPLE, ...GROUPS].map(
      (id) => ({ type: 'putPrincipal', principal: principal(id), actor: SYSTEM }) as const,
    ),
    ...[
      [the.ROOT, null],
      [the.SUBSCRIPTION, the.ROOT],
      [the.RESOURCES, the.SUBSCRIPTION],
    ].map(([key, parent]) => named(key!, parent ?? null)),
  ];
}

function named(key: ScopeKey, parent: ScopeKey | null, tags = {}, body: Scope['body'] = null): Command {
  return {
    type: 'putScope',
    plane: 'azure',
    actor: SYSTEM,
    scope: { key, path: key, kind: 'resourceGroup', displayName: key, parent, tags, location: null, body },
  };
}
