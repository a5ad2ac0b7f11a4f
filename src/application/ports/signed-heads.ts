/** Who signs the heads of the audit's tree, and where they are kept. */
import type { SignedNote, TreeHead } from '../../domain/audit/checkpoint.js';

/** A head with the note that its key signed. */
export interface SignedHead extends TreeHead {
  /** Eight hexadecimal digits. */
  readonly keyId: string;
  /** In base64. */
  readonly signature: string;
  /** The checkpoint as it is handed out and kept. */
  readonly note: string;
}

export interface HeadSigner {
  /** The name of the log and its key. */
  readonly origin: string;
  readonly keyId: string;
  /** The public key as witnesses take it: `<name>+<key id>+<base64>`. Source: C2SP, signed-note, verifier keys. */
  readonly publicKey: string;
  signHead(head: TreeHead): SignedHead;
  /** Signs a text by this key alone. */
  sign(text: string): SignedNote['signatures'][number];
}

export interface HeadFiles {
  /** The head of the largest tree. */
  last(): SignedHead | undefined;
  /** The head of the smallest tree with so many leaves at least. */
  firstFrom(size: number): SignedHead | undefined;
  /** Keeps a head; one of the same tree that is kept already stays. */
  keep(head: SignedHead): void;
  /** Puts aside the heads of trees larger than this, which the log does not hold any more. */
  setAside(from: number): void;
}
