/** Pages of the log as lines of JSON, those events that fit a filter. */
import { LRUCache } from 'lru-cache';
import type { ExportFilter } from '../../../application/ports/event-export.js';
import { storedText } from '../format/stored-json.js';
import { openLogFileToRead } from './log-file.js';
import { positionOf } from './positions.js';
import type { Statements, StoredEvent } from './statements.js';

const pageSize = 1_000;

/** Each step reads one page; a page in which nothing fits is an empty text, so that whoever waits sees that it goes on. */
export function* exportPages(file: string, filter: ExportFilter): Generator<string, void> {
  const { db, statements, logId } = openLogFileToRead(file);
  try {
    const fits = filterOf(statements, filter);
    let { after } = filter;
    for (let page = statements.after(after, pageSize); page.length > 0; page = statements.after(after, pageSize)) {
      after = page.at(-1)?.position ?? after;
      yield page
        .flatMap((stored) => fits(stored) ?? [])
        .map((line) => `{"position":"${positionOf(logId, line.position)}",${line.rest}\n`)
        .join('');
    }
  } finally {
    db.close();
  }
}

/** The line of an event that fits, `undefined` of any other. */
function filterOf(statements: Pick<Statements, 'ofStream'>, filter: ExportFilter) {
  const organizationOf = openOrganizations(statements);
  const { organization, providerId, type, actor, from, to } = filter;
  // Metadata is parsed only where it is asked for: most exports are of everything.
  const asksOfCause = actor !== undefined || from !== undefined || to !== undefined;
  return (stored: StoredEvent) => {
    const { position, stream, revision, eventId, previousHash, hash } = stored;
    if (type !== undefined && stored.type !== type) return undefined;
    const provider = /^(?:provider|access|hardening)-([0-9a-f-]{36})/.exec(stream)?.[1];
    if (providerId !== undefined && provider !== providerId) return undefined;
    if (organization !== undefined && organizationOf(stream, provider) !== organization) return undefined;
    const [data, metadata] = [storedText(stored.data), storedText(stored.metadata)];
    if (asksOfCause && !isSaidBy(metadata, filter)) return undefined;
    const known = { stream, revision, eventId, type: stored.type, previousHash, hash };
    return { position, rest: `${JSON.stringify(known).slice(1, -1)},"metadata":${metadata},"data":${data}}` };
  };
}

function isSaidBy(metadata: string, { actor, from, to }: ExportFilter): boolean {
  const said = JSON.parse(metadata);
  if (actor !== undefined && said.actor !== actor) return false;
  return !((from !== undefined && said.recordedAt < from) || (to !== undefined && said.recordedAt > to));
}

const remembered = 10_000;

/** Which organization a stream is about: by its name, or by the first fact of its provider. */
function openOrganizations({ ofStream }: Pick<Statements, 'ofStream'>) {
  const known = new LRUCache<string, string>({ max: remembered });
  return (stream: string, provider: string | undefined): string | undefined => {
    if (provider === undefined)
      return /^(?:organization|allowance|refusals)-(.+?)(?:-\d{4}-\d\d-\d\d)?$/.exec(stream)?.[1];
    const before = known.get(provider);
    if (before !== undefined) return before;
    const [first] = ofStream(`provider-${provider}`, 0, 1);
    const { organization = '' } = first ? JSON.parse(storedText(first.data)) : {};
    known.set(provider, organization);
    return organization;
  };
}
