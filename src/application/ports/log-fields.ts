/**
 * Every field that a line of the log may have, and of which kind its value is. The logger writes no other: a secret that comes
 * under a name which is not here, or inside a value of another kind, never gets out.
 */

/** `text` and `texts` are written with tokens and keys inside them masked; an `error` as its name, message, stack and causes. */
export type FieldKind = 'text' | 'texts' | 'number' | 'flag' | 'error';

export const logFields = {
  // Requests
  traceId: 'text',
  method: 'text',
  route: 'text',
  status: 'number',
  ms: 'number',
  provider: 'text',
  organization: 'text',
  actor: 'text',
  onBehalfOf: 'text',
  // Steps, payers and what is recorded of them
  id: 'text',
  providerId: 'text',
  payerId: 'text',
  territory: 'text',
  step: 'text',
  tries: 'number',
  fact: 'text',
  reason: 'text',
  requestId: 'text',
  webhook: 'text',
  operation: 'text',
  wrong: 'texts',
  objects: 'texts',
  guardrails: 'texts',
  providerIds: 'texts',
  day: 'text',
  checked: 'number',
  drifted: 'number',
  failed: 'number',
  notReached: 'number',
  furtherNotReached: 'number',
  listed: 'number',
  recorded: 'number',
  found: 'number',
  // What went wrong
  error: 'error',
  cause: 'text',
  words: 'text',
  why: 'text',
  finding: 'text',
  findings: 'texts',
  damage: 'texts',
  failures: 'number',
  // The parts of the program
  nest: 'text',
  readModel: 'text',
  issuer: 'text',
  keysReadAt: 'text',
  eventStore: 'text',
  prefix: 'text',
  stream: 'text',
  holds: 'flag',
  collector: 'text',
  file: 'text',
  name: 'text',
  bytes: 'number',
  aheadMs: 'number',
  verdict: 'text',
  events: 'number',
  gaps: 'number',
  firstBad: 'number',
  // Start, settings and end
  url: 'text',
  metrics: 'text',
  pid: 'number',
  data: 'text',
  changed: 'texts',
  waitsForRestart: 'texts',
  code: 'number',
  seconds: 'number',
} as const satisfies Readonly<Record<string, FieldKind>>;

interface Values {
  readonly text: string;
  readonly texts: readonly string[];
  readonly number: number;
  readonly flag: boolean;
  readonly error: unknown;
}

/** The facts of a line; one that is not there is left out. */
export type LogFacts = {
  readonly [Field in keyof typeof logFields]?: Values[(typeof logFields)[Field]] | undefined;
};
