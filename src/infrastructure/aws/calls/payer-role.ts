/** By which role of a payer an account is entered, where it is entered through a payer at all. */
import type { WayIn } from '../../../domain/provider/way-in.js';
import type { PayerSettings } from './settings.js';

/** ARN of the role; `undefined` for an account whose owner made a role for us. */
export const payerRoleOf = (
  payers: readonly Pick<PayerSettings, 'id' | 'roleArn'>[],
  wayIn: WayIn,
): string | undefined =>
  'throughPayer' in wayIn ? payers.find(({ id }) => id === wayIn.throughPayer)?.roleArn : undefined;
