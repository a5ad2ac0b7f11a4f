/** A new signing key is adopted only with the word of the former one, and the change is a fact of the log. */
import { noteText, rotationText } from '../../domain/audit/checkpoint.js';
import type { AuditKeyRotated, LogRecord } from '../../domain/log.js';
import type { EventStore } from '../ports/event-store.js';
import type { HeadFiles, HeadSigner } from '../ports/signed-heads.js';
import { logs, streamOf } from '../streams/aggregates.js';
import { idOf } from '../streams/causes.js';
import { digestOf } from '../streams/command-digest.js';
import { folded } from '../streams/quarantined.js';

interface Adopting {
  readonly store: Pick<EventStore, 'read' | 'append'>;
  readonly logId: string;
  readonly files: Pick<HeadFiles, 'last'>;
  readonly signer: HeadSigner;
  readonly former: HeadSigner | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What is on record about the log itself. */
export async function recordOf(store: Pick<EventStore, 'read'>, logId: string): Promise<LogRecord> {
  const events = await store.read(streamOf(logs, logId));
  return events.reduce((record, event) => folded(logs, record, event), logs.initial);
}

/** Records the change to this key where heads were signed by another one; answers why it may not sign yet, if so. */
export async function adoptKey({ store, logId, files, signer, former, now }: Adopting): Promise<string | undefined> {
  const last = files.last();
  if (!last || last.keyId === signer.keyId) return undefined;
  const { rotations } = await recordOf(store, logId);
  if (rotations.at(-1)?.key === signer.publicKey) return undefined;
  if (former?.keyId !== last.keyId)
    return (
      `Heads were signed by the key ${last.keyId}, and the present one is ${signer.keyId}: no head is signed until the former ` +
      'key has signed the change. Start once with it as audit-former.key in the keys folder (docs/audit.md).'
    );
  await store.append(streamOf(logs, logId), (await lengthOf(store, logId)) - 1, [
    { event: rotation(former, signer), cause: causeOf(former, signer, logId), at: now },
  ]);
  return undefined;
}

const lengthOf = async (store: Pick<EventStore, 'read'>, logId: string): Promise<number> =>
  (await store.read(streamOf(logs, logId))).length;

function rotation(former: HeadSigner, signer: HeadSigner): AuditKeyRotated {
  const text = rotationText(signer.origin, former.publicKey, signer.publicKey);
  return {
    type: 'AuditKeyRotated',
    formerKey: former.publicKey,
    key: signer.publicKey,
    statement: noteText({ text, signatures: [former.sign(text), signer.sign(text)] }),
  };
}

function causeOf(former: HeadSigner, signer: HeadSigner, logId: string) {
  const asked = ['rotate-audit-key', former.publicKey, signer.publicKey] as const;
  return {
    commandId: idOf(...asked),
    commandDigest: digestOf(asked),
    asked,
    correlationId: logId,
    actor: 'partner-cloud#configuration',
    role: 'operator',
  };
}
