/** The replay of the history of a million events into a file of its own, as `npm run audit -- replay` does it, against reading and JSON-parsing them. */
import { join } from 'node:path';
import { openLogReader } from '../src/infrastructure/event-store/sqlite/log-reader.js';
import { reachOfLog } from '../src/infrastructure/event-store/sqlite/reach-of-log.js';
import { fillFiles } from '../src/projections/engine/fill.js';
import { logUpTo } from '../src/projections/engine/log-up-to.js';
import { readModelTable } from '../src/projections/read-model-table.js';
import { runFolder } from './folders.js';
import { wholeLog } from './whole-log.js';

const model = 'audit-history';
const [version] = readModelTable[model];
const folder = runFolder();

export const benchmark = wholeLog('audit-replay', 0.3, async (log, events, round) => {
  const reader = openLogReader(log);
  const asOf = logUpTo(reader, `${reachOfLog(log)?.logId}:${events}`, () => undefined);
  const file = { model, version: version.version, file: join(folder, `${round}.db`) } as const;
  const [filled] = await fillFiles(asOf, [file], () => version, new AbortController().signal);
  reader.close();
  if (filled?.stopped !== undefined || !filled?.caughtUp) throw new Error(`It stands still: ${filled?.stopped}`);
});
