/** A reader takes up what people decide about streams, before it feeds what lies beyond. */
import type { Page } from '../../application/ports/event-store.js';
import { decisionsIn, decisionsStream } from '../../application/streams/quarantined.js';
import { openWriter, type Writer } from './commit.js';
import type { FedVersion } from './fed-version.js';
import type { Feeding, Reader } from './feeding.js';
import { takeUp } from './replay.js';

/** Decisions in force are taken up by all versions before anything is fed. */
export async function takeUpDecisions(on: Feeding, reader: Reader, writers: Map<FedVersion, Writer>): Promise<void> {
  const decisions = await decisionsIn(on.log);
  for (const fed of reader.versions) {
    // What was prepared may rest on rows that others have written since.
    const writer = openWriter(fed, on.log.compare);
    writers.set(fed, writer);
    if (await takeUp(on.log, fed, writer, decisions)) on.moved(fed);
  }
  on.decided(decisions);
}

/** Whether a page holds a decision for which this reader has not begun again yet; asking takes note of it. */
export function bringsDecision({ log }: Feeding, reader: Reader, { events }: Page): boolean {
  const last = events.findLast(({ stream }) => stream === decisionsStream)?.position;
  if (last === undefined) return false;
  if (reader.decidedAt !== undefined && log.compare(last, reader.decidedAt) <= 0) return false;
  reader.decidedAt = last;
  return true;
}
