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
  /** The size of the largest tree whose head is known to be in the archive outside; 0 for none. */
  archivedUpTo(): number;
  noteArchived(size: number): void;
  /** Puts aside the heads of trees larger than this, which the log does not hold any more. */
  setAside(from: number): void;
}

/** Where heads are kept outside, so that nobody can change or remove them. */
export interface HeadArchive {
  /** Keeps a head; one that is there already stays. Throws when it cannot be kept, or something else lies in its place. */
  keep(head: SignedHead): Promise<void>;
}

/** Where instances on one log hand each other the heads that one of them has signed. */
export interface SharedHeads {
  /** Adds the note of a head after all others; where another one came first, nothing is added. */
  publish(note: string): Promise<void>;
  /** The notes after so many, in their order, at most a page of them. */
  after(count: number): Promise<readonly string[]>;
}
