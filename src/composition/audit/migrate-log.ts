/** Moves a log from its file to an EventStoreDB: copied in its order, verified on arrival, and continued there under a new id. */
import type { EventStore } from '../../application/ports/event-store.js';
import { logs, streamOf } from '../../application/streams/aggregates.js';
import { idOf } from '../../application/streams/causes.js';
import { digestOf } from '../../application/streams/command-digest.js';
import { isCovered } from '../../domain/audit/leaves.js';
import { leafNode, openFrontier } from '../../domain/audit/merkle-tree.js';
import type { LogContinued } from '../../domain/log.js';
import { bytesOf, hexOf, sha256 } from '../../infrastructure/audit/sha256.js';
import { openEventStoreDb } from '../../infrastructure/event-store/eventstoredb/eventstoredb-event-store.js';
import { inAppends, type LogCopy, openLogCopy } from '../../infrastructure/event-store/eventstoredb/log-copy.js';
import { openStoredFacts, type StoredFacts } from '../../infrastructure/event-store/sqlite/stored-facts.js';
import { verifyFile } from '../verification/verify-file.js';

export interface Migration {
  /** The file of the log, which nobody appends to meanwhile. */
  readonly from: string;
  readonly to: { readonly address: string; readonly prefix: string };
  /** Hears what is done, and how far. */
  readonly told: (words: string) => void;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The log cannot be moved as it is; says why. */
export class CannotMigrate extends Error {}

/** What came of it: the log on the server, and the place that it has reached there. */
export interface Migrated extends Omit<LogContinued, 'type'> {
  readonly reached: number;
}

/** Goes on where an earlier run was stopped. Throws {@link CannotMigrate}. */
export async function migrateLog({ from, to, told, now }: Migration): Promise<Migrated> {
  const verified = verifyFile({ log: from, head: undefined, keys: [] });
  if (verified?.verdict === 'changed')
    throw new CannotMigrate(`${from} is not what was recorded; run npm run audit -- verify.`);
  using facts = openStoredFacts(from);
  const copy = await openLogCopy(to);
  try {
    await copyFacts(facts, copy, told);
    const migrated = await continued(facts, to, { told, now });
    await copy.ends();
    return migrated;
  } finally {
    await copy.close();
  }
}

/** Holds what has arrived to the file, and puts on record that the log goes on there. */
async function continued(
  facts: StoredFacts,
  to: Migration['to'],
  { told, now }: Pick<Migration, 'told' | 'now'>,
): Promise<Migrated> {
  const store = await openEventStoreDb({ ...to, moves: true });
  try {
    const { leaves, root } = await arrived(facts, store, told);
    const goesOn = { from: facts.logId, to: store.logId, events: facts.count, size: leaves, root };
    await record(store, { type: 'LogContinued', ...goesOn }, now);
    return { ...goesOn, reached: store.reach().events };
  } finally {
    await store.close();
  }
}

const tellEvery = 10_000;

/** The last fact on the server tells where to go on, since all were copied in their order. */
async function copyFacts(facts: StoredFacts, copy: LogCopy, told: (words: string) => void): Promise<void> {
  const { last } = copy;
  if (last?.stream === streamOf(logs, copy.logId)) return;
  const done = last ? facts.positionOf(last.stream, last.revision) : 0;
  const [there] = done === undefined || done === 0 ? [] : facts.after(done - 1);
  if (done === undefined || (last && there?.hash !== last.hash))
    throw new CannotMigrate(
      `The log ${copy.logId} on the server holds something else than ${facts.logId}; take another prefix.`,
    );
  await copy.begins();
  if (done > 0) told(`${done} of ${facts.count} facts are there already.`);
  let copied = done;
  for (const batch of inAppends(facts.after(done))) {
    await copy.add(batch);
    if (Math.floor((copied + batch.length) / tellEvery) > Math.floor(copied / tellEvery))
      told(`${copied + batch.length} of ${facts.count} facts are copied.`);
    copied += batch.length;
  }
}

/** Reads all that arrived, each held to its hash and chain, against the file; answers with the tree over it. */
async function arrived(facts: StoredFacts, store: Pick<EventStore, 'follow'>, told: (words: string) => void) {
  const frontier = openFrontier(sha256);
  const expected = facts.after(0)[Symbol.iterator]();
  const enough = new AbortController();
  for await (const { events, caughtUp } of store.follow(undefined, enough.signal)) {
    for (const entry of events) {
      const { value, done } = expected.next();
      if (done) continue;
      const { stream, revision, hash, position } = value;
      const found = 'poison' in entry ? entry.poison : entry.metadata.hash;
      if (entry.stream !== stream || entry.revision !== revision || found !== hash)
        throw new CannotMigrate(
          `${facts.logId}:${position} (${stream} revision ${revision}) did not arrive as it is: ${found}`,
        );
      if (isCovered(stream)) frontier.add(leafNode(sha256, bytesOf(hash)));
    }
    if (caughtUp) break;
  }
  if (!expected.next().done) throw new CannotMigrate(`Not all of the ${facts.count} facts arrived; run it again.`);
  told(`${facts.count} facts arrived as they were.`);
  return { leaves: frontier.size(), root: hexOf(frontier.root()) };
}

/** Once for each pair of logs. */
async function record(store: EventStore & { readonly logId: string }, event: LogContinued, now: number): Promise<void> {
  const stream = streamOf(logs, store.logId);
  const before = await store.read(stream);
  if (before.some((each) => each.event.type === 'LogContinued' && each.event.from === event.from)) return;
  const cause = {
    commandId: idOf('continue-log', event.from, event.to),
    commandDigest: digestOf(event),
    asked: event,
    correlationId: store.logId,
    actor: 'command-line#migrate-log',
    role: 'operator',
  };
  await store.append(stream, before.length - 1, [{ event, cause, at: now }]);
}
