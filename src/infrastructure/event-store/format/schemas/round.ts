/** The stored shape of a day of looks at the accounts of a payer. */
import { count, exactly, text, texts } from './parts.js';

export const roundSchemas = {
  HardeningRoundCompleted: exactly({
    payerId: text,
    day: text,
    checked: count,
    drifted: count,
    failed: count,
    notReached: texts,
    furtherNotReached: count,
  }),
};
