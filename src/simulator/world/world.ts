/** The names of the world at the beginning: the reseller's automation account and two payers with an organization each. */

/** What the world looks like from outside, for documentation, tests and configuration. */
export const world = {
  automation: { account: '210987654321', role: 'PartnerCloudAutomation' },
  /** A role session that never ends and needs no session token. */
  key: { accessKeyId: 'ASIASIMULATOR00000001', secretAccessKey: 'simulator-secret' },
  vendingRole: 'PartnerCloudVending',
  payers: [payer('111122223333', 'pay1'), payer('444455556666', 'pay2')],
} as const;

/** A service control policy that customers' units begin with, beside the one of the world itself. */
export interface FirstPolicy {
  readonly name: string;
  readonly content: string;
}

export interface WorldPayer {
  readonly account: string;
  readonly name: string;
  readonly email: string;
  readonly organizationId: string;
  readonly rootId: string;
  readonly customersUnit: string;
  readonly leavingUnit: string;
}

function payer(account: string, name: string): WorldPayer {
  return {
    account,
    name,
    email: `${name}@reseller.example`,
    organizationId: `o-${name}simulator`,
    rootId: `r-${name}`,
    customersUnit: `ou-${name}-customers1`,
    leavingUnit: `ou-${name}-leaving001`,
  };
}
