/** Verifies the file of a log: against a head where one is given, and with the help of the audit's tree where one lies beside it. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { KeptLeaves } from '../../application/audit/first-difference.js';
import { type Against, type HeldHead, verifyLog } from '../../application/audit/verify-log.js';
import { readCheckpoint, readNote } from '../../domain/audit/checkpoint.js';
import type { Verification } from '../../domain/audit/verification.js';
import { sha256 } from '../../infrastructure/audit/sha256.js';
import { isSignedBy, readPublicKey } from '../../infrastructure/audit/signing-key.js';
import { openTreeToRead, treeFileName } from '../../infrastructure/audit/tree-file.js';
import { openLogFileToRead } from '../../infrastructure/event-store/sqlite/log-file.js';
import { noHash, scannedLog } from '../../infrastructure/event-store/sqlite/scan-log.js';
import type { VerifyOrder } from '../log/log-place.js';

/** Answers `undefined` when `progress` ended it. Throws for a file that is no log, and MalformedNote for a head or key that is none. */
export function verifyFile(
  { log, head, keys }: VerifyOrder & { readonly log: string },
  progress?: (events: number) => boolean,
): Verification | undefined {
  const file = openLogFileToRead(log);
  const tree = existsSync(log) ? openTreeToRead(join(dirname(log), treeFileName)) : undefined;
  try {
    return verifyLog(scannedLog(file), against({ head, keys, tree, progress }));
  } finally {
    tree?.close();
    file.db.close();
  }
}

interface Given extends Pick<VerifyOrder, 'head' | 'keys'> {
  readonly tree: Tree | undefined;
  readonly progress: ((events: number) => boolean) | undefined;
}

/** What a log is held against. */
export const against = ({ head, keys, tree, progress }: Given): Against => ({
  sha256,
  noHash,
  head: head === undefined ? undefined : heldHead(head, keys),
  kept: tree && keptLeaves(tree),
  ...(progress && { progress }),
});

function heldHead(text: string, keys: readonly string[]): HeldHead {
  const note = readNote(text);
  const signed = keys.some((key) => isSignedBy(note, readPublicKey(key)));
  const signature = keys.length === 0 ? 'not checked: no key was given' : signed ? 'checked' : 'wrong';
  return { ...readCheckpoint(note.text), signature };
}

type Tree = NonNullable<ReturnType<typeof openTreeToRead>>;

/** A tree that lacks a node is as good as none. */
const keptLeaves = (tree: Tree): KeptLeaves => ({
  rootAt: (size) => orNone(() => (size <= tree.size() ? tree.root(size) : undefined)),
  leafAt: (n) => orNone(() => tree.leafNode(n)),
});

function orNone<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
