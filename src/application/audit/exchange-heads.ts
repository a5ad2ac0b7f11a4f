/** Heads among instances on one log: whichever acts signs them, and each of the others keeps what fits its own tree. */
import { MalformedNote } from '../../domain/audit/checkpoint.js';
import { errorText } from '../error-text.js';
import type { AuditTreeReads } from '../ports/audit-tree.js';
import type { HeadFiles, SharedHeads, SignedHead } from '../ports/signed-heads.js';

export interface Exchanging {
  readonly shared: SharedHeads;
  readonly tree: AuditTreeReads;
  readonly files: HeadFiles;
  /** The head that a note is of. Throws for what is none. */
  readonly headOf: (note: string) => SignedHead;
  /** Whether a key of this log has signed it. */
  readonly isOurs: (head: SignedHead) => Promise<boolean>;
  /** Whether heads may be of what the log has lost, as a person has accepted. */
  readonly acceptedLoss: boolean;
  /** Hears why heads of others are not kept, once a reason. */
  readonly failed: (words: string) => void;
}

export interface HeadExchange {
  /** Keeps what others have signed, as far as this instance's tree goes. */
  take(): Promise<void>;
  /** Hands the others the last head, unless they have it. */
  give(): Promise<void>;
  /** Why heads of others are not kept. */
  stopped(): string | undefined;
}

/** Two instances see different logs, or somebody else writes where heads are handed over. */
class WrongHead extends Error {}

export function exchangeHeads(on: Exchanging): HeadExchange {
  const { shared, tree, files } = on;
  let [taken, largest] = [0, 0];
  let stopped: string | undefined;

  async function take(): Promise<void> {
    for (let page = await shared.after(taken); page.length > 0; page = await shared.after(taken))
      for (const head of page.map(on.headOf)) {
        if (head.size > tree.size()) return;
        if (await isRight(on, head)) files.keep(head);
        taken += 1;
        largest = Math.max(largest, head.size);
      }
  }
  async function noting(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      stopped = undefined;
    } catch (error) {
      // That the log cannot be read or written now is told by its own health, and tried again.
      const isWrong = error instanceof WrongHead || error instanceof MalformedNote;
      const words = isWrong ? errorText(error) : undefined;
      if (words !== undefined && words !== stopped) on.failed(words);
      stopped = words;
    }
  }
  return {
    take: () => noting(take),
    give: () =>
      noting(async () => {
        const last = files.last();
        if (!last || last.size <= largest) return;
        await shared.publish(last.note);
        largest = last.size;
      }),
    stopped: () => stopped,
  };
}

/** Throws {@link WrongHead}; answers false for a head of what was lost. */
async function isRight({ tree, isOurs, acceptedLoss }: Exchanging, head: SignedHead): Promise<boolean> {
  const { size, root, keyId } = head;
  if (!(await isOurs(head)))
    throw new WrongHead(
      `Another instance signs heads with the key ${keyId}, which is none of this log's. All instances must have the same key (docs/audit.md).`,
    );
  if (tree.root(size) === root) return true;
  if (acceptedLoss) return false;
  throw new WrongHead(
    `Another instance has signed a head over ${size} events that are not the ones this instance reads. Run \`npm run audit -- verify\` (docs/audit.md).`,
  );
}
