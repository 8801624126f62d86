import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import { SYSTEM } from '../core/actor.ts';
import type { Command } from '../core/command.ts';
import { principalId, roleKey, scheduleId, scopeKey } from '../core/values.ts';
import { exportLines } from '../demo/environmentFile.ts';
import { hashSecret } from '../directory/secretHash.ts';
import { systemClock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import type { Settings } from '../http/settings.ts';
import { writePrivate } from './privateFile.ts';
import { type Running, start } from './start.ts';
import { type Tenant, tenantCommands } from './tenant.ts';

const OWNER = roleKey('8e3af657-a8ff-443c-a75c-2fe8c4bcb635');

/** The server without demo data. A fresh store gets one administrator, whose secret is written to a file and kept nowhere. */
export async function serve(settings: Settings, say: (line: string) => void): Promise<Running> {
  let secret: Administrator | null = null;
  const running = await start(settings, say, {
    freshTenant: () => ({ id: randomUUID(), displayName: 'Postern', domain: 'postern.local' }),
    before: async (engine, _clock, tenant) => {
      secret = await firstAdministrator(engine, tenant);
    },
    epoch: systemClock.now(),
    demo: false,
  });
  if (secret) await hand(settings, running, secret, say);
  running.open();
  say(`postern: ready at ${running.url}`);
  return running;
}

interface Administrator {
  readonly clientId: string;
  readonly clientSecret: string;
}

// Only a store in which nobody can sign in has no administrator yet.
async function firstAdministrator(engine: Engine, tenant: Tenant): Promise<Administrator | null> {
  const { rows } = await engine.store.principals({ kinds: ['person', 'workload'], limit: 1 });
  if (rows.length > 0) return null;
  const [id, clientId, clientSecret] = [randomUUID(), randomUUID(), randomBytes(32).toString('base64url')];
  for (const command of [
    ...tenantCommands(tenant),
    ...(await administratorCommands(id, clientId, clientSecret)),
  ]) {
    const outcome = await engine.submit(command, randomUUID());
    if (!outcome.ok)
      throw new Error(`bug: the first administrator was refused: ${JSON.stringify(outcome.refusals)}`);
  }
  return { clientId, clientSecret };
}

async function administratorCommands(id: string, appId: string, secret: string): Promise<readonly Command[]> {
  const principal = principalId(id);
  const actor = SYSTEM;
  const described = {
    displayName: 'First administrator',
    upn: null,
    mail: null,
    enabled: true,
    roleAssignable: false,
    about: {},
  };
  const holding = { plane: 'azure', role: OWNER, scope: scopeKey('/'), principal } as const;
  return [
    { type: 'putPrincipal', actor, principal: { id: principal, kind: 'workload', appId, ...described } },
    {
      type: 'grant',
      actor,
      schedule: scheduleId(randomUUID()),
      holding,
      principalKind: null,
      note: 'Made at the first start',
      condition: null,
    },
    {
      type: 'addCredential',
      actor,
      id: randomUUID(),
      principal,
      kind: 'secret',
      verifier: await hashSecret(secret),
    },
  ];
}

async function hand(
  settings: Settings,
  running: Running,
  admin: Administrator,
  say: (line: string) => void,
): Promise<void> {
  const file = path.resolve(settings.data, 'admin.env');
  const lines = exportLines([
    ['POSTERN_URL', running.url],
    ['POSTERN_CA', running.caPath ?? undefined],
    ['NODE_EXTRA_CA_CERTS', running.caPath ?? undefined],
    ['POSTERN_TENANT_ID', running.tenant.id],
    ['POSTERN_CLIENT_ID', admin.clientId],
    ['POSTERN_CLIENT_SECRET', admin.clientSecret],
  ]);
  await writePrivate(file, lines);
  say(`postern: this store is new; its first administrator's client id and secret are in ${file}`);
  say('postern: read them into a shell, keep them somewhere safe, and remove the file');
}
