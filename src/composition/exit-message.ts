/** How a program ends that could not do its work: a mistake of the operator in its own words, anything else with its stack. */
import { InvalidConfig } from '../config/config.js';
import { DataFolderInUse } from '../infrastructure/data-folder.js';
import { InvalidLogLevel } from '../infrastructure/logging/pino-log.js';
import { UnfitCopyFolder } from '../infrastructure/sqlite-copy.js';
import { WrongVaultKey } from '../infrastructure/vault/sqlite-vault.js';
import { InvalidVaultKey } from '../infrastructure/vault/vault-key.js';
import { failed, wrongConfiguration } from './exit-codes.js';
import { LogLost } from './remembered-log.js';
import { InvalidArguments } from './start-options.js';

/** Says on standard error what went wrong; answers with the exit code, 78 when the configuration is wrong. */
export function explain(error: unknown): number {
  process.stderr.write(`${wordsOf(error)}\n`);
  return isOneOf(configuration, error) ? wrongConfiguration : failed;
}

/** What the configuration or the environment must be changed for. */
const configuration = [
  InvalidArguments,
  InvalidConfig,
  InvalidLogLevel,
  InvalidVaultKey,
  LogLost,
  UnfitCopyFolder,
  WrongVaultKey,
];
const told = [...configuration, DataFolderInUse];

const isOneOf = (kinds: readonly (typeof told)[number][], error: unknown): boolean =>
  kinds.some((kind) => error instanceof kind);

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (isPortTaken(error))
    return `server.port: ${error.port} of ${error.address} is taken by another program. Set PORT to a free one; 0 takes any.`;
  return isOneOf(told, error) ? error.message : (error.stack ?? error.message);
}

interface PortTaken extends Error {
  readonly address: string;
  readonly port: number;
}

const isPortTaken = (error: Error): error is PortTaken => 'code' in error && error.code === 'EADDRINUSE';
