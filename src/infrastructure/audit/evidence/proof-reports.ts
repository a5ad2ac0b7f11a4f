/** The reports of the proofs of baselines, as they come with the program: a file for each digest. */
import { existsSync, readFileSync } from 'node:fs';

const folder = new URL('../../../../docs/proofs/', import.meta.url);

/** The report about the baseline of this digest; `undefined` where none was made. */
export function proofReport(digest: string): string | undefined {
  const file = new URL(`${digest}.md`, folder);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
