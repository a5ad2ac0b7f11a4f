/** The stored shapes of a payer's events. */
import { exactly, text } from './parts.js';

export const payerSchemas = {
  VendingPaused: exactly({ reason: text, words: text }),
  VendingResumed: exactly({}),
};
