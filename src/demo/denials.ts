import { SYSTEM } from '../core/actor.ts';
import type { PutDenyAssignment } from '../core/command.ts';
import { nameGuid } from './nameGuid.ts';
import type { Names } from './names.ts';

interface Denial {
  readonly name: string;
  readonly description: string;
  readonly scope: string;
  readonly actions: readonly string[];
  /** Whom it binds; null for everybody. */
  readonly binds: readonly string[] | null;
  readonly spares: readonly string[];
}

/** What nobody may do whatever they hold: as a managed deployment would have it. */
const DENIALS: readonly Denial[] = [
  {
    name: 'Networks of development are managed',
    description: 'The platform team alone changes networks, also where others are Contributor.',
    scope: 'development',
    actions: ['Microsoft.Network/*/write', 'Microsoft.Network/*/delete'],
    binds: null,
    spares: ['platform-engineering'],
  },
  {
    name: 'Records are not deleted by deployments',
    description: 'The deployer is Contributor of the subscription, but takes nothing away here.',
    scope: 'rg-clinical-records-prod',
    actions: ['*/delete'],
    binds: ['clinical-deployer'],
    spares: [],
  },
];

export const denials = (names: Names): readonly PutDenyAssignment[] =>
  DENIALS.map(({ name, description, scope, actions, binds, spares }) => ({
    type: 'putDenyAssignment',
    actor: SYSTEM,
    denyAssignment: {
      id: nameGuid('deny', name),
      plane: 'azure',
      scope: names.where(scope),
      name,
      description,
      permissions: [{ actions, notActions: [], dataActions: [], notDataActions: [] }],
      principals: binds === null ? 'everyone' : binds.map((who) => names.who(who)),
      excluded: spares.map((who) => names.who(who)),
      scopeOnly: false,
      systemProtected: true,
    },
  }));
