/** The heads of the audit: signed as the tree grows, kept as files, and sent to an archive where one is configured. */
import { join } from 'node:path';
import { adoptKey, recordOf } from '../../application/audit/adopt-key.js';
import { archiveHeads, type HeadArchiving } from '../../application/audit/archive-heads.js';
import { exchangeHeads, type HeadExchange } from '../../application/audit/exchange-heads.js';
import { signHeads } from '../../application/audit/sign-heads.js';
import type { Clock } from '../../application/ports/clock.js';
import type { EventStore, Position } from '../../application/ports/event-store.js';
import type { Log } from '../../application/ports/log.js';
import type { HeadArchive, HeadFiles, SharedHeads } from '../../application/ports/signed-heads.js';
import { readNote } from '../../domain/audit/checkpoint.js';
import type { AuditKeys } from '../../infrastructure/audit/audit-keys.js';
import { headsFolderName, openHeadFiles } from '../../infrastructure/audit/head-files.js';
import { isSignedBy, openSigner, readPublicKey, signedHeadOf } from '../../infrastructure/audit/signing-key.js';
import type { TreeFile } from '../../infrastructure/audit/tree-file.js';

export interface HeadOptions {
  /** A store that several instances share has a place for the heads as well. */
  readonly store: EventStore & { readonly logId: string; readonly heads?: SharedHeads };
  /** The data folder. */
  readonly data: string;
  readonly keys: AuditKeys;
  /** What the log is called beside its id. */
  readonly name: string;
  readonly headEverySeconds: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Where the heads of a log are kept outside, if anywhere. */
  readonly archive: ((logId: string) => HeadArchive) | undefined;
  /** Whether this process may act on the world outside now. */
  readonly mayAct: () => boolean;
  /** Whether a person has accepted at this start that the log lacks what was known of it. */
  readonly acceptedLoss: boolean;
}

/** Starts signing; what is on the stack signs a last head and then sends what the archive lacks. */
export async function openHeads(options: HeadOptions, tree: TreeFile, stack: AsyncDisposableStack) {
  const { store, data, keys, name, headEverySeconds, clock, log, acceptedLoss, archive } = options;
  const { logId } = store;
  const origin = `${name}/${logId}`;
  const signer = openSigner(keys.key, origin);
  const files = openHeadFiles(join(data, headsFolderName, logId));
  const former = keys.former && openSigner(keys.former, origin);
  const words = await adoptKey({ store, logId, files, signer, former, now: clock.now() });
  const archiving = archive && stack.adopt(startArchiving(options, files, archive(logId)), (each) => each.stop());
  const heads = signHeads({
    tree,
    caughtUp: reaches(store, tree, store.head()),
    upTo: tree.upTo,
    signer,
    files,
    clock,
    everyMs: headEverySeconds * 1_000,
    acceptedLoss,
    mayAct: options.mayAct,
    exchange: exchangeOver(options, tree, files, signer.publicKey),
    mayNotSign: () => words,
    failed: (why) => log.error({ why }, 'No head of the log is signed.'),
  });
  stack.defer(() => heads.stop(store.head()));
  return { heads, origin, publicKey: signer.publicKey, archiving };
}

/** Where only one process can be on the log, there is nobody to exchange heads with. */
function exchangeOver(
  { store, acceptedLoss, log }: HeadOptions,
  tree: TreeFile,
  files: HeadFiles,
  publicKey: string,
): HeadExchange | undefined {
  if (!store.heads) return undefined;
  let keys: readonly string[] = [publicKey];
  return exchangeHeads({
    shared: store.heads,
    tree,
    files,
    acceptedLoss,
    headOf: (note) => signedHeadOf(readNote(note)),
    async isOurs({ note }) {
      const signed = readNote(note);
      const fits = (): boolean => keys.some((key) => isSignedBy(signed, readPublicKey(key)));
      if (fits()) return true;
      // There may be a year of heads, so that the log is asked for keys only where those that are known do not fit.
      const { rotations } = await recordOf(store, store.logId);
      keys = [publicKey, ...rotations.flatMap(({ formerKey, key }) => [formerKey, key])];
      return fits();
    },
    failed: (why) => log.error({ why }, 'Heads that another instance has signed are not kept.'),
  });
}

function startArchiving(
  { clock, headEverySeconds, mayAct, log }: HeadOptions,
  files: HeadFiles,
  archive: HeadArchive,
): HeadArchiving {
  return archiveHeads({
    files,
    archive,
    clock,
    everyMs: headEverySeconds * 1_000,
    mayAct,
    failed: (why) => log.error({ why }, 'A head of the log could not be sent to its archive; it is tried again.'),
  });
}

/** Whether the tree has seen the log up to here. */
const reaches = (store: Pick<EventStore, 'compare'>, tree: TreeFile, head: Position | undefined) => (): boolean => {
  const upTo = tree.upTo();
  return head === undefined || (upTo !== undefined && store.compare(upTo, head) >= 0);
};
