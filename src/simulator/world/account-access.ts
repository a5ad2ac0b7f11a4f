/** An account that is closed, suspended or too young refuses the work of its services. */
import type { Call } from '../engine/core.js';
import { troubleOf } from '../engine/dialects.js';
import { accountOf, isUsable } from './accounts.js';
import { refuseRegion } from './regions.js';
import { refuseYoung } from './young-accounts.js';

/**
 * Throws what a service says of an account in which nothing can be done now.
 * Source: Organizations User Guide, Closing a member account: at once the account can no longer be used for any AWS
 * activity; S3 API, AccountProblem. AWS does not say which error a session meets that began before; the simulator
 * answers the denial of each service, as AssumeRole was seen to (landing-zone-accelerator-on-aws #727).
 */
export function refuseAccount(call: Call): void {
  const account = accountOf(call.documents, call.account, call.now);
  if (account === undefined || !isUsable(account, call.now)) throw troubleOf(call.service, 'unusable-account');
  refuseYoung(call, account);
  refuseRegion(call);
}
