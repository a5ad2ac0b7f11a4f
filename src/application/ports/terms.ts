/** The terms and conditions in force, by territory. */
import type { AcceptedDocument } from '../../domain/terms.js';

/** One document with its text; `digest` is the SHA-256 of the text's UTF-8 bytes, in hex. */
export interface TermsDocument extends AcceptedDocument {
  readonly text: string;
}

export interface Terms {
  /** The current documents of a territory, the reseller's and AWS's; empty for a territory without terms. */
  current(territory: string): readonly TermsDocument[];
}
