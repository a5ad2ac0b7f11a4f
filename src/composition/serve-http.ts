/** The HTTP side put together: live changes, tokens, readiness and the figures of all of it. */
import { fileURLToPath } from 'node:url';
import type { Dependencies } from '../application/dependencies.js';
import { type Hearing, openChanges } from '../application/history/live-feed.js';
import type { Clock } from '../application/ports/clock.js';
import type { HealthSource } from '../application/ports/health.js';
import type { Log } from '../application/ports/log.js';
import type { Config } from '../config/config.js';
import { consoleSettings, httpSettings } from '../config/settings-of.js';
import { startHttp } from '../infrastructure/http/http-server.js';
import type { HttpParts } from '../infrastructure/http/kit/parts.js';
import { openDemoIssuer } from '../infrastructure/identity/demo/issuer.js';
import { openTokenVerifier } from '../infrastructure/identity/token-verifier.js';
import { healthOf } from './health/health.js';
import { watchLag } from './health/lag.js';
import { logHealth } from './health/log-health.js';
import type { Files } from './storage/storage.js';

interface Served extends Pick<HttpParts, 'reconciliation' | 'guardrails' | 'hardening' | 'webhooks' | 'audit'> {
  readonly dependencies: Dependencies;
  readonly watched: readonly HealthSource[];
  /** Hears whatever comes in the log. */
  readonly heard: Hearing['heard'];
}

/** Where `npm run build` puts the web console. */
const consoleFolder = fileURLToPath(new URL('../console', import.meta.url));

/** The HTTP server with its live changes, and what readiness rests on. */
export async function serveHttp(
  config: Config,
  { watched, heard, ...served }: Served,
  { store, readModels, following, acting }: Files,
  log: Log,
) {
  const changes = openChanges(store, store.head(), following, {
    failed: (error) =>
      log.error({ error: String(error) }, 'Live changes stand still; the log is read again in a moment.'),
    heard,
  });
  const { clock } = served.dependencies;
  const tokenVerifier = await identityOf(config, log, clock);
  const parts = [tokenVerifier, ...watched, ...logHealth(store, clock, log)];
  const lag = watchLag({ store, readModels, ...config.readModels, ...acting });
  const health = healthOf({ store, readModels, parts, lag });
  const files = { folder: consoleFolder, settings: consoleSettings(config) };
  const http = await startHttp({
    ...served,
    changes,
    tokenVerifier,
    health,
    log,
    console: files,
    ...httpSettings(config),
  });
  async function close(): Promise<void> {
    lag.stop();
    await http.close();
  }
  return { http: { ...http, close }, health };
}

/** The keys of the demo issuer are made here where they are missing; whoever runs on them is told. */
async function identityOf({ identity, folders }: Config, log: Log, clock: Clock) {
  if (identity.demo) {
    await openDemoIssuer(folders.keys, clock);
    log.warn(
      { issuer: identity.issuer },
      'Tokens of the built-in demo issuer are accepted. Set identity.jwks for real use.',
    );
  }
  return openTokenVerifier(identity, { clock, log });
}
