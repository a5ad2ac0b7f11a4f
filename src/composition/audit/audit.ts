/** The audit put together: the tree that follows the log, the key, and the heads that it signs. */
import { join } from 'node:path';
import { recordOf } from '../../application/audit/adopt-key.js';
import type { HeadArchiving } from '../../application/audit/archive-heads.js';
import type { Audit } from '../../application/audit/audit.js';
import { feedTree } from '../../application/audit/feed-tree.js';
import type { HealthSource } from '../../application/ports/health.js';
import { addressOf } from '../../config/sections/event-store.js';
import { loadAuditKeys } from '../../infrastructure/audit/audit-keys.js';
import { openTreeFile, treeFileName } from '../../infrastructure/audit/tree-file.js';
import { openHeadArchive } from '../../infrastructure/aws/audit/head-archive.js';
import type { AwsAccess } from '../../infrastructure/aws/calls/clients.js';
import type { FilesOptions } from '../storage/storage.js';
import { type HeadOptions, openHeads } from './audit-heads.js';
import { type AuditedLog, auditedFile, auditedServer } from './audited-log.js';
import { type EvidenceSources, evidenceOf, evidenceSources } from './evidence.js';
import { startVerification } from './log-verification.js';

export interface AuditOptions extends HeadOptions {
  /** The log as it is stored. */
  readonly audited: AuditedLog;
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
      audited: auditedLog(store, clock, options),
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

/** The log where the configuration says that it lies. */
function auditedLog(
  store: AuditOptions['store'],
  clock: AuditOptions['clock'],
  { config, env, log }: Pick<FilesOptions, 'config' | 'env' | 'log'>,
): AuditedLog {
  const told = (words: string): void => log.info({ words }, 'No thread can verify the log, so it is done in this one.');
  const { eventStore, folders } = config;
  if (eventStore.url === '') return auditedFile(join(folders.data, 'events.db'), told);
  const tree = join(folders.data, treeFileName);
  const server = { address: addressOf(eventStore, env), prefix: eventStore.streamPrefix, tree };
  return auditedServer({ server, store, clock }, told);
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
  const { clock, audited } = options;
  const verification = stack.adopt(startVerification({ audited, own, clock, log }), (each) => each.stop());
  return {
    tree,
    lastHead: heads.last,
    covering: heads.covering,
    onSigned: heads.onSigned,
    keys,
    exportEvents: audited.exportEvents,
    evidence: (providerId, upTo) =>
      evidenceOf(
        { ...options.evidence, read: audited.evidence },
        { tree, covering: heads.covering, keys },
        providerId,
        upTo,
      ),
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
