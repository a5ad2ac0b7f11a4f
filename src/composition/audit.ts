/** The audit put together: the tree that follows the log, the key, and the heads that it signs. */
import { join } from 'node:path';
import { recordOf } from '../application/audit/adopt-key.js';
import type { HeadArchiving } from '../application/audit/archive-heads.js';
import type { Audit } from '../application/audit/audit.js';
import { feedTree } from '../application/audit/feed-tree.js';
import type { HealthSource } from '../application/ports/health.js';
import { loadAuditKeys } from '../infrastructure/audit/audit-keys.js';
import { openTreeFile, treeFileName } from '../infrastructure/audit/tree-file.js';
import { openHeadArchive } from '../infrastructure/aws/audit/head-archive.js';
import type { AwsAccess } from '../infrastructure/aws/calls/clients.js';
import { type HeadOptions, openHeads } from './audit-heads.js';
import { type EvidenceSources, evidenceOf, evidenceSources } from './evidence.js';
import { exportInThread } from './export-in-thread.js';
import { startVerification } from './log-verification.js';
import type { FilesOptions } from './storage.js';

export interface AuditOptions extends HeadOptions {
  /** The file of the log. */
  readonly file: string;
  /** What evidence holds beside facts. */
  readonly evidence: EvidenceSources;
}

interface Over extends Pick<AuditOptions, 'store' | 'mayAct' | 'clock'> {
  readonly access: Pick<AwsAccess, 'own'>;
}

/** The audit as the configuration has it. Throws InvalidKey where the key cannot be used. */
export function auditOver(
  { store, mayAct, clock, access }: Over,
  options: Pick<FilesOptions, 'config' | 'env' | 'log' | 'acceptLog'>,
  stack: AsyncDisposableStack,
) {
  const { config, env, log, acceptLog } = options;
  const { data, keys: keysFolder } = config.folders;
  const keys = loadAuditKeys({ env, keysFolder });
  const { archive } = config.audit;
  return openAudit(
    {
      ...config.audit,
      evidence: evidenceSources(config),
      store,
      file: join(data, 'events.db'),
      data,
      keys,
      clock,
      log,
      mayAct,
      archive: archive && ((logId) => openHeadArchive(access.own.s3(archive.region), archive, logId, clock.now)),
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
  const { heads, origin, publicKey, archiving } = await openHeads(options, tree, stack);
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
    onSigned: heads.onSigned,
    keys,
    exportEvents: exportInThread(file),
    evidence: (providerId, upTo) =>
      evidenceOf({ ...options.evidence, file }, { tree, covering: heads.covering, keys }, providerId, upTo),
    verifier: verification,
    health: [{ name: 'audit', degraded }, ...archiveHealth(archiving), verification.health],
  };
}

const archiveHealth = (archiving: HeadArchiving | undefined): readonly HealthSource[] =>
  archiving ? [{ name: 'audit-archive', degraded: archiving.stopped }] : [];

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
