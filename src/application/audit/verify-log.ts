/** Verifies a log from what is stored: its bytes, its chains, the tree over it, a head, and that every stream folds. */

import { isCovered } from '../../domain/audit/leaves.js';
import { leafNode, openFrontier, type Sha256 } from '../../domain/audit/merkle-tree.js';
import { firstBadOf, type Verification, verdictOf } from '../../domain/audit/verification.js';
import { bytesOf, hexOf, type KeptLeaves, openSearch } from './first-difference.js';
import { Pass, type ScannedEvent } from './verify-pass.js';

/** A log as it is scanned, in the order of its places. */
export interface ScannedLog {
  readonly logId: string;
  /** Whether places count the events from 1; on a server they grow, and have gaps. */
  readonly dense: boolean;
  events(): Iterable<ScannedEvent>;
}

/** The same where it must be waited for, a page after the other. */
export interface PagedLog extends Pick<ScannedLog, 'logId' | 'dense'> {
  pages(): AsyncIterable<readonly ScannedEvent[]>;
}

/** A head to hold the log against. */
export interface HeldHead {
  readonly origin: string;
  readonly size: number;
  /** In hex. */
  readonly root: string;
  readonly signature: 'checked' | 'not checked: no key was given' | 'wrong';
}

export interface Against {
  readonly sha256: Sha256;
  readonly noHash: string;
  readonly head: HeldHead | undefined;
  readonly kept: KeptLeaves | undefined;
  /** Hears how far it has come; what it answers with `true` ends the verification. */
  readonly progress?: (events: number) => boolean;
}

/** Reads the whole log once, and a second time up to where the head differs, if it does. Answers `undefined` when it was ended. */
export function verifyLog(log: ScannedLog, against: Against): Verification | undefined {
  const verifying = openVerifying(log, against);
  for (const scanned of log.events()) if (verifying.take(scanned)) return undefined;
  const search = verifying.search();
  if (search) for (const scanned of log.events()) if (search.take(scanned)) break;
  return verifying.outcome(search?.place());
}

/** The same of a log that comes page by page. */
export async function verifyPages(log: PagedLog, against: Against): Promise<Verification | undefined> {
  const verifying = openVerifying(log, against);
  for await (const page of log.pages()) for (const scanned of page) if (verifying.take(scanned)) return undefined;
  const search = verifying.search();
  if (search) for await (const page of log.pages()) if (page.some((scanned) => search.take(scanned))) break;
  return verifying.outcome(search?.place());
}

function openVerifying(log: Pick<ScannedLog, 'logId' | 'dense'>, against: Against) {
  const { sha256, head, progress = () => false } = against;
  const pass = new Pass(against.noHash, log.dense);
  const frontier = openFrontier(sha256);
  let rootOfHead = head?.size === 0 ? hexOf(frontier.root()) : undefined;
  return {
    /** Answers whether it is ended. */
    take(scanned: ScannedEvent): boolean {
      pass.take(scanned);
      if (isCovered(scanned.stream)) {
        frontier.add(leafNode(sha256, bytesOf(scanned.hashNow ?? scanned.hash)));
        if (frontier.size() === head?.size) rootOfHead = hexOf(frontier.root());
      }
      return pass.events % 1_000 === 0 && progress(pass.events);
    },
    /** What must be found in a second reading; `undefined` where nothing must. */
    search: () => (head && rootOfHead !== head.root ? openSearch(against, head) : undefined),
    outcome(place: number | undefined): Verification {
      if (head) holdAgainst(head, { log, pass, rootOfHead, place });
      return outcome(log, pass, { leaves: frontier.size(), root: hexOf(frontier.root()), head });
    },
  };
}

interface Held {
  readonly log: Pick<ScannedLog, 'logId'>;
  readonly pass: Pass;
  readonly rootOfHead: string | undefined;
  /** Where the head begins to differ, if that was found. */
  readonly place: number | undefined;
}

function holdAgainst(head: HeldHead, { log, pass, rootOfHead, place: found }: Held): void {
  if (!head.origin.endsWith(`/${log.logId}`))
    pass.found('head', undefined, `the head is of ${head.origin}, and this log is ${log.logId}`);
  if (head.signature === 'wrong') pass.found('head', undefined, 'the head was not signed by the key that was given');
  if (rootOfHead === head.root) return;
  const place = found ?? firstBadOf(pass.findings);
  const words =
    rootOfHead === undefined
      ? `the head covers ${head.size} facts, and the log has fewer`
      : `what the first ${head.size} facts are now is not what the head was signed over`;
  pass.found(
    'head',
    place ?? (rootOfHead === undefined ? pass.last + 1 : 1),
    words + (place === undefined ? '; where is not known, since no kept tree fits the head' : ''),
  );
}

function outcome(
  { logId }: Pick<ScannedLog, 'logId'>,
  { findings: found, gaps, events }: Pass,
  { head, ...tree }: { leaves: number; root: string; head: HeldHead | undefined },
): Verification {
  const findings = found.toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0));
  const signature = head?.signature === 'wrong' ? undefined : head?.signature;
  return {
    verdict: verdictOf(findings, gaps, head !== undefined),
    logId,
    events,
    ...tree,
    head: head && signature ? { size: head.size, signature } : undefined,
    firstBad: firstBadOf(findings),
    findings,
    gaps,
  };
}
