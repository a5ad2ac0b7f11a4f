/** Prints the table of the proof and writes it under the digest of the baseline that it is about. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { digest, guardrails, ownPolicies, people, type Who } from './account.js';
import { cases } from './allowed.js';
import { doors, wrongDoors } from './doors.js';
import { closure, primitives } from './escalation.js';
import { forbidden } from './forbidden.js';
import { noticed, hole as noticing } from './noticed.js';
import { table, wrongRows } from './table.js';

const cell = (text: string): string => text.replaceAll('|', '\\|');
const line = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

const described = ({
  who,
  action,
  resource,
  allowed,
  why,
  hole = '',
  context = {},
}: (typeof cases)[number]): string => {
  const under = Object.entries(context).map(([key, value]) => ` (${value === null ? `no ${key}` : `${key} ${value}`})`);
  return line(who, `${action}${under.join('')}`, resource, allowed ? 'allowed' : 'denied', why, hole);
};

const customers: readonly Who[] = ['administrator', 'bob', 'console', 'reader', 'theirs', 'machine'];

const hungReport = (): readonly string[] => [
  '## Whom roles let in, and who writes the record',
  '',
  'Each asks with policies of its own that allow everything; `not allowed` means that nothing lets it, `denied` that a statement keeps it out.',
  '',
  line('Who', 'Action', 'Resource', 'Outcome', 'Why'),
  line(...Array.from({ length: 5 }, () => '---')),
  ...doors.map(({ who, action, resource, outcome, why }) => line(who, action, resource, outcome, why)),
  '',
];

const noticedReport = (): readonly string[] => [
  '## What a look notices',
  '',
  'Of the regions, one is shown for all.',
  '',
  line('Object', 'What has become of it', 'What is told', 'Hole'),
  line(...Array.from({ length: 4 }, () => '---')),
  ...noticed
    .filter(({ object }) => /\/(global|us-east-1)$/.test(object))
    .map(({ object, what, lines }) =>
      line(object, what === 'gone' ? what : `another ${what}`, lines.join('; '), noticing),
    ),
  '',
];

function report(wrong: number): string {
  const reached = closure(
    customers.map((who) => people[who]),
    4,
  );
  return [
    `# Proof of the baseline ${digest}`,
    '',
    `\`npm run prove\` wrote this page. ${table.length + doors.length} requests were evaluated, by the policies of the principal and the service control policies above the account together: ${wrong === 0 ? 'all came out as they must' : `${wrong} did not`}. ${primitives.length} ways of escalation lead from the customer's principals to ${reached.length} in four steps, and the guardrails hold each of them.`,
    '',
    `Policies: ${[...ownPolicies, ...guardrails].map(({ name }) => name).join(', ')}. Those of AWS have the text of the fixture that \`test/proof\` names with its date.`,
    '',
    '## Who',
    '',
    ...Object.entries(people).map(([who, { arn }]) => `- ${who}: \`${arn}\``),
    '',
    '## What must work, and what must not',
    '',
    line('Who', 'Action', 'Resource', 'Outcome', 'Why', 'Hole'),
    line(...Array.from({ length: 6 }, () => '---')),
    ...cases.map(described),
    '',
    '## What is denied to every principal of the customer, whatever its own policies allow',
    '',
    line('Action', 'Resource', 'Exempt', 'Why', 'Hole'),
    line(...Array.from({ length: 5 }, () => '---')),
    ...forbidden.map(({ action, resource, exempt, why, hole = '' }) =>
      line(action, resource, exempt.join(', ') || 'nobody', why, hole),
    ),
    '',
    ...hungReport(),
    ...noticedReport(),
  ].join('\n');
}

const wrong = wrongRows().length + (await wrongDoors()).length;
const text = report(wrong);
mkdirSync('docs/proofs', { recursive: true });
writeFileSync(`docs/proofs/${digest}.md`, text);
process.stdout.write(text);
process.exitCode = wrong === 0 ? 0 : 1;
