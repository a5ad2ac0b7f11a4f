/** The composition root: chooses the adapters, and the order in which they start and stop. */

import type { Dependencies } from '../application/dependencies.js';
import { openChanges } from '../application/history/live-feed.js';
import { type Clock, systemClock } from '../application/ports/clock.js';
import type { HealthSource } from '../application/ports/health.js';
import type { Log } from '../application/ports/log.js';
import { PresentDelays } from '../application/processes/present-delays.js';
import { noteAccountState } from '../application/provisioning/living-accounts.js';
import { type Provisioning, startProvisioning } from '../application/provisioning/provisioning.js';
import { type Reconciliation, startReconciliation } from '../application/reconciliation/reconciliation.js';
import { openStreams } from '../application/streams/streams.js';
import type { Config } from '../config/config.js';
import { liveSettings } from '../config/live-limits.js';
import { awsSettings, httpSettings } from '../config/settings-of.js';
import { openAccountStates } from '../infrastructure/aws/calls/account-state.js';
import { openAwsAccess } from '../infrastructure/aws/calls/clients.js';
import { openAccountLister } from '../infrastructure/aws/creation/list-accounts.js';
import { openConsoleSessions } from '../infrastructure/aws/credentials/console-session.js';
import { openEnsures } from '../infrastructure/aws/ensures.js';
import { startHttp } from '../infrastructure/http/http-server.js';
import type { HttpParts } from '../infrastructure/http/kit/parts.js';
import { openDemoIssuer } from '../infrastructure/identity/demo-issuer.js';
import { openTokenVerifier } from '../infrastructure/identity/token-verifier.js';
import { openTerms } from '../infrastructure/terms/terms-folder.js';
import { healthOf } from './health.js';
import { witnessOf } from './last-witness.js';
import { logHealth } from './log-health.js';
import { type Begun, onceFilled } from './start-when-filled.js';
import { type Files, type FilesOptions, openFiles } from './storage.js';

export interface ServiceOptions extends FilesOptions {
  readonly clock?: Clock;
}

export interface Service {
  readonly url: string;
  /** Resolves once the steps that history owes are worked on, or the service was stopped before; rejects when they cannot be. */
  readonly ready: Promise<void>;
  /** Reads the payers' limits from the configuration again; a wrong file changes nothing. */
  reload(): void;
  /** Takes no more requests, stops the saga, answers the requests that are under way, then closes every file. */
  stop(): Promise<void>;
}

const attemptsAtOnce = 32;

/** How steps are run here. The data folder is ours alone, so nobody else acts. */
const runs = { mayAct: () => true, random: Math.random, atOnce: attemptsAtOnce };

/** Starts everything that the configuration asks for, and serves; throws when a part cannot start, with nothing left open. */
export async function startService({ clock = systemClock, ...options }: ServiceOptions): Promise<Service> {
  const { config, env, log } = options;
  await using stack = new AsyncDisposableStack();
  const files = await openFiles(options, stack);
  // From here on the data folder is ours, and nobody else sends anything to AWS in its name.
  const aloneSince = clock.now();
  const { store, vault, readModels } = files;
  const access = stack.adopt(openAwsAccess(awsSettings(config)), (opened) => opened.close());
  const aws = { access, settings: awsSettings(config), vault };
  const live = liveSettings(config, env, log);
  let provisioning: Begun<Provisioning> | undefined;
  const dependencies = {
    ...files,
    streams: openStreams(store, clock, (events) => provisioning?.running()?.appended(events)),
    terms: openTerms(config.terms.folder, codesOf(config)),
    ...asking(aws),
    clock,
    settings: live.settings,
    presentDelays: new PresentDelays(),
    nudge: (providerId: string) => provisioning?.running()?.nudge(providerId),
  };
  const reconciliation = stack.adopt(reconcilingOf(aws, dependencies, files, log), (running) => running.stop());
  const { witness, health } = witnessOf(aws, dependencies, files, log);
  const served = { dependencies, reconciliation, watched: [access.health, health, files.wals.health] };
  const http = stack.adopt(await serve(config, served, files, log), (h) => h.close());
  const ensures = openEnsures({ ...aws, aloneSince, witness });
  const parts = { ...dependencies, ensures, log, ...runs };
  // The sweep reads who is due from the read models.
  provisioning = onceFilled(readModels, store.head(), () => startProvisioning({ ...parts, from: store.head() }));
  stack.adopt(provisioning, (begun) => begun.stop());
  // First of all: what is asked for now is better asked of whoever serves next.
  stack.defer(() => http.refuse());
  const opened = stack.move();
  const reload = (): void => void (live.reload() && provisioning?.running()?.serveQueue());
  return { url: http.url, ready: provisioning.ready, reload, stop: () => opened.disposeAsync() };
}

const codesOf = ({ territories }: Config): readonly string[] => territories.list.map(({ code }) => code);

type Aws = Parameters<typeof openEnsures>[0];

/** What commands ask of AWS while a person waits. */
const asking = ({ access, settings }: Aws): Pick<Dependencies, 'consoleSessions' | 'accountStates'> => ({
  consoleSessions: openConsoleSessions({ access, settings }),
  accountStates: openAccountStates((payerId) => access.payer(payerId).organizations),
});

/** The daily comparison of AWS's lists with the log. */
function reconcilingOf({ access, settings }: Aws, on: Dependencies, { reports }: Files, log: Log): Reconciliation {
  const list = openAccountLister({ access, settings, clock: on.clock });
  const noteState = (providerId: string, state: string) => noteAccountState(on, providerId, state);
  return startReconciliation({ ...on, list, reports, log, noteState });
}

interface Served extends Pick<HttpParts, 'dependencies' | 'reconciliation'> {
  readonly watched: readonly HealthSource[];
}

/** The HTTP server with its live changes. */
async function serve(
  config: Config,
  { watched, ...served }: Served,
  { store, readModels, following }: Files,
  log: Log,
) {
  const changes = openChanges(store, store.head(), following, {
    failed: (error) =>
      log.error({ error: String(error) }, 'Live changes stand still; the log is read again in a moment.'),
    heard: served.dependencies.streams.heard,
  });
  const { clock } = served.dependencies;
  const tokenVerifier = await identityOf(config, log, clock);
  return startHttp({
    ...served,
    changes,
    tokenVerifier,
    health: healthOf({ store, readModels, parts: [tokenVerifier, ...watched, ...logHealth(store, clock, log)] }),
    log,
    ...httpSettings(config),
  });
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
