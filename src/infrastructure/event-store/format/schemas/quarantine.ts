/** The stored shapes of the decisions about streams that cannot be read. */
import { count, exactly, text } from './parts.js';

export const quarantineSchemas = {
  StreamQuarantined: exactly({ stream: text, fromRevision: count, cause: text, reason: text }),
  QuarantineLifted: exactly({ stream: text, reason: text }),
};
