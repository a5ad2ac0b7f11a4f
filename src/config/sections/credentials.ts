/** The first password of a customer's administrator. */
import { Group, Is } from '../decorators.js';
import { wholeNumber } from '../rules.js';
import { plainSection } from '../section.js';

export class CredentialSettings {
  @Is(wholeNumber(1, 720)) readonly lifetimeHours: number = 72;
}

export const credentials = plainSection<CredentialSettings>(
  Group(() => CredentialSettings),
  { otherwise: () => new CredentialSettings() },
);
