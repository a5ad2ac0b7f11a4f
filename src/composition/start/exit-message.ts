/** How a program ends that could not do its work: a mistake of the operator in its own words, anything else with its stack. */
import { InvalidConfig } from '../../config/config.js';
import { DataFolderInUse, UnusableDataFolder } from '../../infrastructure/data-folder.js';
import { UnusableEventStore } from '../../infrastructure/event-store/eventstoredb/start.js';
import { InvalidKey } from '../../infrastructure/secret-keys.js';
import { UnfitCopyFolder } from '../../infrastructure/sqlite-copy.js';
import { WrongVaultKey } from '../../infrastructure/vault/sqlite-vault.js';
import { LogLost } from '../log/remembered-log.js';
import { UnusableFile } from '../log/unusable-file.js';
import { failed, wrongConfiguration } from './exit-codes.js';
import { InvalidArguments } from './start-options.js';

/** Says on standard error what went wrong; answers with the exit code, 78 when the configuration is wrong. */
export function explain(error: unknown): number {
  process.stderr.write(`${exitText(error)}\n`);
  return isOneOf(configuration, error) ? wrongConfiguration : failed;
}

/** What the configuration or the environment must be changed for. */
const configuration = [InvalidArguments, InvalidConfig, InvalidKey, LogLost, UnfitCopyFolder, WrongVaultKey];
const expected = [...configuration, DataFolderInUse, UnusableDataFolder, UnusableEventStore, UnusableFile];

const isOneOf = (kinds: readonly (typeof expected)[number][], error: unknown): boolean =>
  kinds.some((kind) => error instanceof kind);

function exitText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (isOneOf(expected, error)) return error.message;
  return systemWords(error) ?? error.stack ?? error.message;
}

/** What the operating system refused, with the path or address that it is about; `undefined` for any other error. */
function systemWords(error: Error & Partial<SystemError>): string | undefined {
  const { code, path, address, port, section = 'server' } = error;
  if (code === 'EADDRINUSE')
    return `${section}.port: ${port} of ${address} is taken by another program. Set ${variables[section].port} to a free one; 0 takes any.`;
  if (code === 'EADDRNOTAVAIL')
    return `${section}.host: ${address} is no address of this machine. Set ${variables[section].host} to one; 0.0.0.0 takes all.`;
  if (code === 'EACCES' && address)
    return `${section}.port: this user may not listen on ${port} of ${address}. Set ${variables[section].port} to one above 1023.`;
  return code && path ? `${path} cannot be used (${code}). Give this user a place where it can.` : undefined;
}

/** The variables of the environment that say where to listen, by the section of the configuration. */
const variables = {
  server: { host: 'PARTNER_CLOUD_HOST', port: 'PORT' },
  metrics: { host: 'PARTNER_CLOUD_METRICS_HOST', port: 'PARTNER_CLOUD_METRICS_PORT' },
} as const;

interface SystemError {
  /** The section of the configuration that asked for the address. */
  readonly section: keyof typeof variables;
  readonly code: string;
  readonly path: string;
  readonly address: string;
  readonly port: number;
}
