/** Where temporary passwords lie: in a file, sealed with a key that never stands here, or in AWS Secrets Manager, which instances share. */
import { InvalidKey } from '../../infrastructure/secret-keys.js';
import { givenVaultKey } from '../../infrastructure/vault/vault-key.js';
import { kmsKey, regionName, secretPrefix } from '../aws-rules.js';
import { Group, Is } from '../decorators.js';
import type { ConfigProblem } from '../problems.js';
import { asText, oneOf, orEmpty } from '../rules.js';
import { plainSection } from '../section.js';

const kinds = oneOf('sqlite', 'secretsManager');

export class VaultSettings {
  @Is(kinds) readonly kind: string = 'sqlite';
  /** Of Secrets Manager, as the two below. */
  @Is(orEmpty(regionName, 'aws.region')) readonly region: string = '';
  @Is(secretPrefix) readonly prefix: string = 'partner-cloud';
  @Is(orEmpty(kmsKey, 'the key that AWS keeps for the account')) readonly kmsKeyId: string = '';
}

function vaultKeyProblems(env: NodeJS.ProcessEnv): readonly ConfigProblem[] {
  try {
    givenVaultKey(env);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidKey)) throw error;
    return [{ path: error.source, problem: error.problem, allowed: error.allowed }];
  }
}

export const vault = plainSection<VaultSettings>(
  Group(() => VaultSettings),
  {
    otherwise: () => new VaultSettings(),
    overrides: [{ variable: 'PARTNER_CLOUD_VAULT_KIND', setting: 'kind', rule: kinds, read: asText }],
    wrongVariables: vaultKeyProblems,
  },
);
