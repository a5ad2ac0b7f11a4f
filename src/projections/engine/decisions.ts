/** A reader takes up what people decide about streams, before it feeds what lies beyond. */
import type { Page } from '../../application/ports/event-store.js';
import { decisionsIn, decisionsStream } from '../../application/streams/quarantined.js';
import { openWriter } from './commit.js';
import type { Feeding, Reader } from './feeding.js';
import type { LogEntry } from './projection.js';
import { takeUp } from './replay.js';
import { putAway, type Writers } from './writers.js';

/** Decisions in force are taken up by all versions before anything is fed. */
export async function takeUpDecisions(on: Feeding, reader: Reader, writers: Writers): Promise<void> {
  const decisions = await decisionsIn(on.log);
  for (const fed of reader.versions) {
    putAway(writers, fed);
    // What was prepared may rest on rows that others have written since.
    const writer = openWriter(fed, on.log.compare);
    writers.set(fed, writer);
    if (await takeUp(on.log, fed, writer, decisions)) on.moved(fed);
  }
  on.decided(decisions);
}

/**
 * Whether a page holds a decision for which this reader has not begun again yet; asking takes note of it. Who stands still at
 * a stream that was decided about is tried again: a stream that was set aside and put back into use between two looks leaves
 * the decisions in force as they were.
 */
export function bringsDecision({ log }: Feeding, reader: Reader, { events }: Page): boolean {
  const decisions = events.filter(({ stream }) => stream === decisionsStream);
  const last = decisions.at(-1)?.position;
  if (last === undefined) return false;
  if (reader.decidedAt !== undefined && log.compare(last, reader.decidedAt) <= 0) return false;
  reader.decidedAt = last;
  for (const fed of reader.versions) if (fed.stop && decisions.some(isAbout(fed.stop.stream))) fed.stop = undefined;
  return true;
}

const isAbout =
  (stream: string) =>
  (entry: LogEntry): boolean =>
    'event' in entry && 'stream' in entry.event && entry.event.stream === stream;
