/** The stored shapes of what became of the hardening of an account in use. */
import Type from 'typebox';
import { baselineSteps } from '../../../../domain/provider/steps.js';
import { exactly, text, texts } from './parts.js';

const finding = exactly({ object: text, changes: texts, repair: Type.Enum(['now', 'after-notice', 'none']) });

export const hardeningSchemas = {
  BaselineUpgradeApplied: exactly({
    baselineVersion: text,
    digest: text,
    steps: Type.Array(exactly({ step: Type.Enum(baselineSteps), digest: text })),
    changes: texts,
  }),
  DriftDetected: exactly({ findings: Type.Array(finding), guardrails: texts }),
  HardeningReapplied: exactly({ objects: texts, changes: texts }),
  BaselineExceptionGranted: exactly({ object: text, owner: text, reason: text, until: text }),
  BaselineExceptionRevoked: exactly({ object: text }),
  BaselineExceptionExpired: exactly({ object: text }),
};
