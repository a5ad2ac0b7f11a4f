/** The log as auditors read it: as it is stored, in its file or on a server. */
import { streamsAbout } from '../../application/history/streams-about.js';
import type { Clock } from '../../application/ports/clock.js';
import type { ExportEvents } from '../../application/ports/event-export.js';
import type { EventStore } from '../../application/ports/event-store.js';
import type { Verification } from '../../domain/audit/verification.js';
import type { StoredEvidence } from '../../infrastructure/audit/evidence/pack.js';
import { openLogScan } from '../../infrastructure/event-store/eventstoredb/log-scan.js';
import { serverEvidence } from '../../infrastructure/event-store/eventstoredb/stored-evidence.js';
import { type EvidenceWanted, storedEvidence } from '../../infrastructure/event-store/sqlite/stored-evidence.js';
import type { LogOnServer, VerifyOrder } from '../log/log-place.js';
import { verifyInThread } from '../verification/verify-in-thread.js';
import { exportInThread } from './export-in-thread.js';

export interface AuditedLog {
  /** `undefined` when the signal ended it. */
  verify(order: Omit<VerifyOrder, 'log'>, signal: AbortSignal): Promise<Verification | undefined>;
  readonly exportEvents: ExportEvents;
  /** In the order of the log; none for a provider that is not there. */
  readonly evidence: EvidenceReader;
}

export type EvidenceReader = (wanted: EvidenceWanted) => Promise<readonly StoredEvidence[]>;

/** `told` hears that no thread can be had. */
export const auditedFile = (file: string, told: (words: string) => void): AuditedLog => ({
  verify: (order, signal) => verifyInThread({ ...order, log: file }, signal, told),
  exportEvents: exportInThread(file),
  evidence: evidenceInFile(file),
});

export const evidenceInFile =
  (file: string): EvidenceReader =>
  async (wanted) =>
    storedEvidence(file, wanted);

interface OnServer {
  readonly server: LogOnServer;
  /** What tells which streams are about a provider. */
  readonly store: Pick<EventStore, 'read'>;
  readonly clock: Pick<Clock, 'now'>;
}

export const auditedServer = (on: OnServer, told: (words: string) => void): AuditedLog => ({
  verify: (order, signal) => verifyInThread({ ...order, log: on.server }, signal, told),
  exportEvents: exportInThread(on.server),
  evidence: evidenceOnServer(on),
});

const evidenceOnServer =
  ({ server, store, clock }: OnServer): EvidenceReader =>
  async (wanted) => {
    const streams = await streamsAbout(store, clock, wanted.providerId);
    const scan = await openLogScan(server);
    try {
      return await serverEvidence(scan, { ...wanted, streams });
    } finally {
      await scan.close();
    }
  };
