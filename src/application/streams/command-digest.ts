/** The digest of what a command asked for, by which one key with two meanings is noticed. */
import { hash } from 'node:crypto';
import { canonicalText } from '../../domain/canonical-json.js';
import type { Cause } from '../ports/event-store.js';

/** The form of today's digests, named in them: SHA-256 in hex over the canonical JSON. Before it, digests named no form. */
const form = 'jcs1:';

/** The digest of a value that JSON can hold; equal values have equal digests, in whatever order their members are. */
export const digestOf = (asked: unknown): string => form + hash('sha256', canonicalText(asked));

/** Whether a stored digest is of this command; also one that was made before digests named their form. */
export function isDigestOf(stored: string, { commandDigest, asked }: Pick<Cause, 'commandDigest' | 'asked'>): boolean {
  if (stored === commandDigest) return true;
  if (stored.includes(':') || asked === undefined) return false;
  return textsBefore(asked).some((text) => hash('sha256', text) === stored);
}

/** The texts that were hashed once: members as they were written, and people's words in whichever form of Unicode they came. */
function textsBefore(asked: unknown): readonly string[] {
  const text = JSON.stringify(asked);
  return [text, text.normalize('NFC'), text.normalize('NFD')];
}
