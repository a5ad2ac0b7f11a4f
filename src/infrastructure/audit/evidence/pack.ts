/** One ZIP with everything that proves a provider's history, and the program that checks it; the same each time it is made. */
import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import type { AuditTreeReads } from '../../../application/ports/audit-tree.js';
import type { SignedHead } from '../../../application/ports/signed-heads.js';
import { type EvidenceFact, evidencePage } from '../../../domain/audit/evidence-summary.js';

/** One event as it is stored, its bytes as text. */
export interface StoredEvidence {
  readonly position: string;
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  readonly previousHash: string;
  readonly hash: string;
  readonly data: string;
  readonly metadata: string;
}

export interface EvidenceBaseline {
  readonly digest: string;
  readonly text: string;
  readonly report: string | undefined;
}

export interface PackParts {
  readonly providerId: string;
  /** In the order of the log; of each stream all from its first one on. */
  readonly events: readonly StoredEvidence[];
  readonly tree: Pick<AuditTreeReads, 'leafAt' | 'inclusion'>;
  readonly head: SignedHead;
  readonly keys: readonly string[];
  /** Statements of changes of keys. */
  readonly rotations: readonly string[];
  /** A baseline that may have been in force: its objects as the text that its digest is over, and the report of its proof, if there is one. */
  readonly baseline: EvidenceBaseline | undefined;
  /** Texts of terms that may have been accepted, by their digests. */
  readonly terms: readonly { readonly digest: string; readonly name: string; readonly text: string }[];
}

const verifier = new URL('./verify.mjs', import.meta.url);

/** The least time that a ZIP can tell, on the clock of whoever packs: it is written as it stands there. */
const fixedTime = new Date(1980, 0, 1);

export function packOf(parts: PackParts): Uint8Array {
  const { events, head, keys, rotations } = parts;
  const accepted = events.filter(({ type }) => type === 'TermsAccepted').map(({ data }) => data);
  const files: Record<string, string> = {
    'events.ndjson': events.map((event) => `${JSON.stringify(event)}\n`).join(''),
    'proofs.json': proofsOf(parts),
    'head.checkpoint': head.note,
    'keys.txt': keys.map((key) => `${key}\n`).join(''),
    'rotations.txt': rotations.join('\n'),
    'summary.html': evidencePage({ ...parts, facts: events.map(factOf), headSize: head.size, origin: head.origin }),
    'verify.mjs': readFileSync(verifier, 'utf8'),
  };
  for (const { digest, name, text } of parts.terms)
    if (accepted.some((data) => data.includes(digest))) files[`terms/${name}`] = text;
  Object.assign(files, baselineFiles(parts));
  const sorted = Object.keys(files).sort();
  const entries = sorted.map((name) => [name, [strToU8(files[name] ?? ''), { level: 0, mtime: fixedTime }]] as const);
  return zipSync(Object.fromEntries(entries) as Parameters<typeof zipSync>[0]);
}

/** None where the facts name another baseline, as one of an earlier release. */
function baselineFiles({ events, baseline }: PackParts): Readonly<Record<string, string>> {
  const isNamed = events.some(({ type, data }) => type === 'BaselineApplied' && data.includes(`"${baseline?.digest}"`));
  if (!baseline || !isNamed) return {};
  const { digest, text, report } = baseline;
  return { [`baseline/${digest}.json`]: text, ...(report && { 'baseline/proof.md': report }) };
}

function proofsOf({ events, tree, head }: PackParts): string {
  const proofs = events.map(({ position }) => {
    const leaf = tree.leafAt(position);
    return [position, leaf === undefined ? undefined : { leaf, proof: tree.inclusion(leaf, head.size) }];
  });
  return `${JSON.stringify(Object.fromEntries(proofs), null, 1)}\n`;
}

function factOf({ position, stream, type, data, metadata }: StoredEvidence): EvidenceFact {
  const { recordedAt: at, actor, role, onBehalfOf } = JSON.parse(metadata);
  return { position, stream, type, data: JSON.parse(data), at, actor, role, ...(onBehalfOf && { onBehalfOf }) };
}
