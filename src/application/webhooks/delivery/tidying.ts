/** Destroys the secrets of webhooks whose time to sign is over. */
import type { StandingWebhook } from '../../../domain/webhooks/webhook.js';
import type { Vault } from '../../ports/vault.js';
import { destroySecrets } from '../signing-secrets.js';
import { formerSigns } from '../webhook-view.js';

/** A way to destroy what no longer signs for a webhook, once for each of its secrets. */
export function openTidying(vault: Pick<Vault, 'destroy'>) {
  /** Webhooks whose former secret is destroyed, with its generation. */
  const tidied = new Set<string>();
  return async ({ id, webhook }: { readonly id: string; readonly webhook: StandingWebhook }, now: number) => {
    const { generation } = webhook;
    const known = `${id}#${generation}`;
    if (generation === 1 || formerSigns(webhook, now) || tidied.has(known)) return;
    // The second is one that a crash may have left.
    await destroySecrets(vault, id, generation - 1, generation - 2);
    tidied.add(known);
  };
}
