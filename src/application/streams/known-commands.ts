/** What each command did to a stream, by command id, so that a repeat is recognised. */
import { PersistentMap } from '../../domain/persistent-map.js';
import { Refusal } from '../../domain/refusal.js';
import type { Cause, Position } from '../ports/event-store.js';
import { isDigestOf } from './command-digest.js';

export interface Done {
  readonly digest: string;
  readonly position: Position;
  /** Of the event at that position. */
  readonly hash: string;
}

/** The latest commands in two generations; the older is let go as a whole once the recent one is full. */
export interface KnownCommands {
  readonly recent: PersistentMap<string, Done>;
  readonly older: PersistentMap<string, Done>;
}

/** At least so many of a stream's latest events are remembered with their commands, and at most twice as many. */
export const rememberedCommands = 10_000;

export const noCommands: KnownCommands = { recent: PersistentMap.empty(), older: PersistentMap.empty() };

/** The same with what came last. */
export function withCommands(
  { recent, older }: KnownCommands,
  done: readonly (readonly [string, Done])[],
): KnownCommands {
  const latest = done.slice(-rememberedCommands);
  if (recent.size + latest.length <= rememberedCommands) return { recent: recent.with(latest), older };
  return { recent: PersistentMap.empty<string, Done>().with(latest), older: recent };
}

export const doneBy = ({ recent, older }: KnownCommands, commandId: string): Done | undefined =>
  recent.get(commandId) ?? older.get(commandId);

/** Throws an `idempotency-key-reused` refusal where the command of this id asked for something else then. */
export function requireSame({ digest }: Done, by: Cause): void {
  if (isDigestOf(digest, by)) return;
  throw new Refusal('idempotency-key-reused', 'This Idempotency-Key was used for another request; use a new key.', [
    {
      field: 'Idempotency-Key',
      problem: 'was used with another call or body',
      allowed: 'the same call and body, or a new key',
    },
  ]);
}
