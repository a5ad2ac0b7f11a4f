/** The stored shapes of the facts about who saw and used credentials. */
import Type from 'typebox';
import { count, exactly, text } from './parts.js';

const sessionRole = Type.Enum(['administrator', 'read-only']);

export const accessSchemas = {
  CredentialsRevealed: exactly({ generation: count, at: text }),
  ConsoleSessionOpened: exactly({ role: sessionRole, at: text }),
  CommandLineSessionOpened: exactly({ role: sessionRole, at: text }),
  AccessRefused: exactly({
    what: Type.Enum(['reveal', 'console-session', 'command-line-session']),
    reason: Type.Enum(['rate-limit', 'not-opened']),
    role: Type.Optional(sessionRole),
    at: text,
  }),
};
