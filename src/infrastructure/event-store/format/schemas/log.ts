/** The stored shapes of what is recorded about the log itself. */
import { count, exactly, text, texts } from './parts.js';

export const logSchemas = {
  LogAccepted: exactly({ knownLog: text, knownEvents: count, foundEvents: count, missing: count, rememberedBy: texts }),
  LogContinued: exactly({ from: text, to: text, events: count, size: count, root: text }),
  AuditKeyRotated: exactly({ formerKey: text, key: text, statement: text }),
};
