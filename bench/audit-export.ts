/** The export of a log of a million events from a thread of its own, as auditors get it, against reading and JSON-parsing them. */
import { exportInThread } from '../src/composition/audit/export-in-thread.js';
import { wholeLog } from './whole-log.js';

export const benchmark = wholeLog('audit-export', 0.5, async (log, events) => {
  const pages = exportInThread(log)({ after: 0 }, new AbortController().signal);
  let lines = 0;
  for await (const page of pages) for (let at = page.indexOf('\n'); at >= 0; at = page.indexOf('\n', at + 1)) lines++;
  if (lines !== events) throw new Error(`${lines} of ${events} events were exported.`);
});
