/** What a verification of the log finds, and what it comes to. */

/** What was checked where something is wrong. */
export type Check = 'positions' | 'bytes' | 'chain' | 'decoding' | 'life-cycle' | 'head' | 'tree';

export interface Finding {
  readonly check: Check;
  /** The number in the position of the first event concerned; `undefined` where the whole log is. */
  readonly position: number | undefined;
  readonly words: string;
}

/** Where a log does not stand for itself alone: a loss that a person has accepted, or that it goes on with another log's facts. */
export interface Gap {
  readonly kind: 'loss-accepted' | 'continued';
  /** Where it is recorded. */
  readonly position: number;
  readonly knownLog: string;
  readonly knownEvents: number;
  readonly missing: number;
  readonly at: string;
}

/**
 * `matches-head`: nothing is wrong, and what the head covers is what it was. `self-consistent`: nothing is wrong, and nothing from
 * outside says that the whole was not exchanged. `gap`: nothing is wrong but what a person has accepted as lost, or that the log was
 * moved from another place.
 */
export type Verdict = 'matches-head' | 'self-consistent' | 'gap' | 'changed';

export interface Verification {
  readonly verdict: Verdict;
  readonly logId: string;
  readonly events: number;
  readonly leaves: number;
  /** In hex, over all leaves. */
  readonly root: string;
  /** The head that the log was held against. */
  readonly head: { readonly size: number; readonly signature: 'checked' | 'not checked: no key was given' } | undefined;
  /** The lowest position at which something is wrong. */
  readonly firstBad: number | undefined;
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
}

/** No more are told: the first one matters. */
export const mostFindings = 100;

/** What findings and gaps come to. */
export function verdictOf(findings: readonly Finding[], gaps: readonly Gap[], againstHead: boolean): Verdict {
  if (findings.length > 0) return 'changed';
  if (gaps.length > 0) return 'gap';
  return againstHead ? 'matches-head' : 'self-consistent';
}

/** The lowest position among findings. */
export const firstBadOf = (findings: readonly Finding[]): number | undefined =>
  findings
    .flatMap(({ position }) => position ?? [])
    .reduce<number | undefined>((first, each) => (first === undefined ? each : Math.min(first, each)), undefined);

const verdictWords: Readonly<Record<Verdict, string>> = {
  'matches-head': 'OK: everything that the head covers is what it was when the head was signed.',
  'self-consistent':
    'Consistent with itself only: no head from outside was given, so that an exchange of the whole cannot be seen.',
  gap: 'NOT OK: nothing was changed, but the log has a gap: a loss that was accepted, or a change of its place. Each is named below.',
  changed: 'NOT OK: this is not what was recorded.',
};

/** A verification in sentences, the verdict first. */
export function verificationWords({
  verdict,
  logId,
  events,
  leaves,
  root,
  head,
  firstBad,
  findings,
  gaps,
}: Verification): string {
  const against = head ? [`Held against a head of ${head.size} facts; its signature: ${head.signature}.`] : [];
  const first = firstBad === undefined ? [] : [`The first bad position is ${logId}:${firstBad}.`];
  const lost = gaps.map((gap) => gapWords(gap, logId));
  const found = findings.map(
    ({ check, position, words }) => `${check}${position === undefined ? '' : ` at ${logId}:${position}`}: ${words}`,
  );
  return [
    verdictWords[verdict],
    `The log ${logId} has ${events} events, ${leaves} of them in the tree, with the root ${root}.`,
    ...against,
    ...first,
    ...lost,
    ...found,
  ].join('\n');
}

const gapWords = ({ kind, position, knownLog, knownEvents, missing, at }: Gap, logId: string): string =>
  kind === 'continued'
    ? `Gap: at ${logId}:${position} (${at}) it goes on with ${knownEvents} facts of the log ${knownLog}; a head of that log shows whether they are what they were.`
    : `Gap: at ${logId}:${position} (${at}) a person accepted that ${missing} of the ${knownEvents} events known of the log ${knownLog} are missing.`;
