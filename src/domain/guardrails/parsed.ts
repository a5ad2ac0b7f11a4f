/** The text of a policy at AWS, which anybody at the payer may have written. */
import { documentOf } from '../baseline/policy-document.js';
import type { Json } from '../canonical-json.js';

/** The document; `undefined` for a text that is no JSON. */
export function parsed(text: string): Json | undefined {
  try {
    return documentOf(text);
  } catch {
    return undefined;
  }
}
