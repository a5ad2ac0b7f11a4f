/** What would follow once terms are accepted: when a slot is given, how long it takes, and what changes at AWS. */
import { awsOperations } from '../../domain/provider/aws-operations.js';
import type { Provider } from '../../domain/provider/stages.js';
import { type Step, steps, stepTable } from '../../domain/provider/steps.js';
import { allot, isFor, type Waiting } from '../../domain/queue/queue.js';
import { lineUp } from '../../domain/queue/queue-positions.js';
import type { Dependencies } from '../dependencies.js';
import { unmetBy } from '../provisioning/conditions.js';
import { brakesOf, capacityOf, reasons, waitWords } from '../provisioning/payer-capacity.js';
import { queueModels, requireFilled, type Standstill, standstillOf } from '../quarantine/standstill.js';
import { type EtaRange, etaRange } from '../queries/eta.js';

type On = Pick<Dependencies, 'streams' | 'readModels' | 'settings' | 'terms' | 'clock'>;

/** Why no slot would be given at once, in the words of a status. */
type Wait = Omit<Standstill, 'reason'> & { readonly reason: string };

export interface Prospect {
  /** Whether a payer would give it a slot at once. */
  readonly slotFree: boolean;
  /** The payer that would be chosen, where a slot is free; for the reseller's people alone. */
  readonly payerId?: string;
  /** Every payer that may be chosen; for the reseller's people alone. */
  readonly payers?: readonly string[];
  /** Missing where a slot is free. */
  readonly waitsFor?: Wait;
  readonly queue: { readonly position: number; readonly ahead: number };
  /** Missing where nothing would move by itself. */
  readonly etaRange?: EtaRange;
  readonly steps: readonly { readonly step: Step; readonly title: string; readonly calls: readonly string[] }[];
}

/** A provider whose terms would be accepted now, and who it is of. */
export interface Accepted extends Pick<Waiting, 'providerId' | 'organization' | 'territory'> {
  readonly provider: Provider;
}

/** The prospect of one more in the queue. It reads, and changes nothing. */
export async function prospectOf(on: On, { provider, ...who }: Accepted, showsPayer: boolean): Promise<Prospect> {
  const { readModels, settings, clock } = on;
  requireFilled(readModels, queueModels);
  const at = new Date(clock.now()).toISOString();
  const waiting: Waiting = { ...who, since: at, returnsTo: null };
  const brakes = await brakesOf(on);
  const unmet = await unmetBy(on, waiting);
  // From here on nothing is awaited, so that queue and room are of one moment.
  const [queue, capacity] = [readModels.queueWith(waiting), capacityOf(on, brakes)];
  const ahead = lineUp(queue, settings.payers).ahead(who.providerId) ?? 0;
  const chosen = allot(queue, capacity.open).find(({ providerId }) => providerId === who.providerId)?.payerId;
  const waits = standstillOf(readModels, showsPayer) ?? unmet ?? (chosen ? undefined : waitOf(waiting, capacity));
  const fitting = settings.payers.filter(({ id: payerId, territories }) => isFor(waiting, { payerId, territories }));
  const slots = fitting.reduce((sum, { creationsAtOnce }) => sum + creationsAtOnce, 0);
  const around = { now: clock.now(), pace: {}, paceRange: readModels.paceRange() };
  const moves = waits === undefined || waits.reason === 'slot-awaited';
  const range = moves
    ? etaRange({ provider, steps: {} }, { ...around, queue: { position: ahead + 1, ahead, slots } })
    : undefined;
  return {
    slotFree: waits === undefined,
    ...(showsPayer && payersShown(waits ? undefined : chosen, fitting)),
    ...(waits && { waitsFor: waits }),
    queue: { position: ahead + 1, ahead },
    ...(range && { etaRange: range }),
    steps: steps.map((step) => ({ step, title: stepTable[step].title, calls: awsOperations[step] })),
  };
}

const payersShown = (payerId: string | undefined, fitting: readonly { readonly id: string }[]) => ({
  ...(payerId !== undefined && { payerId }),
  payers: fitting.map(({ id }) => id),
});

function waitOf(waiting: Waiting, capacity: ReturnType<typeof capacityOf>): Wait {
  const reason = reasons(capacity)(waiting);
  return { reason, words: waitWords[reason] };
}
