/** A vault whose failures are counted, and told while the last use of it failed. */
import type { HealthSource } from '../../application/ports/health.js';
import type { Metrics } from '../../application/ports/metrics.js';
import { type Vault, VaultDamaged } from '../../application/ports/vault.js';

/** The three verbs of the vault, with how it stands. An entry that was changed from outside is a matter of one provider alone. */
export function meteredVault(vault: Vault, metrics: Metrics): { readonly verbs: Vault; readonly health: HealthSource } {
  let failedAt: string | undefined;
  async function watched<T>(operation: keyof Vault, use: Promise<T>): Promise<T> {
    try {
      const answer = await use;
      failedAt = undefined;
      return answer;
    } catch (error) {
      metrics.count('partner_cloud_vault_failures_total', { operation });
      if (!(error instanceof VaultDamaged)) failedAt ??= new Date().toISOString();
      throw error;
    }
  }
  return {
    verbs: {
      putIfAbsent: (...asked) => watched('putIfAbsent', vault.putIfAbsent(...asked)),
      get: (...asked) => watched('get', vault.get(...asked)),
      destroy: (...asked) => watched('destroy', vault.destroy(...asked)),
    },
    health: {
      name: 'vault',
      degraded: () => (failedAt === undefined ? undefined : `The vault has not been usable since ${failedAt}.`),
    },
  };
}
