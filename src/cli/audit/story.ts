/** The facts behind the story of an account, wherever the log lies. */
import { systemClock } from '../../application/ports/clock.js';
import { auditedServer } from '../../composition/audit/audited-log.js';
import type { LogOnServer, LogPlace } from '../../composition/log/log-place.js';
import type { StoredEvidence } from '../../infrastructure/audit/evidence/pack.js';
import { openEventStoreDb } from '../../infrastructure/event-store/eventstoredb/eventstoredb-event-store.js';
import { openLogScan } from '../../infrastructure/event-store/eventstoredb/log-scan.js';
import { storedText } from '../../infrastructure/event-store/format/stored-json.js';
import { providerOfAccount, storedEvidence } from '../../infrastructure/event-store/sqlite/stored-evidence.js';

export interface Story {
  readonly providerId: string;
  readonly facts: readonly StoredEvidence[];
}

/** `undefined` where no account of this id is on record. */
export async function storyOf(log: LogPlace, accountId: string): Promise<Story | undefined> {
  if (typeof log !== 'string') return storyOnServer(log, accountId);
  const providerId = providerOfAccount(log, accountId);
  return providerId === undefined
    ? undefined
    : { providerId, facts: storedEvidence(log, { providerId, upTo: undefined }) };
}

async function storyOnServer(log: LogOnServer, accountId: string): Promise<Story | undefined> {
  const providerId = await providerOnServer(log, accountId);
  if (providerId === undefined) return undefined;
  const store = await openEventStoreDb(log);
  try {
    const { evidence } = auditedServer({ server: log, store, clock: systemClock }, () => undefined);
    return { providerId, facts: await evidence({ providerId, upTo: undefined }) };
  } finally {
    await store.close();
  }
}

/** A server cannot be asked by what facts say, so that the log is looked through. */
async function providerOnServer(log: LogOnServer, accountId: string): Promise<string | undefined> {
  const scan = await openLogScan(log);
  try {
    for await (const page of scan.pages(0n))
      for (const found of page) {
        if (!('stored' in found) || found.stored.type !== 'AccountCreated') continue;
        if (JSON.parse(storedText(found.stored.data)).accountId === accountId)
          return found.stored.stream.replace(/^provider-/, '');
      }
    return undefined;
  } finally {
    await scan.close();
  }
}
