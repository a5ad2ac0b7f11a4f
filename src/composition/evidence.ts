/** Evidence put together from the files of the log and of the audit. */
import { type Audit, coveringHead } from '../application/audit/audit.js';
import type { Position } from '../application/ports/event-store.js';
import type { Terms } from '../application/ports/terms.js';
import { packOf } from '../infrastructure/audit/evidence/pack.js';
import { storedEvidence } from '../infrastructure/event-store/sqlite/stored-evidence.js';

interface Sources {
  readonly file: string;
  readonly terms: Terms;
  readonly territories: readonly string[];
}

type Of = Pick<Audit, 'tree' | 'covering' | 'keys'>;

/** The pack of a provider up to a position, proven by the first head that covers it; `undefined` when there is no such provider. */
export async function evidenceOf(
  { file, terms, territories }: Sources,
  audit: Of,
  providerId: string,
  upTo: Position | undefined,
): Promise<Uint8Array | undefined> {
  const place = upTo === undefined ? undefined : Number(upTo.slice(upTo.lastIndexOf(':') + 1));
  const events = storedEvidence(file, { providerId, upTo: place });
  const last = events.at(-1);
  if (!last || !events.some(({ stream }) => stream === `provider-${providerId}`)) return undefined;
  const { head } = coveringHead(audit, last.position);
  const { key, rotations } = await audit.keys();
  const documents = territories.flatMap((territory) => terms.current(territory));
  return packOf({
    providerId,
    events,
    tree: audit.tree,
    head,
    keys: [...rotations.map(({ formerKey }) => formerKey), key],
    rotations: rotations.map(({ statement }) => statement),
    terms: documents.map(({ digest, party, territory, version, text }) => ({
      digest,
      name: `${territory}-${party}-${version}.md`,
      text,
    })),
  });
}
