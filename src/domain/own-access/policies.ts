/** Every policy of this service itself, by the name of its file. */
import { archivePolicy, automationPolicy, noticesPolicy, ownPreflightPolicy, vaultPolicy } from './automation.js';
import { payerPolicy, payerTrust, preflightPolicy } from './payer.js';
import type { OwnAccessPayer, OwnAccessSettings, PolicyDocument } from './statements.js';

export interface OwnPolicyFile {
  /** Without its folder, such as `payer-payer-1.json`. */
  readonly file: string;
  /** Where it belongs, and when. */
  readonly why: string;
  readonly document: PolicyDocument;
}

/** Those of our own account, then three for each payer. */
export function ownPolicies(
  settings: OwnAccessSettings,
  payers: readonly OwnAccessPayer[],
): readonly [OwnPolicyFile, ...OwnPolicyFile[]] {
  const ofPayers = payers.flatMap((payer): readonly OwnPolicyFile[] => [
    { file: `${payer.id}-trust.json`, why: `trust policy of ${payer.roleArn}`, document: payerTrust(settings) },
    { file: `${payer.id}.json`, why: `permissions of ${payer.roleArn}`, document: payerPolicy(payer) },
    {
      file: `${payer.id}-preflight.json`,
      why: `permissions of ${payer.roleArn} for npm run preflight; may be taken away afterwards`,
      document: preflightPolicy(payer),
    },
  ]);
  const role = settings.automationRoleArn;
  return [
    { file: 'automation.json', why: `permissions of ${role}`, document: automationPolicy(settings, payers) },
    {
      file: 'automation-vault.json',
      why: `permissions of ${role} where vault.kind is secretsManager`,
      document: vaultPolicy(settings),
    },
    {
      file: 'automation-archive.json',
      why: `permissions of ${role} where audit.archive is set`,
      document: archivePolicy(settings),
    },
    {
      file: 'automation-notices.json',
      why: `permissions of ${role} where notices names topics`,
      document: noticesPolicy(settings),
    },
    {
      file: 'automation-preflight.json',
      why: `permissions of ${role} for npm run preflight, where audit.archive is set; may be taken away afterwards`,
      document: ownPreflightPolicy(settings),
    },
    ...ofPayers,
  ];
}
