/** The log as lines of JSON on the standard output, with everything masked that may be a secret. */
import { type DestinationStream, pino } from 'pino';
import { masked } from '../../application/masked.js';
import type { Log } from '../../application/ports/log.js';
import { presentTrace } from '../../application/spans.js';

const levels: readonly string[] = ['info', 'warn', 'error', 'silent'];

export class InvalidLogLevel extends Error {}

export interface LogOptions {
  /** The least that is written: `info`, `warn`, `error`, or `silent` for nothing. */
  readonly level: string;
  /** Where the lines go; left out only where nothing is written. */
  readonly destination?: DestinationStream;
}

/** Opens the log; facts and words are masked as {@link masked} says. Throws {@link InvalidLogLevel} when there is no such level. */
export function openLog({ level, destination }: LogOptions): Log {
  if (!levels.includes(level)) throw new InvalidLogLevel(`LOG_LEVEL is ${level}; allowed: ${levels.join(', ')}.`);
  const options = {
    level,
    base: undefined,
    timestamp: timestamps(),
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const lines = destination ? pino(options, destination) : pino(options);
  const say =
    (at: keyof Log): Log['info'] =>
    (facts, words) =>
      lines[at](masked(traced(facts)) as object, String(masked(words)));
  return { info: say('info'), warn: say('warn'), error: say('error') };
}

/** The facts with the trace that is being worked on, unless they name one. */
function traced(facts: Parameters<Log['info']>[0]): Parameters<Log['info']>[0] {
  const traceId = presentTrace();
  return traceId === undefined ? facts : { traceId, ...facts };
}

/** The member `time` as pino takes it, written once for all lines of a millisecond. */
function timestamps(): () => string {
  let [at, member] = [0, ''];
  return () => {
    const now = Date.now();
    if (now !== at) [at, member] = [now, `,"time":"${new Date(now).toISOString()}"`];
    return member;
  };
}
