/** Every step that touches AWS, bound to one way in, one vault and one set of settings. */
import type { Ensures } from '../../application/steps.js';
import type { Vault } from '../../application/vault.js';
import { openAccountIndex } from './account-index.js';
import { baselineEnsures } from './baseline/ensures.js';
import type { AwsAccess, AwsSettings } from './clients.js';
import { createAccount } from './create-account.js';
import { issueCredentials } from './issue-credentials.js';
import { linkPayer } from './link-payer.js';
import { awaitReadiness } from './readiness.js';
import { settleCredentials } from './settle-credentials.js';

export interface EnsuresOptions {
  readonly access: AwsAccess;
  readonly vault: Vault;
  readonly settings: AwsSettings;
}

/** Binds the steps; no call is made yet. */
export function openEnsures({ access, vault, settings }: EnsuresOptions): Ensures {
  return {
    ...baselineEnsures({ access, settings }),
    CreateAccount: createAccount({ access, index: openAccountIndex(access) }),
    LinkPayer: linkPayer({ access, settings }),
    AwaitReadiness: awaitReadiness({ access, settings }),
    IssueCredentials: issueCredentials({ access, vault, settings }),
    SettleCredentials: settleCredentials({ access, vault, settings }),
  };
}
