/** Events as they are stored, of some streams and up to a position: what evidence is made of. */
import { namedIn } from '../format/named-in.js';
import { storedText } from '../format/stored-json.js';
import { openLogFileToRead } from './log-file.js';
import { positionOf } from './positions.js';
import type { StoredEvent } from './statements.js';

/** Which streams are told, by what is known of the provider. */
export interface EvidenceWanted {
  readonly providerId: string;
  /** The number in the position; `undefined`: up to the last fact of the provider. */
  readonly upTo: number | undefined;
}

const all = -1;

/** The events in the order of the log; none for a provider that is not there. Throws for bytes that are not UTF-8. */
export function storedEvidence(file: string, { providerId, upTo }: EvidenceWanted) {
  const { db, statements, logId } = openLogFileToRead(file);
  try {
    const ofStream = (name: string): readonly StoredEvent[] => statements.ofStream(name, 0, all);
    const life = ofStream(`provider-${providerId}`);
    const uses = db
      .prepare('SELECT name FROM streams WHERE name GLOB ? OR name GLOB ? ORDER BY name')
      .all(`access-${providerId}*`, `hardening-${providerId}*`)
      .map(({ name }) => String(name));
    const about = [...life, ...uses.flatMap(ofStream)];
    const last = upTo ?? Math.max(0, ...about.map(({ position }) => position));
    const around = [...namedIn(life, 'organization', 'organization'), ...namedIn(life, 'payerId', 'guardrails')];
    const events = [...about, ...around.flatMap(ofStream)].filter(({ position }) => position <= last);
    const told = events.toSorted((a, b) => a.position - b.position);
    return told.map(({ position, data, metadata, ...event }) => ({
      ...event,
      position: positionOf(logId, position),
      data: storedText(data),
      metadata: storedText(metadata),
    }));
  } finally {
    db.close();
  }
}

/** The provider whose account has this id; `undefined` when there is none. */
export function providerOfAccount(file: string, accountId: string): string | undefined {
  const { db } = openLogFileToRead(file);
  try {
    const found = db
      .prepare(
        `SELECT name FROM events JOIN streams ON streams.id = stream
         WHERE type = 'AccountCreated' AND json_extract(CAST(data AS TEXT), '$.accountId') = ? ORDER BY position LIMIT 1`,
      )
      .get(accountId);
    return found ? String(found.name).replace(/^provider-/, '') : undefined;
  } finally {
    db.close();
  }
}
