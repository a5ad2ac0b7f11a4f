/** Signs the head of the audit's tree when it has grown: at most once in a while, and at the end. */
import { errorText } from '../error-text.js';
import type { AuditTreeReads } from '../ports/audit-tree.js';
import { type Clock } from '../ports/clock.js';
import type { Position } from '../ports/event-store.js';
import type { HeadFiles, HeadSigner, SignedHead } from '../ports/signed-heads.js';
import type { HeadExchange } from './exchange-heads.js';
import { type OnSigned, openHeadTelling } from './tell-heads.js';

interface Signing {
  readonly tree: AuditTreeReads;
  /** Whether the tree has seen what the log held when the service started. */
  readonly caughtUp: () => boolean;
  /** The position up to which the tree has seen the log. */
  readonly upTo: () => Position | undefined;
  readonly signer: HeadSigner;
  readonly files: HeadFiles;
  readonly clock: Clock;
  readonly everyMs: number;
  /** Whether a person has accepted that the log lacks what was known of it, so that heads may be of what it has lost. */
  readonly acceptedLoss: boolean;
  /** Whether this process may sign now; another one does where it may not. */
  readonly mayAct: () => boolean;
  /** How heads come from and go to other instances, where there may be some. */
  readonly exchange: HeadExchange | undefined;
  /** Why the key may not sign yet, such as a change of keys that the former key has not signed. */
  readonly mayNotSign: () => string | undefined;
  /** Hears why no head is signed, once a reason. */
  readonly failed: (words: string) => void;
}

export interface HeadSigning {
  last(): SignedHead | undefined;
  /** Calls the listener with each head that is signed from now on; answers with the way to stop. */
  readonly onSigned: OnSigned;
  /** The first head that covers so many leaves; signed now if it may be. Answers in how many seconds to ask again otherwise. */
  covering(size: number): SignedHead | { readonly againInSeconds: number };
  /** Why no head is signed though the log grows; `undefined` when heads are signed. */
  stopped(): string | undefined;
  /** Signs what is there at the end, once the tree has seen this position or the patience is over. */
  stop(head: Position | undefined): Promise<void>;
}

/** The last head cannot be of this log: what it covers was changed, or is missing. */
class HeadDiffers extends Error {}

const patienceMs = 5_000;
const lookMs = 50;
/** A head is with the other instances so soon after it was signed. */
const exchangeMs = 5_000;

export function signHeads(on: Signing): HeadSigning {
  const { tree, files, clock, everyMs } = on;
  const stopping = new AbortController();
  const pen = openPen(on);
  const ended = (async () => {
    await untilCaughtUp(on, stopping.signal);
    while (!stopping.signal.aborted) {
      await turn(on, pen, everyMs);
      await clock.wait(on.exchange ? Math.min(everyMs, exchangeMs) : everyMs, stopping.signal);
    }
  })();
  return {
    last: () => files.last(),
    onSigned: pen.onSigned,
    stopped: () => pen.stopped ?? on.exchange?.stopped(),
    covering(size) {
      const waitMs = pen.signedAt + everyMs - clock.now();
      if (!files.firstFrom(size) && tree.size() >= size && waitMs <= 0) pen.sign();
      return files.firstFrom(size) ?? { againInSeconds: Math.max(1, Math.ceil(waitMs / 1_000)) };
    },
    async stop(head) {
      stopping.abort();
      await atMost(clock, ended);
      const enough = AbortSignal.timeout(patienceMs);
      while (head !== undefined && on.upTo() !== head && !enough.aborted) await clock.wait(lookMs, enough);
      await atMost(clock, turn(on, pen, 0));
    },
  };
}

/** A server that does not answer must not keep the service from stopping. */
async function atMost(clock: Clock, work: Promise<void>): Promise<void> {
  const late = new AbortController();
  await Promise.race([work, clock.wait(patienceMs, late.signal)]);
  late.abort();
}

/** Keeps what others have signed; whoever acts signs what has come since the last time, at most so often. */
async function turn({ exchange, clock }: Signing, pen: ReturnType<typeof openPen>, everyMs: number): Promise<void> {
  await exchange?.take();
  pen.tell();
  if (!exchange || clock.now() - pen.signedAt >= everyMs) pen.sign();
  if (pen.mayAct()) await exchange?.give();
}

/** Signs what is there, if it has grown and may be signed. */
function openPen(on: Signing) {
  const { tree, files, signer, clock } = on;
  let checked = false;
  const telling = openHeadTelling(files);
  const own = { signedAt: Number.NEGATIVE_INFINITY, stopped: undefined as string | undefined };
  const { onSigned } = telling;
  const pen = { sign: () => noting(sign), tell: () => noting(telling.tell), onSigned, mayAct: on.mayAct, ...own };

  /** A disk that fails, or a head that is gone, ends no process: it is told, and tried again. */
  function noting(work: () => void): void {
    try {
      work();
    } catch (error) {
      const words = errorText(error);
      if (words !== pen.stopped) on.failed(words);
      pen.stopped = words;
    }
  }

  function sign(): void {
    if (!on.caughtUp()) return;
    if (!checked) requireBefore(on);
    checked = true;
    pen.stopped = on.mayNotSign();
    const size = tree.size();
    if (pen.stopped !== undefined || !on.mayAct() || size <= (files.last()?.size ?? 0)) return;
    files.keep(signer.signHead({ origin: signer.origin, size, root: tree.root(size) }));
    pen.signedAt = clock.now();
    telling.tell();
  }

  return pen;
}

/** Before the first head of this start: what the last one covers is held against the log. */
async function untilCaughtUp({ caughtUp, clock }: Signing, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !caughtUp()) await clock.wait(lookMs, signal);
}

/** Throws where the last head is not of this log; after an accepted loss such heads are put aside. */
function requireBefore({ tree, files, acceptedLoss }: Signing): void {
  for (let last = files.last(); last; last = files.last()) {
    if (last.size <= tree.size() && tree.root(last.size) === last.root) return;
    if (!acceptedLoss)
      throw new HeadDiffers(
        `The last signed head covers ${last.size} events, and the log does not hold these any more: ` +
          'it was changed or cut off. No further head is signed. Run `npm run audit -- verify` (docs/audit.md).',
      );
    files.setAside(last.size - 1);
  }
}
