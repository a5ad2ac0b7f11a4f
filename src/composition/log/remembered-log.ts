/** The log is looked at before it is believed: one that is shorter, or another, than what is remembered elsewhere is refused. */
import { join } from 'node:path';
import { errorText } from '../../application/error-text.js';
import type { EventStore, Position } from '../../application/ports/event-store.js';
import type { Log } from '../../application/ports/log.js';
import { logs, streamOf } from '../../application/streams/aggregates.js';
import { idOf } from '../../application/streams/causes.js';
import { digestOf } from '../../application/streams/command-digest.js';
import { differs, type FoundLog, holds, type KnownLog, type LogAccepted, missingIn } from '../../domain/log.js';
import { knownLogs, rememberLog } from '../../infrastructure/known-logs.js';
import type { KnownLogKept } from '../../infrastructure/vault/known-log.js';

/** The log lacks what is known of it; the message names the file, the positions and the ways on. */
export class LogLost extends Error {}

/** A log that is remembered, and by what. */
interface RememberedLog extends KnownLog {
  readonly by: string;
}

export interface Places {
  /** The file of the log, or the address of the server that it lies on. */
  readonly file: string;
  /** The way back to the right log, as the beginning of a sentence. */
  readonly restore: string;
  readonly data: string;
  readonly keys: string;
  readonly vault: KnownLogKept;
  /** The position that each read model has reached. */
  readonly readUpTo: readonly (Position | undefined)[];
}

/** What the places remember that the log in the file does not hold; the longest first. */
export function lackingIn(
  found: FoundLog | undefined,
  { data, keys, vault, readUpTo }: Places,
): readonly RememberedLog[] {
  const inVault = vault.knownLog();
  return [
    ...knownLogs(keys, data, found?.logId).map((known) => ({ ...known, by: 'the keys folder' })),
    ...(inVault ? [{ ...inVault, by: 'the vault' }] : []),
    ...[...knownLogs(readModelsIn(data), data, found?.logId), ...reachesOf(readUpTo)].map((known) => ({
      ...known,
      by: 'the read models',
    })),
  ]
    .filter((known) => !holds(found, known))
    .sort((a, b) => b.events - a.events);
}

/** Where the read models lie, which remember it as well. */
const readModelsIn = (data: string): string => join(data, 'read-models');

/** How far each log was read; a position is `<log id>:<n>`, and n counts the events. */
function reachesOf(positions: readonly (Position | undefined)[]): readonly KnownLog[] {
  const furthest = new Map<string, number>();
  for (const position of positions.filter((each) => each !== undefined)) {
    const at = position.lastIndexOf(':');
    const logId = position.slice(0, at);
    furthest.set(logId, Math.max(furthest.get(logId) ?? 0, Number(position.slice(at + 1))));
  }
  return [...furthest].map(([logId, events]) => ({ logId, events }));
}

/** Throws {@link LogLost} when something is lacking that nobody has accepted. */
export function requireWholeLog(
  found: FoundLog | undefined,
  lacking: readonly RememberedLog[],
  { file, restore }: Places,
): void {
  const [longest] = lacking;
  if (!longest) return;
  const here = found ? `holds the log ${found.logId} with ${found.events} events` : 'holds no log';
  const other = differs(found, longest) ? ', of which the last is another one here' : '';
  throw new LogLost(
    `${file} ${here}, but ${by(lacking)} know${lacking.length === 1 ? 's' : ''} the log ${longest.logId} with ${longest.events} events${other}. ` +
      'It was lost, emptied, cut off, exchanged, or restored from an older backup. Without what is missing, a second AWS account would be made ' +
      `for whoever asks again. ${restore} (docs/operations/lost-log.md). If there is none and you mean to go on ` +
      'without, start once with `npm start -- --accept-new-log YOUR-SUBJECT-ID`, which is recorded for ever. A demo starts over with ' +
      '`npm run demo -- --fresh`.',
  );
}

const by = (lacking: readonly RememberedLog[]): string =>
  [...new Set(lacking.map((memory) => memory.by))].join(' and ');

/** Records that a person goes on with this log, and without what is missing, if anything here remembers it. */
export async function acceptLog(
  store: EventStore & { readonly logId: string },
  found: FoundLog | undefined,
  lacking: readonly RememberedLog[],
  { subject, now }: { readonly subject: string; readonly now: number },
): Promise<void> {
  const longest: KnownLog = lacking[0] ?? found ?? { logId: store.logId, events: 0 };
  const event: LogAccepted = {
    type: 'LogAccepted',
    knownLog: longest.logId,
    knownEvents: longest.events,
    foundEvents: found?.events ?? 0,
    missing: missingIn(found, longest),
    rememberedBy: [...new Set(lacking.map((memory) => memory.by))],
  };
  const stream = streamOf(logs, store.logId);
  const before = await store.read(stream);
  const cause = {
    commandId: idOf('accept-log', store.logId, longest.logId, String(longest.events), String(event.foundEvents)),
    commandDigest: digestOf(event),
    asked: event,
    correlationId: store.logId,
    actor: `command-line#${subject}`,
    role: 'operator',
  };
  await store.append(stream, before.length - 1, [{ event, cause, at: now }]);
}

/** Often enough that little is forgotten when all is lost at once, seldom enough to cost nothing. */
const rememberEveryMs = 1_000;

/** Keeps how far the log reaches where the log is not, from now on and when it ends. */
export function keepRemembering(reach: () => KnownLog, { data, keys, vault }: Places, log: Log) {
  let kept: number | undefined;
  let failed = false;
  const remember = (): void => {
    try {
      const known = reach();
      if (known.events === kept) return;
      vault.rememberLog(known);
      for (const folder of [keys, readModelsIn(data)]) rememberLog(folder, data, known);
      kept = known.events;
      failed = false;
    } catch (error) {
      if (!failed)
        log.warn({ words: errorText(error) }, 'How far the log reaches cannot be kept beside it; it is tried again.');
      failed = true;
    }
  };
  remember();
  const timer = setInterval(remember, rememberEveryMs).unref();
  return {
    stop(): void {
      clearInterval(timer);
      remember();
    },
  };
}
