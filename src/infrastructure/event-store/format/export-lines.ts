/** Events of an export as lines of JSON, those that fit a filter. */
import { LRUCache } from 'lru-cache';
import type { ExportFilter } from '../../../application/ports/event-export.js';
import type { StoredFact } from './recorded.js';
import { storedText } from './stored-json.js';

/** Which provider a stream is about, if it is about one. */
export const providerOf = (stream: string): string | undefined =>
  /^(?:provider|access|hardening)-([0-9a-f-]{36})/.exec(stream)?.[1];

/** The first fact of a stream; `undefined` where there is none. */
export type FirstOf = (stream: string) => StoredFact | undefined;

/** The line of an event at a position, `undefined` where it does not fit. */
export function linesThatFit(filter: ExportFilter, firstOf: FirstOf) {
  const organizationOf = openOrganizations(firstOf);
  const { organization, providerId, type, actor, from, to } = filter;
  // Metadata is parsed only where it is asked for: most exports are of everything.
  const asksOfCause = actor !== undefined || from !== undefined || to !== undefined;
  return (position: string, stored: StoredFact): string | undefined => {
    const { stream, revision, eventId, previousHash, hash } = stored;
    if (type !== undefined && stored.type !== type) return undefined;
    const provider = providerOf(stream);
    if (providerId !== undefined && provider !== providerId) return undefined;
    if (organization !== undefined && organizationOf(stream, provider) !== organization) return undefined;
    const [data, metadata] = [storedText(stored.data), storedText(stored.metadata)];
    if (asksOfCause && !isSaidBy(metadata, filter)) return undefined;
    const known = { position, stream, revision, eventId, type: stored.type, previousHash, hash };
    return `${JSON.stringify(known).slice(0, -1)},"metadata":${metadata},"data":${data}}\n`;
  };
}

function isSaidBy(metadata: string, { actor, from, to }: ExportFilter): boolean {
  const said = JSON.parse(metadata);
  if (actor !== undefined && said.actor !== actor) return false;
  return !((from !== undefined && said.recordedAt < from) || (to !== undefined && said.recordedAt > to));
}

const remembered = 10_000;

/** Which organization a stream is about: by its name, or by the first fact of its provider. */
function openOrganizations(firstOf: FirstOf) {
  const known = new LRUCache<string, string>({ max: remembered });
  return (stream: string, provider: string | undefined): string | undefined => {
    if (provider === undefined)
      return /^(?:organization|allowance|refusals)-(.+?)(?:-\d{4}-\d\d-\d\d)?$/.exec(stream)?.[1];
    const before = known.get(provider);
    if (before !== undefined) return before;
    const first = firstOf(`provider-${provider}`);
    const { organization = '' } = first ? JSON.parse(storedText(first.data)) : {};
    known.set(provider, organization);
    return organization;
  };
}
