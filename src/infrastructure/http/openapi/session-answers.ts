/** What the ways into an account are answered with. */
import Type from 'typebox';
import { count, exactly, named, oneOf, onRecord, text, time } from './shapes.js';

export const revealAnswer = named('Reveal', {
  userName: text,
  temporaryPassword: text,
  loginUrl: text,
  expiresAt: time,
  ...onRecord,
});

export const consoleAnswer = named('ConsoleSession', { url: text, goodForSeconds: count, ...onRecord });

export const commandLineAnswer = named('CommandLineSession', {
  accountId: text,
  role: oneOf('administrator', 'read-only'),
  expiresAt: time,
  environment: exactly({ AWS_ACCESS_KEY_ID: text, AWS_SECRET_ACCESS_KEY: text, AWS_SESSION_TOKEN: text }),
  profile: Type.String({ description: 'A profile for the file of credentials of AWS’s tools.' }),
  credentialProcess: exactly({
    Version: Type.Integer({ minimum: 1 }),
    AccessKeyId: text,
    SecretAccessKey: text,
    SessionToken: text,
    Expiration: time,
  }),
  ...onRecord,
});
