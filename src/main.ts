/** `npm start`: runs the service until it is told to stop. Exit code 78 means that the configuration is wrong. */
import { loadConfig } from './config.js';
import { openLog } from './infrastructure/logging/pino-log.js';
import { explain } from './mistakes.js';
import { type Service, startService } from './service.js';

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

main().catch((error: unknown) => process.exit(explain(error)));
