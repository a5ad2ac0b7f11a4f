/** The audit put together: the tree that follows the log, the key, and the heads that it signs. */
import { join } from 'node:path';
import { adoptKey, recordOf } from '../application/audit/adopt-key.js';
import type { Audit } from '../application/audit/audit.js';
import { feedTree } from '../application/audit/feed-tree.js';
import { signHeads } from '../application/audit/sign-heads.js';
import type { Clock } from '../application/ports/clock.js';
import type { EventStore, Position } from '../application/ports/event-store.js';
import type { HealthSource } from '../application/ports/health.js';
import type { Log } from '../application/ports/log.js';
import type { Terms } from '../application/ports/terms.js';
import { type AuditKeys, loadAuditKeys } from '../infrastructure/audit/audit-keys.js';
import { headsFolderName, openHeadFiles } from '../infrastructure/audit/head-files.js';
import { openSigner } from '../infrastructure/audit/signing-key.js';
import { openTreeFile, type TreeFile, treeFileName } from '../infrastructure/audit/tree-file.js';
import { openTerms } from '../infrastructure/terms/terms-folder.js';
import { evidenceOf } from './evidence.js';
import { exportInThread } from './export-in-thread.js';
import { startVerification } from './log-verification.js';
import type { FilesOptions } from './storage.js';

export interface AuditOptions {
  readonly store: EventStore & { readonly logId: string };
  /** The file of the log, and the data folder. */
  readonly file: string;
  readonly data: string;
  readonly keys: AuditKeys;
  /** Where the texts of terms are, and of which territories. */
  readonly terms: Terms;
  readonly territories: readonly string[];
  /** What the log is called beside its id. */
  readonly name: string;
  readonly headEverySeconds: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether a person has accepted at this start that the log lacks what was known of it. */
  readonly acceptedLoss: boolean;
}

/** The audit as the configuration has it. Throws InvalidKey where the key cannot be used. */
export function auditOver(
  store: AuditOptions['store'],
  options: Pick<FilesOptions, 'config' | 'env' | 'log' | 'acceptLog'>,
  stack: AsyncDisposableStack,
  clock: Clock,
) {
  const { config, env, log, acceptLog } = options;
  const { data, keys: keysFolder } = config.folders;
  const keys = loadAuditKeys({ env, keysFolder });
  const territories = config.territories.list.map(({ code }) => code);
  const texts = { territories, terms: openTerms(config.terms.folder, territories) };
  return openAudit(
    {
      ...config.audit,
      ...texts,
      store,
      file: join(data, 'events.db'),
      data,
      keys,
      clock,
      log,
      acceptedLoss: acceptLog !== undefined,
    },
    stack,
  );
}

/** Starts the audit; what is on the stack ends it with a last head. Throws when its files cannot be opened. */
export async function openAudit(
  options: AuditOptions,
  stack: AsyncDisposableStack,
): Promise<Audit & { readonly health: readonly HealthSource[] }> {
  const { store, log } = options;
  const { tree, feed } = startTree(options, stack);
  const { heads, origin, publicKey } = await openHeads(options, tree, stack);
  const degraded = (): string | undefined => {
    const still = feed.stopped();
    return still === undefined ? heads.stopped() : `The audit's tree stands still at ${still}`;
  };
  const keys: Audit['keys'] = async () => {
    const { rotations } = await recordOf(store, store.logId);
    return { origin, key: publicKey, rotations };
  };
  const own = async () => {
    const { key, rotations } = await keys();
    return { head: heads.last()?.note, keys: [key, ...rotations.map((each) => each.formerKey)] };
  };
  const { clock, file } = options;
  const verification = stack.adopt(startVerification({ file, own, clock, log }), (each) => each.stop());
  return {
    tree,
    lastHead: heads.last,
    covering: heads.covering,
    keys,
    exportEvents: exportInThread(options.file),
    evidence: (providerId, upTo) => evidenceOf(options, { tree, covering: heads.covering, keys }, providerId, upTo),
    verifier: verification,
    health: [{ name: 'audit', degraded }, verification.health],
  };
}

/** The tree, which follows the log from now on. */
function startTree({ store, data, log }: AuditOptions, stack: AsyncDisposableStack) {
  const thrownAway = (why: string): void =>
    log.warn({ why }, "The audit's tree was thrown away; it is made from the log again.");
  const tree = stack.adopt(openTreeFile(join(data, treeFileName), thrownAway), (file) => file.close());
  const feeding = new AbortController();
  const feed = feedTree(store, tree, {
    signal: feeding.signal,
    failed: (words) => log.error({ words }, "The audit's tree stands still."),
  });
  stack.defer(async () => {
    feeding.abort();
    await feed.ended;
  });
  return { tree, feed };
}

async function openHeads(options: AuditOptions, tree: TreeFile, stack: AsyncDisposableStack) {
  const { store, data, keys, name, headEverySeconds, clock, log, acceptedLoss } = options;
  const { logId } = store;
  const origin = `${name}/${logId}`;
  const signer = openSigner(keys.key, origin);
  const files = openHeadFiles(join(data, headsFolderName, logId));
  const former = keys.former && openSigner(keys.former, origin);
  const words = await adoptKey({ store, logId, files, signer, former, now: clock.now() });
  const heads = signHeads({
    tree,
    caughtUp: reaches(store, tree, store.head()),
    upTo: tree.upTo,
    signer,
    files,
    clock,
    everyMs: headEverySeconds * 1_000,
    acceptedLoss,
    mayNotSign: () => words,
    failed: (why) => log.error({ why }, 'No head of the log is signed.'),
  });
  stack.defer(() => heads.stop(store.head()));
  return { heads, origin, publicKey: signer.publicKey };
}

/** Whether the tree has seen the log up to here. */
const reaches = (store: Pick<EventStore, 'compare'>, tree: TreeFile, head: Position | undefined) => (): boolean => {
  const upTo = tree.upTo();
  return head === undefined || (upTo !== undefined && store.compare(upTo, head) >= 0);
};
