/** The log as lines of JSON on the standard output, of the fields that are allowed there and of no other. */
import { type DestinationStream, pino } from 'pino';
import { maskedText } from '../../application/masked.js';
import type { AdjustableLog, Log, LogLevel } from '../../application/ports/log.js';
import type { LogFacts } from '../../application/ports/log-fields.js';
import { presentTrace } from '../../application/spans.js';
import { allowedFields } from './allowed-fields.js';

export interface LogOptions {
  /** The least that is written, until another level is set. */
  readonly level: LogLevel;
  /** Where the lines go; left out only where nothing is written. */
  readonly destination?: DestinationStream;
}

/** Opens the log; facts are told as {@link allowedFields} says, and words with secrets inside them masked. */
export function openLog({ level, destination }: LogOptions): AdjustableLog {
  const options = {
    level,
    base: undefined,
    timestamp: timestamps(),
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const lines = destination ? pino(options, destination) : pino(options);
  const say =
    (at: keyof Log): Log['info'] =>
    (facts, words) => {
      if (lines.isLevelEnabled(at)) lines[at](allowedFields(traced(facts)), maskedText(words));
    };
  return {
    info: say('info'),
    warn: say('warn'),
    error: say('error'),
    setLevel(next) {
      lines.level = next;
    },
  };
}

/** The facts with the trace that is being worked on, unless they name one. */
function traced(facts: LogFacts): LogFacts {
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
