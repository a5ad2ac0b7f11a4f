/**
 * Puts a refused request on record once a day for each person and state of the facts, and not more often an hour than the
 * configuration says: what is on record is known from the log itself, after a restart and to every process.
 */
import { dayOf } from '../../domain/allowance.js';
import type { Provider } from '../../domain/provider/stages.js';
import { Refusal } from '../../domain/refusal.js';
import { decideRefusals, notedBefore, type SameRefusal } from '../../domain/refusals.js';
import type { Dependencies } from '../dependencies.js';
import { providers, refusals } from '../streams/aggregates.js';
import { type AuthorizedSender, doerOf, idOf } from '../streams/causes.js';
import { digestOf } from '../streams/command-digest.js';
import { type OnRecord, onRecord } from '../streams/on-record.js';

/** A request as it stands on record. */
export interface Requested extends OnRecord {
  readonly providerId: string;
  readonly provider: Provider;
}

type On = Pick<Dependencies, 'streams' | 'settings' | 'clock' | 'metrics'>;

interface Refused extends SameRefusal {
  readonly organization: string;
  readonly providerId: string;
}

/**
 * The same refusal where one is on record, else what `record` answers with. It is noted first, by the revision of the day's
 * stream, so also several processes keep the bounds; who dies between the two leaves a note that the next one replaces.
 */
export async function recordRefusal(
  on: On,
  refused: Refused,
  by: AuthorizedSender,
  record: () => Promise<Requested>,
): Promise<Requested> {
  const noted = await noteRefusal(on, refused, by);
  if (noted === refused.providerId) return record();
  const { state: provider, ...known } = await on.streams.load(providers, noted);
  if (provider.stage !== 'unknown') {
    on.metrics.count('partner_cloud_refusals_not_recorded_total', { kind: 'same-refusal' });
    return { providerId: noted, ...onRecord(known), provider };
  }
  await noteRefusal(on, refused, by, noted);
  return record();
}

/** Answers with the provider that is noted now; throws a `rate-limited` refusal where too many are. */
async function noteRefusal(
  { streams, settings, clock, metrics }: On,
  { organization, ...refused }: Refused,
  { caller }: AuthorizedSender,
  insteadOf?: string,
): Promise<string> {
  const at = clock.now();
  const asked = ['NoteRefusal', refused.providerId, insteadOf ?? ''];
  const cause = {
    commandId: idOf(...asked),
    commandDigest: digestOf(asked),
    correlationId: refused.providerId,
    ...doerOf(caller),
  };
  const command = { type: 'NoteRefusal', ...refused, ...(insteadOf !== undefined && { insteadOf }), at } as const;
  const perHour = settings.limits.recordedRefusalsPerOrganizationPerHour;
  try {
    const day = `${organization}-${dayOf(at)}`;
    const { state } = await streams.change(refusals, day, cause, (before) => decideRefusals(command, before, perHour));
    return notedBefore(state, refused) ?? refused.providerId;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'rate-limited')
      metrics.count('partner_cloud_refusals_not_recorded_total', { kind: 'too-many-refusals' });
    throw error;
  }
}
