/** Events as they are stored on a server, of some streams and up to a position: what evidence is made of. */
import { namedIn } from '../format/named-in.js';
import { storedText } from '../format/stored-json.js';
import type { PlacedAtServer } from './appends.js';
import type { LogScan } from './log-scan.js';
import { positionOf } from './positions.js';

/** Which streams are told, and how far. */
export interface ServerEvidenceWanted {
  readonly providerId: string;
  /** The streams that may be about the provider, its life first. */
  readonly streams: readonly string[];
  /** The number in the position; `undefined`: up to the last fact of the provider. */
  readonly upTo: number | undefined;
}

/** The events in the order of the log; none for a provider that is not there. Throws for bytes that are not UTF-8. */
export async function serverEvidence({ logId, from }: LogScan, { streams, upTo }: ServerEvidenceWanted) {
  const ofStreams = async (names: readonly string[]): Promise<readonly PlacedAtServer[]> => {
    const found = await Promise.all(names.map((name) => from(name, 0, Number.MAX_SAFE_INTEGER)));
    return found.flat().filter((each) => 'stored' in each);
  };
  const about = await ofStreams(streams);
  const life = about.map(({ stored }) => stored).filter(({ stream }) => stream === streams[0]);
  const around = await ofStreams([
    ...namedIn(life, 'organization', 'organization'),
    ...namedIn(life, 'payerId', 'guardrails'),
  ]);
  const last = upTo ?? Math.max(0, ...about.map(({ commit }) => Number(commit)));
  return [...about, ...around]
    .filter(({ commit }) => Number(commit) <= last)
    .sort((a, b) => (a.commit < b.commit ? -1 : Number(a.commit > b.commit)))
    .map(({ commit, stored: { stream, revision, eventId, type, previousHash, hash, data, metadata } }) => ({
      ...{ stream, revision, eventId, type, previousHash, hash },
      position: positionOf(logId, commit),
      data: storedText(data),
      metadata: storedText(metadata),
    }));
}
