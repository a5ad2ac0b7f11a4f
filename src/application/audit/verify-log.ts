/** Verifies a log from what is stored: its bytes, its chains, the tree over it, a head, and that every stream folds. */

import { isCovered } from '../../domain/audit/leaves.js';
import { leafNode, openFrontier, type Sha256 } from '../../domain/audit/merkle-tree.js';
import {
  type Check,
  type Finding,
  firstBadOf,
  type Gap,
  mostFindings,
  type Verification,
  verdictOf,
} from '../../domain/audit/verification.js';
import { wordsOf } from '../error-text.js';
import type { PoisonedEvent, RecordedEvent } from '../ports/event-store.js';
import { aggregateOf } from '../streams/aggregates.js';
import { folded } from '../streams/quarantined.js';

/** One event as it lies in the log. */
export interface ScannedEvent {
  /** The number in its position. */
  readonly place: number;
  readonly stream: string;
  readonly revision: number;
  readonly previousHash: string;
  /** As it is stored beside the event. */
  readonly hash: string;
  /** Over what is stored, now; `undefined` for bytes that were never hashed. */
  readonly hashNow: string | undefined;
  readonly entry: RecordedEvent | PoisonedEvent;
}

/** A log as it is scanned, in the order of its positions. */
export interface ScannedLog {
  readonly logId: string;
  events(): Iterable<ScannedEvent>;
}

/** A head to hold the log against. */
export interface HeldHead {
  readonly origin: string;
  readonly size: number;
  /** In hex. */
  readonly root: string;
  readonly signature: 'checked' | 'not checked: no key was given' | 'wrong';
}

/** The nodes of leaves as they were kept when they were added, from 0; they say where a head begins to differ, if they fit it. */
export interface KeptLeaves {
  rootAt(size: number): string | undefined;
  leafAt(n: number): Uint8Array | undefined;
}

export interface Against {
  readonly sha256: Sha256;
  readonly noHash: string;
  readonly head: HeldHead | undefined;
  readonly kept: KeptLeaves | undefined;
  /** Hears how far it has come; what it answers with `true` ends the verification. */
  readonly progress?: (events: number) => boolean;
}

interface StreamEnd {
  revision: number;
  hash: string;
  state: unknown;
  /** Folding goes on only as far as it went well. */
  folds: boolean;
}

/** Everything that one pass over the log gathers. */
class Pass {
  readonly findings: Finding[] = [];
  readonly gaps: Gap[] = [];
  readonly streams = new Map<string, StreamEnd>();
  events = 0;
  last = 0;

  constructor(readonly noHash: string) {}

  found(check: Check, position: number | undefined, words: string): void {
    if (this.findings.length < mostFindings) this.findings.push({ check, position, words });
  }

  take(scanned: ScannedEvent): void {
    this.events += 1;
    const { place, hash, hashNow, stream, revision } = scanned;
    if (place !== this.last + 1)
      this.found('positions', this.last + 1, `${place - this.last - 1} events are missing before ${place}`);
    this.last = place;
    if (hashNow !== hash)
      this.found('bytes', place, `${stream} revision ${revision}: what is stored is not what was recorded`);
    this.chain(scanned);
    this.fold(scanned);
  }

  private chain({ place, stream, revision, previousHash }: ScannedEvent): void {
    const before = this.streams.get(stream);
    if (revision !== (before?.revision ?? -1) + 1)
      this.found('chain', place, `${stream}: revision ${revision} comes after ${before?.revision ?? 'nothing'}`);
    else if (previousHash !== (before?.hash ?? this.noHash))
      this.found(
        'chain',
        place,
        `${stream} revision ${revision}: what is stored before it is not what was recorded before it`,
      );
  }

  private fold({ place, stream, revision, hash, hashNow, entry }: ScannedEvent): void {
    const of = aggregateOf(stream);
    const before = this.streams.get(stream);
    const end = before ?? { revision, hash, state: of?.initial, folds: true };
    Object.assign(end, { revision, hash });
    if (!before) this.streams.set(stream, end);
    if ('poison' in entry) {
      end.folds = false;
      // What was changed is told by its bytes.
      if (hashNow === hash) this.found('decoding', place, `${stream} revision ${revision}: ${entry.poison}`);
      return;
    }
    this.note(place, entry);
    if (!of || !end.folds) return;
    try {
      end.state = folded(of as never, end.state as never, entry);
    } catch (error) {
      end.folds = false;
      this.found('life-cycle', place, wordsOf(error));
    }
  }

  /** Accepted losses are told in every verification. */
  private note(position: number, { event, metadata }: RecordedEvent): void {
    if (event.type !== 'LogAccepted') return;
    const { knownLog, knownEvents, missing } = event;
    this.gaps.push({ position, knownLog, knownEvents, missing, at: metadata.recordedAt });
  }
}

/** Reads the whole log once, and a second time up to where the head differs, if it does. Answers `undefined` when it was ended. */
export function verifyLog(log: ScannedLog, against: Against): Verification | undefined {
  const { sha256, head, progress = () => false } = against;
  const pass = new Pass(against.noHash);
  const frontier = openFrontier(sha256);
  let rootOfHead = head?.size === 0 ? hexOf(frontier.root()) : undefined;
  for (const scanned of log.events()) {
    pass.take(scanned);
    if (isCovered(scanned.stream)) {
      frontier.add(leafNode(sha256, bytesOf(scanned.hashNow ?? scanned.hash)));
      if (frontier.size() === head?.size) rootOfHead = hexOf(frontier.root());
    }
    if (pass.events % 1_000 === 0 && progress(pass.events)) return undefined;
  }
  if (head) holdAgainst(head, { log, against, pass, rootOfHead });
  return outcome(log, pass, { leaves: frontier.size(), root: hexOf(frontier.root()), head });
}

interface Held {
  readonly log: ScannedLog;
  readonly against: Against;
  readonly pass: Pass;
  readonly rootOfHead: string | undefined;
}

function holdAgainst(head: HeldHead, { log, against, pass, rootOfHead }: Held): void {
  if (!head.origin.endsWith(`/${log.logId}`))
    pass.found('head', undefined, `the head is of ${head.origin}, and this log is ${log.logId}`);
  if (head.signature === 'wrong') pass.found('head', undefined, 'the head was not signed by the key that was given');
  if (rootOfHead === head.root) return;
  const place = firstDifference(log, against, head) ?? firstBadOf(pass.findings);
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

/** The place of the first leaf that is another one than was kept, where what was kept is what the head was signed over. */
function firstDifference(log: ScannedLog, { sha256, kept }: Against, head: HeldHead): number | undefined {
  if (kept?.rootAt(head.size) !== head.root) return undefined;
  let [n, last] = [0, 0];
  for (const { stream, place, hash, hashNow } of log.events()) {
    if (n === head.size) return undefined;
    last = place;
    if (!isCovered(stream)) continue;
    if (hexOf(leafNode(sha256, bytesOf(hashNow ?? hash))) !== hexOf(kept.leafAt(n) ?? new Uint8Array())) return place;
    n += 1;
  }
  return n < head.size ? last + 1 : undefined;
}

function outcome(
  { logId }: ScannedLog,
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

const bytesOf = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
