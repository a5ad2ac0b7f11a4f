/** What is said to those who wait for a payer while the read models stand still: the slots in use are not known then. */
import type { ProjectionHealth, ReadModels } from '../read-models.js';

/** Why nobody is given a slot now, with a stable code. */
export interface Standstill {
  readonly reason: 'history-unread';
  readonly words: string;
}

const words =
  'No slot is given out at the moment, because a part of what is recorded cannot be read. ' +
  'The operator has been told; you need do nothing.';

/** What an operator could do, by what the readers met: an event that only a decision gets past, or something that may pass. */
const advice = ({ at, stopped }: ProjectionHealth): string =>
  at
    ? `The read models stand still at ${stopped}. Start a version that can read it, or set its stream aside (POST /v1/quarantine).`
    : `The read models stand still: ${stopped}.`;

/** `undefined` while the read models move; the reseller's people also read what is in the way. */
export function standstillOf(readModels: Pick<ReadModels, 'health'>, seesAll: boolean): Standstill | undefined {
  const still = readModels.health().find(({ stopped }) => stopped !== undefined);
  return still && { reason: 'history-unread', words: seesAll ? `${words} ${advice(still)}` : words };
}
