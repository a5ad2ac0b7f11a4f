/** Where the service listens. */
import { Group, Is } from '../decorators.js';
import { anyOf, asText, asWholeNumber, browserOrigin, hostName, wholeNumber } from '../rules.js';
import { plainSection } from '../section.js';

const port = wholeNumber(0, 65_535);

export class ServerSettings {
  @Is(hostName) readonly host: string = '127.0.0.1';
  /** 0 takes any free port. */
  @Is(port) readonly port: number = 3000;
  /** Origins whose pages may call the API from a browser. */
  @Is(anyOf(browserOrigin)) readonly allowedOrigins: readonly string[] = [];
}

export const server = plainSection<ServerSettings>(
  Group(() => ServerSettings),
  {
    otherwise: () => new ServerSettings(),
    overrides: [
      { variable: 'PORT', setting: 'port', rule: port, read: asWholeNumber },
      { variable: 'PARTNER_CLOUD_HOST', setting: 'host', rule: hostName, read: asText },
    ],
  },
);
