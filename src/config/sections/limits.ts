/** How often people may use what costs something. */
import { mostUsesPerHour } from '../../domain/access.js';
import { Group, Is } from '../decorators.js';
import { wholeNumber } from '../rules.js';
import { plainSection } from '../section.js';

export class LimitSettings {
  @Is(wholeNumber(1, mostUsesPerHour)) readonly revealsPerHour: number = 10;
  @Is(wholeNumber(1, mostUsesPerHour)) readonly consoleSessionsPerHour: number = 30;
  @Is(wholeNumber(1, 100_000)) readonly accountsPerOrganizationPerDay: number = 20;
}

export const limits = plainSection<LimitSettings>(
  Group(() => LimitSettings),
  { otherwise: () => new LimitSettings() },
);
