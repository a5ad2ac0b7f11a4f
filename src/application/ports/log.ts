/** What the program says about itself while it runs. Never a secret, never personal data. */
import type { LogFacts } from './log-fields.js';

/** What is written from which level on: each level leaves out what the ones before it say; the last says nothing. */
export const logLevels = ['info', 'warn', 'error', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];

type Say = (facts: LogFacts, words: string) => void;

export interface Log {
  readonly info: Say;
  readonly warn: Say;
  readonly error: Say;
}

/** A log whose level may change while the program runs. */
export interface AdjustableLog extends Log {
  setLevel(level: LogLevel): void;
}
