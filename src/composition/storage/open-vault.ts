/** The vault, where the configuration says that it is. */
import { join } from 'node:path';
import type { Vault } from '../../application/ports/vault.js';
import type { Config } from '../../config/config.js';
import type { AwsAccess } from '../../infrastructure/aws/calls/clients.js';
import type { KnownLogKept } from '../../infrastructure/vault/known-log.js';
import { openSecretsManagerVault } from '../../infrastructure/vault/secrets-manager-vault.js';
import { openSqliteVault } from '../../infrastructure/vault/sqlite-vault.js';
import { loadVaultKey } from '../../infrastructure/vault/vault-key.js';
import { opening } from '../log/unusable-file.js';

/** A vault that also remembers which log its secrets belong to, where it is kept on this machine. */
export type OpenVault = Vault & KnownLogKept & { close(): void };

interface Wanted {
  readonly config: Config;
  readonly env: NodeJS.ProcessEnv;
}

/** Opens it; nothing is asked of AWS yet. Throws when its file or key cannot be used. */
export function openVault({ config, env }: Wanted, access: Pick<AwsAccess, 'own'>): OpenVault {
  const { vault, aws } = config;
  if (vault.kind === 'sqlite') return inFile({ config, env });
  const client = access.own.secrets(vault.region || aws.region);
  const { prefix, kmsKeyId } = vault;
  return { ...openSecretsManagerVault({ client, prefix, kmsKeyId: kmsKeyId || undefined }), ...remembersNoLog };
}

/** What instances share belongs to none of them: the keys folder and the read models of each remember the log. */
const remembersNoLog = { knownLog: () => undefined, rememberLog: () => undefined, close: () => undefined };

function inFile({ config, env }: Wanted): OpenVault {
  const { data, keys } = config.folders;
  const file = join(data, 'vault.db');
  const key = loadVaultKey({ env, keysFolder: keys });
  const advice =
    'Put it back from a backup; or move it away: then passwords that are not used yet must be issued anew (reissue).';
  return opening(file, advice, () => openSqliteVault({ file, key }));
}
