/** The stored shapes of who was resumed at once. */
import Type from 'typebox';
import { exactly, text, texts } from './parts.js';

export const resumptionSchemas = {
  ResumptionStarted: exactly({
    reason: Type.Optional(text),
    step: Type.Optional(text),
    payer: Type.Optional(text),
    providers: texts,
  }),
};
