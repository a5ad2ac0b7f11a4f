/** Nest's own words in our log; its account of every route it maps at start is left out. */
import type { LoggerService } from '@nestjs/common';
import type { Log } from '../../../application/ports/log.js';

const chatter: readonly unknown[] = [
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
];

/** A logger for Nest over the log; the last of Nest's extra arguments is the part of Nest that speaks. */
export function nestLogger(log: Log): LoggerService {
  const facts = (rest: readonly unknown[]) => ({ nest: String(rest.at(-1)) });
  const words = (message: unknown): string => (message instanceof Error ? message.message : String(message));
  const failed = (message: unknown, ...rest: unknown[]): void =>
    log.error({ ...facts(rest), ...(message instanceof Error ? { error: message } : {}) }, words(message));
  return {
    log: (message, ...rest) => {
      if (!chatter.includes(rest.at(-1))) log.info(facts(rest), words(message));
    },
    warn: (message, ...rest) => log.warn(facts(rest), words(message)),
    error: failed,
    fatal: failed,
  };
}
