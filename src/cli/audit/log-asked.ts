/** Which log a command of the audit is about: a file, or one on a server. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LogOnServer, LogPlace } from '../../composition/log/log-place.js';
import { type Config, InvalidConfig, loadConfig } from '../../config/config.js';
import { dataFolder } from '../../config/folders.js';
import { addressOf } from '../../config/sections/event-store.js';
import { treeFileName } from '../../infrastructure/audit/tree-file.js';

const isAddress = (log: string): boolean => /^esdb(\+discover)?:\/\//.test(log);

/** The log that is named, else the one of the configuration; without a configuration that can be read, the file in the data folder. */
export function logAsked(named: string | undefined, env: NodeJS.ProcessEnv): LogPlace {
  if (named !== undefined && !isAddress(named)) return named;
  const config = configOf(env);
  const url = named ?? config?.eventStore.url ?? '';
  if (config === undefined || url === '') return join(dataFolder(env), 'events.db');
  return onServer(config, url, env);
}

function onServer({ eventStore, folders }: Config, url: string, env: NodeJS.ProcessEnv): LogOnServer {
  const tree = join(folders.data, treeFileName);
  const address = addressOf({ ...eventStore, url }, env);
  return { address, prefix: eventStore.streamPrefix, tree: existsSync(tree) ? tree : undefined };
}

/** An auditor who only has a file needs none. */
function configOf(env: NodeJS.ProcessEnv): Config | undefined {
  try {
    return loadConfig(env);
  } catch (error) {
    if (error instanceof InvalidConfig) return undefined;
    throw error;
  }
}

/** How a log is called in sentences; no password is in it. */
export const nameOf = (log: LogPlace): string =>
  typeof log === 'string'
    ? log
    : `the log ${log.prefix} on ${log.address.replace(/^[a-z+]+:\/\/([^@]*@)?/, '').replace(/[/?].*$/, '')}`;

/** A file that is named and is not there; `undefined` where nothing is missing. */
export const missingFile = (...files: readonly (LogPlace | undefined)[]): string | undefined =>
  files.find((file): file is string => typeof file === 'string' && !existsSync(file));
