/** The log's level and the payers' limits follow the configuration while the service runs; the rest waits for a restart. */
import { isDeepStrictEqual } from 'node:util';
import type { Settings } from '../application/dependencies.js';
import { type AdjustableLog, logLevels } from '../application/ports/log.js';
import { type Config, InvalidConfig, loadConfig } from './config.js';
import { applicationSettings } from './settings-of.js';

export interface LiveSettings {
  /** Its `payers` always hold the limits read last. */
  readonly settings: Settings;
  /**
   * Reads the file and the environment again, checks them whole, and takes over the log's level and the payers' limits.
   * Answers whether a limit changed. A wrong file changes nothing, and each of its mistakes is logged.
   */
  reload(): boolean;
}

/** Starts from the configuration that the service runs on. */
export function liveSettings(running: Config, env: NodeJS.ProcessEnv, log: AdjustableLog): LiveSettings {
  let { payers, logging } = running;
  const settings = {
    ...applicationSettings(running),
    get payers() {
      return payers;
    },
  };
  return {
    settings,
    reload() {
      const config = read(env, log);
      if (!config) return false;
      const next = payers.map((payer) => withLimitsOf(payer, config.payers));
      const limits = limitChanges(payers, next);
      const changed = [...limits, ...levelChanges(logging, config.logging)];
      const before = logging;
      [payers, logging] = [next, config.logging];
      const waiting = waitsForRestart({ ...running, payers, logging }, config);
      // The line is written at whichever level says more, so that a change of the level is seen.
      log.setLevel(louder(before.level, logging.level));
      log.info({ changed, waitsForRestart: waiting }, 'The configuration was read again while the service runs.');
      log.setLevel(logging.level);
      return limits.length > 0;
    },
  };
}

type Payer = Config['payers'][number];
type Logging = Config['logging'];

function read(env: NodeJS.ProcessEnv, log: AdjustableLog): Config | undefined {
  try {
    return loadConfig(env);
  } catch (error) {
    if (!(error instanceof InvalidConfig)) throw error;
    for (const words of error.message.split('\n'))
      log.error({ words }, 'The configuration is wrong; everything stays as it was.');
    return undefined;
  }
}

function withLimitsOf(payer: Payer, now: readonly Payer[]): Payer {
  const { accountsAllowed, creationsAtOnce } = now.find(({ id }) => id === payer.id) ?? payer;
  return { ...payer, accountsAllowed, creationsAtOnce };
}

const limitChanges = (before: readonly Payer[], after: readonly Payer[]): readonly string[] =>
  after.flatMap(({ id, accountsAllowed, creationsAtOnce }, index) => {
    const old = before[index];
    if (old?.accountsAllowed === accountsAllowed && old.creationsAtOnce === creationsAtOnce) return [];
    return [`${id}: ${accountsAllowed} accounts allowed, ${creationsAtOnce} creations at once`];
  });

const levelChanges = (before: Logging, after: Logging): readonly string[] =>
  before.level === after.level ? [] : [`logging.level: ${after.level}`];

const louder = (one: Logging['level'], other: Logging['level']): Logging['level'] =>
  logLevels.indexOf(one) < logLevels.indexOf(other) ? one : other;

/** The groups of settings that differ from what the service runs on. */
const waitsForRestart = (running: Config, read: Config): readonly string[] =>
  Object.keys(running).filter((group) => {
    const key = group as keyof Config;
    return !isDeepStrictEqual(plain(running[key]), plain(read[key]));
  });

/** Settings come as instances of their classes or as plain copies; only what they hold counts. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
