/** The stored shapes of the facts about who saw and used credentials. */
import Type from 'typebox';
import { count, exactly, text } from './parts.js';

export const accessSchemas = {
  CredentialsRevealed: exactly({ generation: count, at: text }),
  ConsoleSessionOpened: exactly({ role: Type.Enum(['administrator', 'read-only']), at: text }),
  AccessRefused: exactly({
    what: Type.Enum(['reveal', 'console-session']),
    reason: Type.Enum(['rate-limit', 'not-opened']),
    at: text,
  }),
};
