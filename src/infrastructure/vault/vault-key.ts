/** The key that the vault is sealed with. */
import { givenKey, loadKey } from '../secret-keys.js';

const variable = 'PARTNER_CLOUD_VAULT_KEY';

/** The key in PARTNER_CLOUD_VAULT_KEY or in the file PARTNER_CLOUD_VAULT_KEY_FILE names; `undefined` without both. */
export const givenVaultKey = (env: NodeJS.ProcessEnv): Uint8Array | undefined => givenKey(env, variable);

/** The vault's key: the given one, else that of `vault.key` in the keys folder, made there (0600) at the first start. */
export const loadVaultKey = (place: { env: NodeJS.ProcessEnv; keysFolder: string }): Uint8Array =>
  loadKey({ ...place, variable, name: 'vault.key' });
