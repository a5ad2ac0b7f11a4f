/** How often people may use what costs something. */
import { mostUsesPerHour } from '../../domain/access.js';
import { Group, Is } from '../decorators.js';
import { wholeNumber } from '../rules.js';
import type { Check, Section } from '../section.js';

export class LimitSettings {
  @Is(wholeNumber(1, mostUsesPerHour)) readonly revealsPerHour: number = 10;
  @Is(wholeNumber(1, mostUsesPerHour)) readonly consoleSessionsPerHour: number = 30;
  @Is(wholeNumber(1, mostUsesPerHour)) readonly commandLineSessionsPerHour: number = 30;
  @Is(wholeNumber(1, mostUsesPerHour)) readonly revealsPerHourOfAll: number = 30;
  @Is(wholeNumber(1, mostUsesPerHour)) readonly sessionsPerHourOfAll: number = 120;
  @Is(wholeNumber(1, 100_000)) readonly accountsPerOrganizationPerDay: number = 20;
  @Is(wholeNumber(1, 10_000)) readonly recordedRefusalsPerOrganizationPerHour: number = 60;
  @Is(wholeNumber(1, 10_000_000)) readonly readsPerMinutePerCaller: number = 12_000;
  @Is(wholeNumber(1, 10_000_000)) readonly readsPerMinutePerOrganization: number = 30_000;
  @Is(wholeNumber(1, 1_000_000)) readonly writesPerMinutePerCaller: number = 600;
  @Is(wholeNumber(1, 1_000_000)) readonly writesPerMinutePerOrganization: number = 1_200;
  @Is(wholeNumber(1, 10_000)) readonly requestsAtOncePerOrganization: number = 200;
  @Is(wholeNumber(1, 2_000)) readonly liveConnectionsPerCaller: number = 20;
  @Is(wholeNumber(1, 2_000)) readonly liveConnectionsPerOrganization: number = 200;
}

type Needs = { readonly limits: LimitSettings };

/** What all may do together, beside what one of them may. */
const together = [
  ['revealsPerHourOfAll', 'revealsPerHour'],
  ['sessionsPerHourOfAll', 'consoleSessionsPerHour'],
  ['sessionsPerHourOfAll', 'commandLineSessionsPerHour'],
] as const;

const allMayDoWhatOneMay: Check<Needs> = ({ limits: stated }) =>
  together
    .filter(([ofAll, ofOne]) => stated[ofAll] < stated[ofOne])
    .map(([ofAll, ofOne]) => ({
      path: `limits.${ofAll}`,
      value: stated[ofAll],
      problem: `is less than limits.${ofOne}, which one person may do`,
      allowed: `${stated[ofOne]} or more`,
    }));

export const limits: Section<LimitSettings, LimitSettings, Needs> = {
  rule: Group(() => LimitSettings),
  otherwise: () => new LimitSettings(),
  used: (stated) => stated,
  checks: [allMayDoWhatOneMay],
};
