/** docs/refusals.md, made from the tables that decide: what AWS can answer, what this service does, and who must act. */

import { persistent, unforeseen } from '../../src/infrastructure/aws/calls/persistent-refusals.js';
import { fault, patience } from '../../src/infrastructure/aws/calls/step-results.js';
import {
  constraints,
  type Reaction,
  type ReactionKind,
  reactions,
  reactionTo,
  refusals,
} from '../../src/infrastructure/aws/creation/failure-reasons.js';

const what: Readonly<Record<ReactionKind, string>> = {
  'look-up': 'looked up by e-mail for 5 minutes at every payer tried: ours is adopted, else it halts',
  'ask-again': 'looked up, then asked again after 1, 2, 4 … at most 15 minutes, and up to half as long again',
  wait: 'asked again after 5 s, twice as long each time, at most a minute, with jitter',
  payer: 'vending at the payer is paused; the provider is tried at another payer, else it waits in the queue',
  'payer-halt': 'vending at the payer is paused, and the provider halts; a resume asks again with the same e-mail',
  halt: 'halts; a resume asks again with the same e-mail',
};

const who: Readonly<Record<ReactionKind, string>> = {
  'look-up': 'operator, if it halts',
  'ask-again': 'nobody',
  wait: 'nobody',
  payer: 'operator: mend the payer, then `POST /v1/payers/{id}/resume`',
  'payer-halt':
    'operator: mend the payer, then `POST /v1/payers/{id}/resume` and, for those that halted, `POST /v1/providers/{id}/resume`',
  halt: 'operator: mend it, then `POST /v1/providers/{id}/resume`',
};

/** Halts that no error of AWS stands for: the step, its reason code, what was found. */
const found: readonly (readonly [step: string, reason: string, meaning: string])[] = [
  [
    'CreateAccount',
    'email-taken',
    'an account with the root e-mail exists, and its owner tag is not that of the provider',
  ],
  ['CreateAccount', 'account-not-ours', 'a request under the name of the account made one with another e-mail'],
  [
    'LinkPayer',
    'customers-unit-missing',
    "the payer's unit for customers' accounts does not exist; vending there is paused as well",
  ],
  [
    'LinkPayer',
    'guardrails-not-applied',
    'none of the guardrails is in force over the account; vending there is paused as well',
  ],
  [
    'LinkPayer',
    'guardrails-not-binding',
    'a guardrail is missing over the account or says something else than was applied, or a level above it allows nothing; vending there is paused as well',
  ],
  [
    'LiveProof',
    'live-proof-failed',
    'AWS still allows in the account, two minutes after it was hardened, what must be denied there; three providers that are wrong in one row pause vending',
  ],
  [
    'every step with an account',
    'account-closed',
    'the account is closed or being closed; whoever closed it can have AWS Support reopen it within 90 days',
  ],
  [
    'every step with an account',
    'account-suspended',
    'AWS has suspended the account, which lives on and bills: the reseller clears that up with AWS Support, then resumes',
  ],
  ['AwaitReadiness', 'wrong-account', 'the way in leads to another account'],
  ['IssueCredentials', 'secret-destroyed', 'the temporary password was destroyed before it was handed out'],
  [
    'every step with an end',
    'deadline-passed',
    'the step took longer than it ever takes; the last failed call is named',
  ],
];

/** Step and reason of every halt on the page that code names by itself. */
export const foundHalts: readonly string[] = found.map(([step, reason]) => `${step} ${reason}`);

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('');

const told = ([name, { kind, code, words }]: readonly [string, Reaction]): readonly string[] => [
  `\`${name}\``,
  what[kind],
  who[kind],
  `\`${code}\``,
  words,
];
const heads = ['AWS says', 'What happens', 'Who must act', 'Reason code', 'What the customer reads'];

/** The page as it should be. */
export const refusalsPage = (): string => `# Refusals of AWS

Made from the tables in \`src/infrastructure/aws\`; \`WRITE_DOCS=1 npm test -- test/infrastructure/aws/creation/refusals-page.test.ts\` writes it anew.

Whatever AWS answers, a provider goes on by itself, waits with a reason that its status shows, or halts. A halt carries
the step, the reason code, who must act, words for the customer and, for the reseller's people, the call: operation,
request id, error, and the request without secrets. That is what AWS's support asks for. Nothing below ever leads to
another e-mail address, and a provider changes its payer only after AWS's refusal was read, never after a time-out.

## A creation that ended FAILED

${table(heads, [...Object.entries(reactions).map(told), told(['a reason that AWS adds later', reactionTo({ FailureReason: undefined })])])}
## CreateAccount refused at once, by the reason of a ConstraintViolation

${table(heads, Object.entries(constraints).map(told))}
## CreateAccount refused at once, by the name of the error

${table(heads, Object.entries(refusals).map(told))}
The payer's creations are listed before, and \`AWSOrganizationsNotInUse\` and \`UnsupportedAPIEndpoint\` mean the same there.
A 5xx or a lost answer is an unknown outcome: the account is looked for, and CreateAccount is repeated a minute later.
From the third one on the status says why it takes so long (\`${fault.reason}\`, or \`${patience.timeout?.reason}\` where none came).

## Every step: what passes by itself

Tried again after 1 s, twice as long each time, at most a minute, with jitter, until the step's deadline. An operation
that a payer throttles or answers with a fault rests for all providers of that payer, and other operations go on.

${table(
  ['Kind of error', 'Reason code', 'What the customer reads'],
  Object.entries(patience).flatMap(([kind, known]) => (known ? [[kind, `\`${known.reason}\``, known.words]] : [])),
)}
Without valid AWS credentials of its own (\`own-credentials\`: the SDK finds none, or AWS calls them expired, does not know
them, or cannot match their signature) this service was refused nothing, so nobody halts early and no payer is paused. The operator must mend that: the log says it with each try.

## Every step: what does not

Tried again for a while, then the step halts for the operator. A resume repeats it. Where it concerns the payer
(all that lasts while an account is created, and a denial while it is linked), vending there is paused as well: nobody else
comes to a halt there, and \`POST /v1/payers/{id}/resume\` lets the queue go on.

${table(
  ['Kind of error', 'Halts after', 'Reason code', 'What the customer reads'],
  [...Object.entries(persistent), ['no call to AWS failed', unforeseen] as const].map(([kind, known]) => [
    kind,
    `${known.patienceMs / 60_000} minutes`,
    `\`${known.reason}\``,
    known.words,
  ]),
)}
## What a step finds

${table(
  ['Step', 'Reason code', 'What was found'],
  found.map(([step, reason, meaning]) => [step, `\`${reason}\``, meaning]),
)}`;
