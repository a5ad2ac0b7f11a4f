/** The stored shapes of the guardrails of a payer. */
import Type from 'typebox';
import { exactly, text, texts } from './parts.js';

export const guardrailsSchemas = {
  GuardrailsApplied: exactly({
    stage: Type.Union([Type.Literal('canary'), Type.Literal('customers')]),
    organizationalUnit: text,
    policies: Type.Array(exactly({ name: text, digest: text, content: text })),
    planDigest: text,
    changes: texts,
  }),
  GuardrailsDriftDetected: exactly({ findings: texts, planDigests: texts }),
  GuardrailsRestored: exactly({ changes: texts }),
};
