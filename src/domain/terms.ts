/** Which terms a territory has now, and whether what somebody accepted is exactly that. */
import { Refusal, type WrongField } from './refusal.js';

/** One accepted document: whose terms, for which territory, which version, and the SHA-256 of its text in hex. */
export interface AcceptedDocument {
  readonly party: 'reseller' | 'aws';
  readonly territory: string;
  readonly version: string;
  readonly digest: string;
}

/** What a person says they accept; the territory is that of the provider. */
export type Acceptance = Omit<AcceptedDocument, 'territory'>;

/** The current documents of a territory: one of each party, or none where it is not served any more. */
export type CurrentTerms = readonly AcceptedDocument[];

/** The accepted documents, each with its territory, or a refusal that names each wrong field and says what is current. */
export function matchTerms(accepted: readonly Acceptance[], current: CurrentTerms): readonly AcceptedDocument[] {
  if (current.length === 0) throw nothingInForce();
  const wrong = [...current.flatMap((document) => mismatch(accepted, document)), ...strangers(accepted, current)];
  if (wrong.length === 0) return current;
  const words = current.map((d) => `${d.party} version ${d.version}`).join(' and ');
  throw new Refusal('stale-terms', `These are not the terms in force. The current version is: ${words}.`, wrong, {
    current,
  });
}

const nothingInForce = (): Refusal =>
  new Refusal(
    'stale-terms',
    'No terms are in force for the territory of this provider now, so none can be accepted.',
    [{ field: 'documents', problem: 'the territory is not served now', allowed: 'the terms, once it is served again' }],
    { current: [] },
  );

function mismatch(accepted: readonly Acceptance[], document: AcceptedDocument): WrongField[] {
  const index = accepted.findIndex((a) => a.party === document.party);
  const found = accepted[index];
  const expected = { version: document.version, digest: document.digest };
  if (!found)
    return [
      {
        field: 'documents',
        problem: `the terms of party ${document.party} are not accepted`,
        allowed: `both parties' terms`,
      },
    ];
  return (['version', 'digest'] as const)
    .filter((member) => found[member] !== expected[member])
    .map((member) => ({
      field: `documents[${index}].${member}`,
      problem: `${found[member]} is not the ${member} in force for party ${document.party}`,
      allowed: `the current ${member} is ${expected[member]}`,
    }));
}

function strangers(accepted: readonly Acceptance[], current: CurrentTerms): WrongField[] {
  return accepted
    .map((a, index) => ({ a, index }))
    .filter(
      ({ a, index }) =>
        !current.some((d) => d.party === a.party) || accepted.findIndex((o) => o.party === a.party) !== index,
    )
    .map(({ index }) => ({
      field: `documents[${index}].party`,
      problem: 'is there twice or not asked for',
      allowed: 'one document for each party',
    }));
}
