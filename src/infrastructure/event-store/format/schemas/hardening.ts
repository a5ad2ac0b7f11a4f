/** The stored shapes of what became of the hardening of accounts in use. */
import Type from 'typebox';
import { count, exactly, text, texts } from './parts.js';

const finding = exactly({ object: text, changes: texts, repair: Type.Enum(['now', 'after-notice', 'none']) });

export const hardeningSchemas = {
  DriftDetected: exactly({ findings: Type.Array(finding), guardrails: texts }),
  HardeningReapplied: exactly({ objects: texts, changes: texts }),
  BaselineExceptionGranted: exactly({ object: text, owner: text, reason: text, until: text }),
  BaselineExceptionRevoked: exactly({ object: text }),
  BaselineExceptionExpired: exactly({ object: text }),
};

export const roundSchemas = {
  HardeningRoundCompleted: exactly({
    payerId: text,
    day: text,
    checked: count,
    drifted: count,
    failed: count,
    notReached: texts,
    furtherNotReached: count,
  }),
};
