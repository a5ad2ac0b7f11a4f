/** `npm start`: runs the service until it is told to stop, or must be started again. How it ends says its exit code. */

import { openEnding } from './composition/ending.js';
import { type Service, startService } from './composition/service.js';
import { asAsked, startAgain } from './composition/start/exit-codes.js';
import { explain } from './composition/start/exit-message.js';
import { startOptions } from './composition/start/start-options.js';
import { startTracing } from './composition/start/tracing.js';
import { loadConfig } from './config/config.js';
import { openLog } from './infrastructure/logging/pino-log.js';
import { openStandardOutput } from './infrastructure/logging/standard-output.js';
import { ownerOnly } from './infrastructure/own-file.js';
import { useProxy } from './infrastructure/proxy.js';

async function main(): Promise<void> {
  process.umask(ownerOnly);
  const { acceptLog } = startOptions(process.argv.slice(2));
  useProxy(process.env);
  const output = openStandardOutput();
  const log = openLog({ level: 'info', destination: output });
  const ending = openEnding(log, output);
  let service: Service | undefined;
  const damaged = (why: string): void => {
    log.error({ why, code: startAgain }, 'The service stops, for only a start can mend this.');
    ending.end(startAgain);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => ending.end(asAsked));
  process.on('SIGHUP', () => service?.reload());
  const config = loadConfig(process.env);
  log.setLevel(config.logging.level);
  ending.sends(await startTracing(process.env, log));
  service = await startService({ config, env: process.env, log, damaged, acceptLog });
  ending.serves(service);
  await service.ready;
  if (!ending.begun())
    log.info(
      { url: service.url, metrics: service.metricsUrl, pid: process.pid, data: config.folders.data },
      'partner-cloud is ready.',
    );
}

main().catch((error: unknown) => process.exit(explain(error)));
