/** What is said while the read models that a read needs do not hold all that is recorded: they stand still, or are being filled from the log. */
import { operatorInformed } from '../error-text.js';
import type { ProjectionHealth, ReadModelName } from '../ports/read-model-health.js';
import { type ReadModels, ReadModelsUnavailable } from '../ports/read-models.js';

type Read = Pick<ReadModels, 'served'>;

/** What cannot be had now and why, with a stable code. */
export interface Standstill {
  readonly reason: 'history-unread';
  readonly words: string;
}

const noSlots = `No slot is given out at the moment, because a part of what is recorded cannot be read. ${operatorInformed}`;
const notWhole = `A part of what is recorded cannot be read at the moment, so this may lack what is new. ${operatorInformed}`;

/** What an operator could do, by what the readers met: an event that only a decision gets past, or something that may pass. */
const advice = ({ at, stopped }: ProjectionHealth): string =>
  at
    ? `The read models stand still at ${stopped}. Start a version that can read it, or set its stream aside (POST /v1/quarantine).`
    : `The read models stand still: ${stopped}.`;

/** What a provider's status, the lists and searches are read from. */
export const statusModels = ['provider-status'] as const satisfies readonly ReadModelName[];
/** What the queue and the slots in use are read from. */
export const queueModels = ['provider-status', 'payer-load'] as const satisfies readonly ReadModelName[];

/** How the versions stand that these read models are served from. */
export const servedOf = ({ served }: Read, of: readonly ReadModelName[]): readonly ProjectionHealth[] => of.map(served);

function standstill(readModels: Read, of: readonly ReadModelName[], seesAll: boolean, words: string) {
  const still = servedOf(readModels, of).find(({ stopped }) => stopped !== undefined);
  return still && ({ reason: 'history-unread', words: seesAll ? `${words} ${advice(still)}` : words } as const);
}

/**
 * What those who wait for a payer are told while the read models of the queue stand still, since the slots in use are not
 * known then. `undefined` while they move; the reseller's people also read what is in the way.
 */
export const standstillOf = (readModels: Read, seesAll: boolean): Standstill | undefined =>
  standstill(readModels, queueModels, seesAll, noSlots);

/** What a list says of itself while a read model of it stands still; throws {@link ReadModelsUnavailable} while one is filled. */
export function wholenessOf(
  readModels: Read,
  seesAll: boolean,
  of: readonly ReadModelName[] = statusModels,
): { readonly standstill?: Standstill } {
  requireFilled(readModels, of);
  const still = standstill(readModels, of, seesAll, notWhole);
  return still ? { standstill: still } : {};
}

const isFilling = ({ filling, stopped }: ProjectionHealth): boolean => filling && stopped === undefined;

/** Throws {@link ReadModelsUnavailable} while rows are being filled: what they hold is of the past, or not there yet. */
export function requireFilled(readModels: Read, of: readonly ReadModelName[]): void {
  const unfilled = servedOf(readModels, of).find(isFilling);
  if (unfilled) throw new ReadModelsUnavailable(`The read model ${unfilled.name} is being filled.`);
}

/** Throws {@link ReadModelsUnavailable} where what is not found may be in what is not read yet. */
export function requireWhole(readModels: Read, of: readonly ReadModelName[]): void {
  requireFilled(readModels, of);
  const still = servedOf(readModels, of).find(({ stopped }) => stopped !== undefined);
  if (still) throw new ReadModelsUnavailable(`The read model ${still.name} stands still.`);
}
