/** What must be true before the log is used: a server that says what it is, a leader, our rights, and the id of the log. */
import { randomUUID } from 'node:crypto';
import { binaryEvent, NO_STREAM } from '@eventstore/db-client';
import { OutcomeUnknown, StoreUnavailable } from '../../../application/ports/event-store-errors.js';
import { versionOf } from './connection.js';
import { failureKind, failureWords, isOfCertificates, isOfUser } from './failures.js';
import { moveBegan } from './log-move.js';
import type { PatientCalls } from './patient-calls.js';
import { logEnd, streamEnd, streamFrom } from './server-reads.js';
import { type Found, foundIn, type StreamNames } from './wire.js';

/** The server cannot be used as it is; the message says what is missing. */
export class UnusableEventStore extends Error {}

export interface Started {
  readonly logId: string;
  /** The last event of the log. */
  readonly head: Found | undefined;
  /** A place behind which every event of the log that is still to come lies. */
  readonly place: bigint;
}

interface StartParts {
  readonly calls: PatientCalls;
  readonly names: StreamNames;
  /** Host and port alone. */
  readonly where: string;
  /** Whether this is who moves a log here; to anybody else half a log is none. */
  readonly moves?: boolean;
}

export async function start({ calls, names, where, moves = false }: StartParts): Promise<Started> {
  await requireServer({ calls, names, where });
  if (!moves) await requireWhole({ calls, names, where });
  const identified = await orUnusable(where, rightToAppend, () => identify(calls, names));
  return { ...(await lastOf(calls, names)), logId: identified };
}

/** The id of a log that is there, for whoever only reads it. Throws {@link UnusableEventStore} where there is none. */
export async function requireLog({ calls, names, where }: StartParts): Promise<string> {
  await requireServer({ calls, names, where });
  const known = await orUnusable(where, 'cannot be read', () => logIdOn(calls, names));
  if (known !== undefined) return known;
  throw new UnusableEventStore(`The event store at ${where} holds no log whose streams begin with ${names.ofLog}.`);
}

/** A log of which only a part has come is shorter than what was recorded, and whoever acted on it would make second accounts. */
async function requireWhole({ calls, names, where }: StartParts): Promise<void> {
  const [last] = await orUnusable(where, 'cannot be read', () =>
    calls.ask((client, now) => streamEnd(client, names.move, 1, now)),
  );
  if (last?.type !== moveBegan) return;
  throw new UnusableEventStore(
    `A log is being moved to the event store at ${where}, and not all of it is there. Run npm run migrate-log again until it ends.`,
  );
}

async function requireServer({ calls, where }: StartParts): Promise<void> {
  const version = await orUnusable(where, 'does not answer', () => calls.ask(versionOf));
  if (version === 'unknown')
    throw new UnusableEventStore(
      `The event store at ${where} does not say which version it is. Name an EventStoreDB server, not a proxy before it.`,
    );
  await orUnusable(where, rightToRead, () => calls.ask((client, now) => logEnd(client, undefined, 1, now)));
}

const rightToRead =
  'does not let this user read $all. Give the right: metadata of the stream $all with "$acl": {"$r": [USER, "$admins"]}';
const rightToAppend = 'does not take an append: it has no leader, or this user may not write';

async function orUnusable<T>(where: string, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StoreUnavailable || error instanceof OutcomeUnknown)) throw error;
    const words = failureWords(error.cause);
    throw new UnusableEventStore(`The event store at ${where} ${reasonOf(error.cause, what)} (${words}).`, {
      cause: error,
    });
  }
}

/** What is missing where that can be told from the failure itself, whatever was asked. */
function reasonOf(failure: unknown, otherwise: string): string {
  if (isOfCertificates(failure)) return 'has a certificate that is not trusted here; name its authority by tlsCaFile';
  return isOfUser(failure) ? 'does not know this user, or not by this password' : otherwise;
}

/** The id of the log is an event of its own; of two who start a new log at once, one writes it and both read it. */
async function identify(calls: PatientCalls, names: StreamNames): Promise<string> {
  const known = await logIdOn(calls, names);
  if (known !== undefined) return known;
  const event = binaryEvent({ type: 'LogIdentified', data: Buffer.from(JSON.stringify({ logId: randomUUID() })) });
  const options = { expectedRevision: NO_STREAM, requiresLeader: true } as const;
  await calls.send((client) => client.appendToStream(names.logId, [event], options)).catch(unlessConflict);
  return (await logIdOn(calls, names)) ?? noLogId(names);
}

/** `undefined` where no log was begun. */
async function logIdOn(calls: PatientCalls, names: StreamNames): Promise<string | undefined> {
  const [identified] = await calls.ask((client, now) => streamFrom(client, names.logId, 0, 1, now));
  if (!identified) return undefined;
  const data = identified.data instanceof Uint8Array ? Buffer.from(identified.data).toString() : '{}';
  const { logId } = JSON.parse(data) as { readonly logId?: unknown };
  return typeof logId === 'string' ? logId : noLogId(names);
}

function noLogId({ logId }: StreamNames): never {
  throw new UnusableEventStore(`The stream ${logId} holds no log id; it was not written by this program.`);
}

function unlessConflict(error: unknown): void {
  if (failureKind(error) !== 'conflict') throw error;
}

const pageSize = 500;

/** From the end back to the last event of ours; other programs' may lie between, and the log's id lies before all of ours. */
export async function lastOf(calls: PatientCalls, names: StreamNames): Promise<Omit<Started, 'logId'>> {
  for (let before: bigint | undefined; ; ) {
    const at = before;
    const page = await calls.ask((client, now) => logEnd(client, at, pageSize, now));
    const ours = page.find(({ streamId }) => streamId.startsWith(names.ofLog));
    const first = page.find(({ streamId }) => streamId === names.logId);
    if (ours) return { head: foundIn(names, ours), place: ours.position?.commit ?? 0n };
    const oldest = page.at(-1)?.position?.commit;
    if (first || oldest === undefined || oldest === before)
      return { head: undefined, place: first?.position?.commit ?? 0n };
    before = oldest;
  }
}
