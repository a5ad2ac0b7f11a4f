/** What this instance answers reads from. */
import { Group, Is } from '../decorators.js';
import { wholeNumber } from '../rules.js';
import { plainSection } from '../section.js';

export class ReadModelSettings {
  /** Where several instances serve, one that is further behind the log than this is not ready. */
  @Is(wholeNumber(1, 3_600)) readonly mostLagSeconds: number = 30;
}

export const readModels = plainSection<ReadModelSettings>(
  Group(() => ReadModelSettings),
  { otherwise: () => new ReadModelSettings() },
);
