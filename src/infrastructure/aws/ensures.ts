/** Every step that touches AWS, bound to one way in, one vault and one set of settings. */
import type { AwsStep, Ensure, Ensures } from '../../application/ports/ensures.js';
import type { Vault } from '../../application/ports/vault.js';
import { isAfterCredentials } from '../../domain/provider/steps.js';
import { baselineEnsures } from './baseline/ensures.js';
import type { AwsAccess, AwsSettings } from './calls/clients.js';
import { withoutHalts } from './calls/delayed-halts.js';
import { persistently } from './calls/persistent-refusals.js';
import { StrayRequests } from './calls/stray-requests.js';
import { openAccountIndex } from './creation/account-index.js';
import { createAccount } from './creation/create-account.js';
import type { Witness } from './creation/log-witness.js';
import { awaitReadiness } from './creation/readiness.js';
import { issueCredentials } from './credentials/issue-credentials.js';
import { settleCredentials } from './credentials/settle-credentials.js';
import { type LinkParts, linkPayer } from './guardrails/link-payer.js';
import { liveProof } from './proof/live-proof.js';

export interface EnsuresOptions {
  readonly access: AwsAccess;
  readonly vault: Vault;
  readonly settings: AwsSettings;
  /** When this process became the only one that calls AWS, in milliseconds; absent: others may beside it. */
  readonly aloneSince?: number;
  /** Asked before the first account is asked for; absent: the log is trusted. */
  readonly witness?: Witness;
  /** The guardrails that an operator applied over a payer's customers; absent: nobody has, so that those of this version count. */
  readonly applied?: LinkParts['applied'];
}

/** Binds the steps; no call is made yet. */
export function openEnsures({ access, vault, settings, aloneSince, witness, applied }: EnsuresOptions): Ensures {
  const credentials = { access, vault, settings, strays: new StrayRequests(aloneSince) };
  return halting({
    ...baselineEnsures({ access, settings }),
    CreateAccount: createAccount({ access, index: openAccountIndex(access), witness }),
    LinkPayer: linkPayer({ access, settings, applied: applied ?? nobodyHas }),
    AwaitReadiness: awaitReadiness({ access, settings }),
    LiveProof: liveProof({ access, settings }),
    IssueCredentials: issueCredentials(credentials),
    SettleCredentials: settleCredentials(credentials),
  });
}

const nobodyHas = async () => undefined;

/** The same steps, each of which halts by name what does not pass by itself, or waits for it where nobody is to be stopped. */
const halting = (ensures: Ensures): Ensures =>
  Object.fromEntries(
    Object.entries(ensures).map(([name, ensure]) => {
      const step = name as AwsStep;
      const halting = persistently(step, ensure as Ensure<never>);
      return [step, isAfterCredentials(step) ? withoutHalts(halting) : halting];
    }),
  ) as Ensures;
