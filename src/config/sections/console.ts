/** The web console: it is served where its people have somewhere to sign in. */
import { Group, Is } from '../decorators.js';
import { asText, orEmpty, plainText, webAddress } from '../rules.js';
import { plainSection } from '../section.js';

const issuer = orEmpty(webAddress, 'no console');

export class ConsoleSettings {
  /** The identity provider's address, at which its discovery document is found. */
  @Is(issuer) readonly issuer: string = '';
  /** By which the identity provider knows the console; a public client, so there is no secret. */
  @Is(plainText) readonly clientId: string = 'partner-cloud';
}

export const consoleSection = plainSection<ConsoleSettings>(
  Group(() => ConsoleSettings),
  {
    otherwise: () => new ConsoleSettings(),
    overrides: [
      { variable: 'PARTNER_CLOUD_CONSOLE_ISSUER', setting: 'issuer', rule: issuer, read: asText },
      { variable: 'PARTNER_CLOUD_CONSOLE_CLIENT', setting: 'clientId', rule: plainText, read: asText },
    ],
  },
);
