/** The first page of an evidence pack: what happened to one provider, for people, to be printed. */

/** One fact as the page tells it. */
export interface EvidenceFact {
  readonly position: string;
  readonly stream: string;
  readonly type: string;
  /** As it is stored. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly at: string;
  readonly actor: string;
  readonly role: string;
  /** The person for whom a service did it. */
  readonly onBehalfOf?: string;
}

interface Summary {
  readonly providerId: string;
  readonly facts: readonly EvidenceFact[];
  readonly headSize: number;
  readonly origin: string;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const row = (...cells: readonly string[]): string =>
  `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`;

const factRow = ({ at, type, position, data, ...by }: EvidenceFact): string =>
  row(at, type, doerText(by), JSON.stringify(data), position);

/** Who did something, and for whom a service did it. */
export const doerText = ({ actor, role, onBehalfOf }: Pick<EvidenceFact, 'actor' | 'role' | 'onBehalfOf'>): string =>
  `${actor} (${role})${onBehalfOf === undefined ? '' : ` on behalf of ${onBehalfOf}`}`;

/** The sections in their order, each with the types of facts that it tells. */
const sections: readonly (readonly [title: string, belongs: (fact: EvidenceFact) => boolean])[] = [
  ['Terms accepted', ({ type }) => type === 'TermsAccepted'],
  ['Account and payer', ({ type }) => ['PayerAssigned', 'AccountCreated', 'PayerLinked'].includes(type)],
  ['Baseline', ({ type }) => type.startsWith('Baseline') && !type.startsWith('BaselineException')],
  ['Guardrails', ({ type }) => type.startsWith('Guardrails')],
  ['Who saw credentials and opened sessions', ({ stream }) => stream.startsWith('access-')],
  ['Exceptions', ({ type }) => type.startsWith('BaselineException')],
  ['Drift and repairs', ({ type }) => type === 'DriftDetected' || type === 'HardeningReapplied'],
  ['Everything', () => true],
];

const head = '<tr><th>Recorded at</th><th>Fact</th><th>By</th><th>What was recorded</th><th>Position</th></tr>';

const section = (title: string, facts: readonly EvidenceFact[]): string =>
  `<h2>${escaped(title)}</h2>\n${facts.length === 0 ? '<p>None.</p>' : `<table>${head}\n${facts.map(factRow).join('\n')}</table>`}`;

/** The page as HTML; the same facts always make the same page. */
export function evidencePage({ providerId, facts, headSize, origin }: Summary): string {
  const parts = sections.map(([title, belongs]) => section(title, facts.filter(belongs)));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Evidence: provider ${escaped(providerId)}</title>
<style>body{font:11pt sans-serif}table{border-collapse:collapse;width:100%}td,th{border:1px solid #999;padding:3px;text-align:left;vertical-align:top;overflow-wrap:anywhere}</style></head>
<body><h1>Evidence: provider ${escaped(providerId)}</h1>
<p><strong>For auditors only.</strong> This pack holds facts as they are stored, and so names the reseller's payer. Nothing in it is redacted.</p>
<p>It holds ${facts.length} facts of the log ${escaped(origin)}, proven by a signed head that covers ${headSize} facts.
Run <code>node verify.mjs</code> in the unpacked folder; compare <code>keys.txt</code> with a key that you had from elsewhere.
People are opaque ids of the identity provider.</p>
${parts.join('\n')}
</body></html>
`;
}
