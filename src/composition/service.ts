/** The composition root: chooses the adapters, and the order in which they start and stop. */

import type { Dependencies } from '../application/dependencies.js';
import { type Clock, systemClock } from '../application/ports/clock.js';
import type { Page } from '../application/ports/event-store.js';
import type { AdjustableLog } from '../application/ports/log.js';
import { PresentDelays } from '../application/processes/present-delays.js';
import { openStreams } from '../application/streams/streams.js';
import type { Config } from '../config/config.js';
import { liveSettings } from '../config/live-settings.js';
import { awsSettings } from '../config/settings-of.js';
import { openAccountStates } from '../infrastructure/aws/calls/account-state.js';
import { openAwsAccess } from '../infrastructure/aws/calls/clients.js';
import { openAccountSessions } from '../infrastructure/aws/credentials/account-sessions.js';
import { openEnsures } from '../infrastructure/aws/ensures.js';
import { openMetrics } from '../infrastructure/metrics/registry.js';
import { openTerms } from '../infrastructure/terms/terms-folder.js';
import { auditOver } from './audit/audit.js';
import { serveFigures } from './figures.js';
import { appliedGuardrails } from './sagas/guardrails.js';
import { heldOf } from './sagas/hardening.js';
import { witnessOf } from './sagas/last-witness.js';
import { reconcilingOf } from './sagas/reconciling.js';
import { type Sagas, startSagas } from './sagas/sagas.js';
import { type Begun, startWhenFilled } from './sagas/start-when-filled.js';
import { openWebhooks } from './sagas/webhooks.js';
import { serveHttp } from './serve-http.js';
import { type Files, type FilesOptions, openFiles } from './storage/storage.js';

export interface ServiceOptions extends Omit<FilesOptions, 'metrics' | 'access' | 'log'> {
  readonly log: AdjustableLog;
  readonly clock?: Clock;
}

export interface Service {
  readonly url: string;
  /** Where the figures are, if they are served. */
  readonly metricsUrl: string | undefined;
  /** Resolves once the steps that history owes are worked on, or the service was stopped before; rejects when they cannot be. */
  readonly ready: Promise<void>;
  /** Reads the log's level and the payers' limits from the configuration again; a wrong file changes nothing. */
  reload(): void;
  /** Takes no more requests, stops the saga, answers the requests that are under way, then closes every file. */
  stop(): Promise<void>;
}

const attemptsAtOnce = 32;

/** How steps are run here. */
const runs = { random: Math.random, atOnce: attemptsAtOnce };

/** Starts everything that the configuration asks for, and serves; throws when a part cannot start, with nothing left open. */
export async function startService({ clock = systemClock, ...options }: ServiceOptions): Promise<Service> {
  const { config, env, log } = options;
  await using stack = new AsyncDisposableStack();
  const metrics = openMetrics();
  const access = stack.adopt(openAwsAccess({ ...awsSettings(config), metrics }), (opened) => opened.close());
  const files = await openFiles({ ...options, metrics, access }, stack);
  const audit = await auditOver({ ...files, ...files.acting, clock, access }, options, stack);
  // Where the data folder holds the log, nobody else sends anything to AWS in its name from here on.
  const aloneSince = files.acting.shared ? undefined : clock.now();
  const { store, vault, readModels } = files;
  const aws = { access, settings: awsSettings(config), vault };
  const live = liveSettings(config, env, log);
  let sagas: Begun<Sagas> | undefined;
  const running = (): Sagas | undefined => sagas?.running();
  const dependencies = dependenciesOf({ files, aws, config, settings: live.settings, clock, metrics }, running);
  const reconciliation = stack.adopt(reconcilingOf(aws, dependencies, files, log), (running) => running.stop());
  const held = heldOf({ config, ...dependencies, ...files, ...aws }, running);
  const { witness, health } = witnessOf(aws, dependencies, files, log);
  const { webhooks, delivering } = openWebhooks({ config, dependencies, files, audit, access, log }, stack);
  const watched = [access.health, health, ...healthIn(files), delivering.health, ...audit.health];
  const on = { dependencies, reconciliation, ...held, webhooks, audit, watched };
  const served = await serveHttp(config, { ...on, heard: hearing(dependencies, files, running) }, files, log);
  const http = stack.adopt(served.http, (h) => h.close());
  const figured = { on: dependencies, audit, delivering, ...served, ...http, ...files.acting, ...config.folders };
  const figures = stack.adopt(await serveFigures(metrics, figured, config.metrics), (server) => server?.close());
  const ensures = openEnsures({ ...aws, aloneSince, witness, applied: appliedGuardrails(dependencies.streams) });
  const parts = { ...dependencies, ...held, ensures, log, ...runs, mayAct: files.acting.mayAct };
  // The sweep reads who is due from the read models.
  sagas = startWhenFilled(readModels, store.head, () => startSagas({ ...parts, from: store.head() }));
  stack.adopt(sagas, (begun) => begun.stop());
  // First of all: what is asked for now is better asked of whoever serves next.
  stack.defer(() => http.refuse());
  const reload = (): void => void (live.reload() && running()?.serveQueue());
  return stoppable({ url: http.url, metricsUrl: figures?.url, ready: sagas.ready, reload }, stack.move());
}

const healthIn = ({ wals, check, vaultHealth }: Files) => [wals.health, check.health, vaultHealth];

/** The service with what stops it; everything that is open is closed in the opposite order. */
const stoppable = (known: Omit<Service, 'stop'>, opened: AsyncDisposableStack): Service => ({
  ...known,
  stop: () => opened.disposeAsync(),
});

const codesOf = ({ territories }: Config): readonly string[] => territories.list.map(({ code }) => code);

type Aws = Parameters<typeof openEnsures>[0];

interface Chosen extends Pick<Dependencies, 'clock' | 'metrics' | 'settings'> {
  readonly files: Files;
  readonly aws: Aws;
  readonly config: Config;
}

/** What handlers work with; the saga, once it runs, hears of what they append. */
function dependenciesOf(
  { files, aws, config, ...given }: Chosen,
  running: () => Sagas | undefined,
): Dependencies & { readonly presentDelays: PresentDelays } {
  return {
    ...files,
    ...given,
    streams: openStreams(files.store, given.clock, (events) => running()?.appended(events)),
    terms: openTerms(config.terms.folder, codesOf(config)),
    ...asking(aws),
    presentDelays: new PresentDelays(),
    nudge: (providerId) => running()?.nudge(providerId),
    lastCheckedAt: (providerId) => files.looks.latest(providerId)?.at,
  };
}

/** What others append wakes the sagas as what is appended here does, where there may be others. */
function hearing(
  { streams }: Pick<Dependencies, 'streams'>,
  { acting }: Files,
  running: () => Sagas | undefined,
): (events: Page['events']) => void {
  return (events) => {
    streams.heard(events);
    if (acting.shared) running()?.appended(events.filter((each) => 'event' in each));
  };
}

/** What commands ask of AWS while a person waits. */
const asking = ({ access, settings }: Aws): Pick<Dependencies, 'accountSessions' | 'accountStates'> => ({
  accountSessions: openAccountSessions({ access, settings }),
  accountStates: openAccountStates((payerId) => access.payer(payerId).organizations),
});
