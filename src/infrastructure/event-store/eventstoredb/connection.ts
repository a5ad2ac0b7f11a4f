/** The one client of this process, replaced by a new one when a call was not answered: over the old one it would hang again. */
import { Duplex } from 'node:stream';
import { EventStoreDBClient } from '@eventstore/db-client';

export interface Connection {
  client(): EventStoreDBClient;
  /** Replaces a client that did not answer, unless that was done already. */
  renew(unanswered: EventStoreDBClient): void;
  /** Aborts when the client as it is now is replaced. */
  replaced(): AbortSignal;
  close(): Promise<void>;
}

/** What is shown of an address: no user, no password. */
export const hostsOf = (address: string): string =>
  address.replace(/^[a-z+]+:\/\/([^@]*@)?/, '').replace(/[/?].*$/, '');

/** What the client has and keeps to itself. */
interface Inside {
  /** All that is open: readings, subscriptions, and the one call that appends share. */
  readonly disposableStreams?: ReadonlySet<unknown>;
  readonly capabilities: Promise<{ readonly serverVersion: string }>;
  getChannel(): Promise<{ close(): void }>;
}

const inside = (client: EventStoreDBClient): Inside => client as unknown as Inside;

/** The server's version, or `unknown`. */
export const versionOf = async (client: EventStoreDBClient): Promise<string> =>
  (await inside(client).capabilities).serverVersion;

/** How many messages lie unwritten in the call that appends share, the only one that is written to; `undefined` while none is open. */
export function unwrittenBy(client: EventStoreDBClient): number | undefined {
  let unwritten: number | undefined;
  for (const stream of inside(client).disposableStreams ?? [])
    if (stream instanceof Duplex) unwritten = (unwritten ?? 0) + stream.writableLength;
  return unwritten;
}

/** A server that was stopped is noticed after this time and ten seconds, where the client's own default is twenty. */
const keepAliveTimeoutMs = 3_000;

/** Opens nothing yet; the first call does. The address may hold a user and a password, and is never shown. */
export function openConnection(address: string): Connection {
  const open = (): EventStoreDBClient => EventStoreDBClient.connectionString(withKeepAlive(address));
  let current = open();
  let replacing = new AbortController();
  return {
    client: () => current,
    renew(unanswered) {
      if (unanswered !== current) return;
      current = open();
      const before = replacing;
      replacing = new AbortController();
      before.abort();
      void disposed(unanswered);
    },
    replaced: () => replacing.signal,
    close: () => disposed(current),
  };
}

function withKeepAlive(address: string): string {
  if (/[?&]keepAliveTimeout=/i.test(address)) return address;
  return `${address}${address.includes('?') ? '&' : '?'}keepAliveTimeout=${keepAliveTimeoutMs}`;
}

/** A client that was never connected has nothing to close, and says so by an error. */
async function disposed(client: EventStoreDBClient): Promise<void> {
  try {
    void client.dispose().catch(() => undefined);
    (await inside(client).getChannel()).close();
  } catch {
    return;
  }
}
