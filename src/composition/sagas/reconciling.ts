/** The comparison of AWS's lists with the log, over what the service has open. */
import type { Dependencies } from '../../application/dependencies.js';
import type { Log } from '../../application/ports/log.js';
import { noteAccountState } from '../../application/provisioning/living-accounts.js';
import { type Reconciliation, startReconciliation } from '../../application/reconciliation/reconciliation.js';
import { openAccountLister } from '../../infrastructure/aws/creation/list-accounts.js';
import type { openEnsures } from '../../infrastructure/aws/ensures.js';
import type { Files } from '../storage/storage.js';

type Aws = Pick<Parameters<typeof openEnsures>[0], 'access' | 'settings'>;

/** The daily comparison of AWS's lists with the log. */
export function reconcilingOf(
  { access, settings }: Aws,
  on: Dependencies,
  { reports, acting }: Files,
  log: Log,
): Reconciliation {
  const list = openAccountLister({ access, settings, clock: on.clock });
  const noteState = (providerId: string, state: string) => noteAccountState(on, providerId, state);
  return startReconciliation({ ...on, list, reports, log, noteState, mayAct: acting.mayAct });
}
