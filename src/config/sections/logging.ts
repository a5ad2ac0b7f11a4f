/** What the program says of itself while it runs. */
import { type LogLevel, logLevels } from '../../application/ports/log.js';
import { Group, Is } from '../decorators.js';
import { asText, oneOf } from '../rules.js';
import { plainSection } from '../section.js';

const level = oneOf(...logLevels);

export class LoggingSettings {
  /** The least that is written. */
  @Is(level) readonly level: LogLevel = 'info';
}

export const logging = plainSection<LoggingSettings>(
  Group(() => LoggingSettings),
  {
    otherwise: () => new LoggingSettings(),
    overrides: [{ variable: 'LOG_LEVEL', setting: 'level', rule: level, read: asText }],
  },
);
