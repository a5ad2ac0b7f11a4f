/** The world of one run as its seed has it: AWS and its moods, the payers' limits, the workers, and what a customer will find. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Settings } from '../../src/application/dependencies.js';
import { loadConfig } from '../../src/config/config.js';
import { applicationSettings, awsSettings } from '../../src/config/settings-of.js';
import type { AwsSettings } from '../../src/infrastructure/aws/calls/settings.js';
import { openTerms } from '../../src/infrastructure/terms/terms-folder.js';
import { type CreationFailure, creationFailureReasons } from '../../src/simulator/control/creation-failures.js';
import type { Latencies } from '../../src/simulator/engine/core.js';
import { world } from '../../src/simulator/world/world.js';
import type { Chance } from './chance.js';
import type { Control } from './control-names.js';

const file = fileURLToPath(new URL('../../config/partner-cloud.yaml', import.meta.url));
const config = loadConfig({ PARTNER_CLOUD_CONFIG: file });
const minuteMs = 60_000;

export const terms = openTerms(config.terms.folder, ['US']);

export interface Scene {
  readonly settings: Settings;
  readonly awsSettings: AwsSettings;
  readonly latencies: Latencies;
  readonly failures: readonly CreationFailure[];
  readonly workers: number;
  /** How long things go wrong, in milliseconds. */
  readonly chaosMs: number;
  /** Whether somebody else has made an account with the first provider's e-mail. */
  readonly foreign: boolean;
  /** Whether of several workers only the one acts that holds the lease; otherwise all of them do. */
  readonly leased: boolean;
}

/** What is not left to chance. */
interface Given {
  readonly workers?: number | undefined;
  readonly control?: Control | undefined;
}

/** Draws a scene. */
export function drawScene(chance: Chance, { workers, control }: Given): Scene {
  const own = applicationSettings(config);
  const payers = own.payers.map((payer) => ({ ...payer, creationsAtOnce: chance.between(1, 3) }));
  const limits = { ...own.limits, revealsPerHour: 1_000, revealsPerHourOfAll: 1_000 };
  const aws = awsSettings(config);
  const neverTakenOver = control === 'a lease that is never taken over';
  const drawn = {
    settings: { ...own, payers, limits },
    awsSettings: {
      ...aws,
      endpoint: '',
      credentials: world.key,
      baseline: {
        ...aws.baseline,
        regions: [aws.baseline.homeRegion],
        securedRegions: [aws.baseline.homeRegion],
      },
      credentialLifetimeMs: chance.between(6, 10) * minuteMs,
    },
    latencies: drawLatencies(chance),
    failures: chance.yes(0.3) ? [drawFailure(chance)] : [],
    workers: workers ?? (neverTakenOver ? 3 : chance.of([1, 1, 2, 3])),
    chaosMs: chance.between(2, 12) * minuteMs,
    foreign: chance.yes(0.1) || control === 'adopting without the owner tag',
  };
  return { ...drawn, leased: drawn.workers > 1 && (chance.yes(0.5) || neverTakenOver) };
}

const drawLatencies = (chance: Chance): Latencies => ({
  createAccountMs: chance.between(1, 40_000),
  roleAssumableMs: chance.between(0, 40_000),
  servicesReadyMs: chance.between(0, 60_000),
  propagationMs: chance.of([0, 1_000, 5_000, 15_000]),
  listLagMs: chance.of([0, 1_000, 10_000, 45_000]),
  enableRegionMs: 0,
  callMs: 0,
});

const drawFailure = (chance: Chance): CreationFailure => ({
  payer: chance.of(world.payers).account,
  reason: chance.of(creationFailureReasons),
  times: chance.between(1, 2),
});

export const eventsFileOf = (folder: string): string => join(folder, 'events.db');
