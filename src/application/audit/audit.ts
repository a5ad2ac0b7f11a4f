/** What the rest of the application asks of the audit: the tree, its signed heads and the keys that sign them. */

import type { Verification } from '../../domain/audit/verification.js';
import { Refusal } from '../../domain/refusal.js';
import type { AuditTreeReads } from '../ports/audit-tree.js';
import type { ExportEvents } from '../ports/event-export.js';
import type { Position } from '../ports/event-store.js';
import type { SignedHead } from '../ports/signed-heads.js';
import type { HeadSigning } from './sign-heads.js';

/** The keys of the heads of one log. */
export interface AuditKeysView {
  readonly origin: string;
  /** The one that signs now. */
  readonly key: string;
  /** Changes of keys, the oldest first; each statement is signed by both keys. */
  readonly rotations: readonly {
    readonly formerKey: string;
    readonly key: string;
    readonly statement: string;
    readonly at: string;
  }[];
}

/** The injection token of {@link Audit}. */
export const AUDIT = Symbol('Audit');

/** Verifies the log. */
export interface LogVerifier {
  /** Against a head and key that somebody holds elsewhere, or the service's own; `undefined` when the service stops first. */
  verify(given?: { readonly head: string; readonly keys: readonly string[] }): Promise<Verification | undefined>;
  /** What the last one of the service itself has found, and when it was over (milliseconds since the epoch). */
  last(): (Verification & { readonly at: number }) | undefined;
}

export interface Audit {
  readonly verifier: LogVerifier;
  readonly tree: AuditTreeReads;
  lastHead(): SignedHead | undefined;
  readonly covering: HeadSigning['covering'];
  readonly onSigned: HeadSigning['onSigned'];
  keys(): Promise<AuditKeysView>;
  readonly exportEvents: ExportEvents;
  /** One ZIP; `undefined` when there is no such provider. Throws a `head-pending` refusal. */
  evidence(providerId: string, upTo: Position | undefined): Promise<Uint8Array | undefined>;
}

/** A head as answers carry it: its signature is over the checkpoint that these members make. */
export const headView = ({ origin, size, root, keyId, signature }: SignedHead) => ({
  id: `${origin}@${size}`,
  origin,
  size,
  root,
  keyId,
  signature,
});

/** A head as it is handed out: the checkpoint is what a witness keeps. */
export const wholeHead = (head: SignedHead) => ({ ...headView(head), checkpoint: head.note });

export type HeadAnswer = ReturnType<typeof wholeHead>;

/** The first head that covers the event at a position. Throws a `head-pending` refusal with when to ask again. */
export function coveringHead(
  audit: Pick<Audit, 'covering'> & { readonly tree: Pick<AuditTreeReads, 'leafAt'> },
  position: Position,
): { readonly leaf: number; readonly head: SignedHead } {
  const leaf = audit.tree.leafAt(position);
  const head = leaf === undefined ? { againInSeconds: 1 } : audit.covering(leaf + 1);
  if (leaf !== undefined && 'note' in head) return { leaf, head };
  const words = 'No signed head covers this position yet; ask again once one does.';
  throw headPending(words, 'note' in head ? 1 : head.againInSeconds);
}

export const headPending = (words: string, retryAfterSeconds: number): Refusal =>
  new Refusal('head-pending', words, [], { retryAfterSeconds });
