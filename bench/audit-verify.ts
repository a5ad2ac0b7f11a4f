/** The full verification of a log of a million events, as `npm run audit -- verify` does it, against reading and JSON-parsing them. */
import { verifyFile } from '../src/composition/verification/verify-file.js';
import { wholeLog } from './whole-log.js';

export const benchmark = wholeLog('audit-verify', 0.4, async (log, events) => {
  const found = verifyFile({ log, head: undefined, keys: [] });
  if (found?.verdict !== 'self-consistent' || found.events !== events)
    throw new Error(`The log is not what it was: ${JSON.stringify(found)}`);
});
