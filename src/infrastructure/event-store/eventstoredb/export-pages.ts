/** Pages of the log on a server as lines of JSON, those events that fit a filter. */
import type { ExportFilter } from '../../../application/ports/event-export.js';
import { linesThatFit, providerOf } from '../format/export-lines.js';
import type { StoredFact } from '../format/recorded.js';
import { type LogOnServer, type LogScan, openLogScan } from './log-scan.js';
import { positionOf } from './positions.js';
import type { Found } from './wire.js';

/** Each step reads one page; a page in which nothing fits is an empty text. An event that this program did not write is told as what it is. */
export async function* exportServerPages(log: LogOnServer, filter: ExportFilter): AsyncGenerator<string, void> {
  const scan = await openLogScan(log);
  const firsts = new Map<string, StoredFact | undefined>();
  const line = linesThatFit(filter, (stream) => firsts.get(stream));
  try {
    for await (const page of scan.pages(BigInt(filter.after))) {
      if (filter.organization !== undefined) await learnFirsts(scan, page, firsts);
      yield page.flatMap((found) => lineOf(scan.logId, found, line) ?? []).join('');
    }
  } finally {
    await scan.close();
  }
}

function lineOf(logId: string, found: Found, line: ReturnType<typeof linesThatFit>): string | undefined {
  const position = positionOf(logId, found.commit);
  if ('stored' in found) return line(position, found.stored);
  const { stream, revision, poison } = found;
  return `${JSON.stringify({ position, stream, revision, unreadable: poison })}\n`;
}

/** As many providers as are remembered by the filter itself. */
const mostKept = 10_000;

/** Whose a provider is, its first fact says, which may lie before what is exported. */
async function learnFirsts(scan: LogScan, page: readonly Found[], firsts: Map<string, StoredFact | undefined>) {
  if (firsts.size > mostKept) firsts.clear();
  for (const found of page) {
    const provider = 'stored' in found ? providerOf(found.stored.stream) : undefined;
    if (provider === undefined || firsts.has(`provider-${provider}`)) continue;
    const [first] = await scan.from(`provider-${provider}`, 0, 1);
    firsts.set(`provider-${provider}`, first && 'stored' in first ? first.stored : undefined);
  }
}
