/** `npm start`: runs the service until it is told to stop. Exit code 78 means that the configuration is wrong. */
import { InvalidConfig, loadConfig } from './config.js';
import { DataFolderInUse } from './infrastructure/data-folder.js';
import { openLog } from './infrastructure/logging/pino-log.js';
import { WrongVaultKey } from './infrastructure/vault/sqlite-vault.js';
import { InvalidVaultKey } from './infrastructure/vault/vault-key.js';
import { type Service, startService } from './service.js';

const wrongConfiguration = 78;
const failed = 1;

async function main(): Promise<void> {
  const log = openLog({ level: process.env.LOG_LEVEL || 'info' });
  let service: Service | undefined;
  let stopping = false;
  /** Before it serves there is nothing to finish: whatever it has begun is safe to leave. */
  const stop = (signal: string): void => {
    if (!service) process.exit(0);
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'Stopping: the saga first, then the server.');
    service.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ words: String(error) }, 'The service did not stop cleanly.');
        process.exit(failed);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('SIGHUP', () => service?.reload());
  const config = loadConfig(process.env);
  service = await startService({ config, env: process.env, log });
  log.info({ url: service.url, pid: process.pid, data: config.folders.data }, 'partner-cloud is ready.');
}

/** A mistake of the operator is told in its own words; anything else with its stack. */
function explain(error: unknown): number {
  if (error instanceof InvalidConfig || error instanceof InvalidVaultKey) {
    process.stderr.write(`${error.message}\n`);
    return wrongConfiguration;
  }
  if (error instanceof DataFolderInUse || error instanceof WrongVaultKey) process.stderr.write(`${error.message}\n`);
  else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return failed;
}

main().catch((error: unknown) => process.exit(explain(error)));
