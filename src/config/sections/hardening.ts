/** What is put right by itself in accounts in use, once a look has found that they have drifted. */
import { Group, Is } from '../decorators.js';
import { oneOf } from '../rules.js';
import { plainSection } from '../section.js';

type Repair = 'repair' | 'report';

export class HardeningSettings {
  @Is(oneOf('repair', 'report')) readonly drift: Repair = 'repair';
  @Is(oneOf('repair', 'report')) readonly identities: Repair = 'report';
}

export const hardening = plainSection<HardeningSettings>(
  Group(() => HardeningSettings),
  { otherwise: () => new HardeningSettings() },
);
