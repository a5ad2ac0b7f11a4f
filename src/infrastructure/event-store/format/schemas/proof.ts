/** The stored shape of a proof that came out wrong. */
import Type from 'typebox';
import { exactly, text, texts } from './parts.js';

export const proofSchemas = {
  LiveProofFailed: exactly({ providerId: text, rows: texts, since: Type.Optional(text) }),
};
