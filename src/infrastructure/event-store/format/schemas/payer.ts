/** The stored shapes of a payer's events. */
import Type from 'typebox';
import { exactly, failedCall, text } from './parts.js';

export const payerSchemas = {
  VendingPaused: exactly({ reason: text, words: text, call: Type.Optional(failedCall) }),
  VendingResumed: exactly({}),
};
