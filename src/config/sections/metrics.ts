/** Where the figures for monitoring are served: an address of their own, or nowhere. */
import { Group, Is } from '../decorators.js';
import { asText, asWholeNumber, hostName, orEmpty, wholeNumber } from '../rules.js';
import type { Section } from '../section.js';

const port = orEmpty(wholeNumber(0, 65_535), 'no figures');

export class MetricsSettings {
  @Is(hostName) readonly host: string = '127.0.0.1';
  /** 0 takes any free port. */
  @Is(port) readonly port: number | '' = '';
}

export const metrics: Section<MetricsSettings, { readonly host: string; readonly port: number | undefined }, unknown> =
  {
    rule: Group(() => MetricsSettings),
    otherwise: () => new MetricsSettings(),
    overrides: [
      { variable: 'PARTNER_CLOUD_METRICS_PORT', setting: 'port', rule: port, read: asWholeNumber },
      { variable: 'PARTNER_CLOUD_METRICS_HOST', setting: 'host', rule: hostName, read: asText },
    ],
    used: ({ host, port }) => ({ host, port: port === '' ? undefined : port }),
    checks: [],
  };
