/** `npm start`: runs the service until it is told to stop, or must be started again. How it ends says its exit code. */

import { asAsked, failed, startAgain } from './composition/exit-codes.js';
import { explain } from './composition/exit-message.js';
import { type Service, startService } from './composition/service.js';
import { startOptions } from './composition/start-options.js';
import { loadConfig } from './config/config.js';
import { openLog } from './infrastructure/logging/pino-log.js';
import { useProxy } from './infrastructure/proxy.js';

async function main(): Promise<void> {
  const { acceptLog } = startOptions(process.argv.slice(2));
  useProxy(process.env);
  const log = openLog({ level: process.env.LOG_LEVEL || 'info' });
  let service: Service | undefined;
  let stopping = false;
  /** Before it serves there is nothing to finish: whatever it has begun is safe to leave. */
  const stop = (code: number): void => {
    if (!service) process.exit(code);
    if (stopping) return;
    stopping = true;
    log.info({}, 'Stopping: no more requests are taken, and what is under way is finished or left safely.');
    service.stop().then(
      () => process.exit(code),
      (error: unknown) => {
        log.error({ words: String(error) }, 'The service did not stop cleanly.');
        process.exit(failed);
      },
    );
  };
  const damaged = (why: string): void => {
    log.error({ why, code: startAgain }, 'The service stops, for only a start can mend this.');
    stop(startAgain);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => stop(asAsked));
  process.on('SIGHUP', () => service?.reload());
  const config = loadConfig(process.env);
  service = await startService({ config, env: process.env, log, damaged, acceptLog });
  await service.ready;
  if (!stopping) log.info({ url: service.url, pid: process.pid, data: config.folders.data }, 'partner-cloud is ready.');
}

main().catch((error: unknown) => process.exit(explain(error)));
