import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { instant } from '../core/values.ts';
import { environmentFile, secretsIn } from '../demo/environmentFile.ts';
import { FACES } from '../demo/people.ts';
import type { DemoSecrets } from '../demo/secrets.ts';
import { welcome } from '../demo/welcome.ts';
import { writeDemo } from '../demo/writeDemo.ts';
import { hashSecret } from '../directory/secretHash.ts';
import { systemClock } from '../engine/clock.ts';
import type { Settings } from '../http/settings.ts';
import { writePrivate } from './privateFile.ts';
import { type Running, start } from './start.ts';

/** The server with a demo tenant: written at the first start, kept afterwards. */
export async function demo(settings: Settings, say: (line: string) => void): Promise<Running> {
  const file = path.resolve(settings.data, 'demo.env');
  const kept = await keptSecrets(file);
  let secrets: DemoSecrets | null = null;
  const running = await start(settings, say, {
    freshTenant: () => ({
      id: randomUUID(),
      displayName: 'Meridian Health',
      domain: 'meridianhealth.example',
    }),
    before: async (engine, clock, tenant) => {
      // A manual clock stands where it stood; only a fresh demo is set by the machine's time.
      const now = settings.clock === 'manual' && kept ? engine.now() : systemClock.now();
      const parts = { hash: hashSecret, secrets: () => randomBytes(24).toString('base64url'), now };
      secrets = await writeDemo({ engine, clock, tenant, kept, ...parts });
    },
    epoch: instant(0),
    demo: true,
  });
  if (secrets) await writePrivate(file, environmentFile(serverFor(running), secrets));
  running.open();
  for (const line of welcomeTo(running, file)) say(line);
  say(`postern: ready at ${running.url}`);
  return running;
}

const keptSecrets = async (file: string): Promise<DemoSecrets | null> =>
  readFile(file, 'utf8').then(
    (text) =>
      secretsIn(
        text,
        FACES.map(({ name }) => name),
      ),
    () => null,
  );

const serverFor = (running: Running) => ({
  url: running.url,
  ca: running.caPath ?? '',
  proxy: running.proxyPort === null ? null : `http://127.0.0.1:${running.proxyPort}`,
  tenantId: running.tenant.id,
  ...azExtension(),
});

// `npm run build:az-extension` puts it there; without it az lacks one flag, and the demo runs all the same.
function azExtension(): { readonly azExtension?: string } {
  const root = path.dirname(path.dirname(import.meta.dirname));
  const wheel = path.join(root, 'dist', `postern-${packageJson.version}-py3-none-any.whl`);
  return existsSync(wheel) ? { azExtension: wheel } : {};
}

const welcomeTo = ({ url, proxyPort }: Running, file: string): readonly string[] =>
  welcome({
    url,
    environment: path.relative(process.cwd(), file),
    command: 'npm run -s postern --',
    proxy: proxyPort !== null,
  });
