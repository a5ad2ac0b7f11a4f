/** The secrets that sign what webhooks send: in the vault under their generation, and shown once, to whoever made them. */
import { randomBytes } from 'node:crypto';
import { webhookSecret } from '../../domain/webhooks/webhook.js';
import type { Vault } from '../ports/vault.js';

const secretBytes = 32;
/** An answer that was lost may be asked for again with its key for so long, and shows the secret once more. */
export const shownAgainMs = 900_000;

/** Source: Standard Webhooks, "Signature scheme": `whsec_` and base64 of 24 to 64 random bytes. */
const freshSecret = (): string => `whsec_${randomBytes(secretBytes).toString('base64')}`;

/**
 * The secret of this generation, made where there is none yet: whoever comes first makes it, and all others read the same.
 * `undefined` where it was destroyed.
 */
export async function signingSecret(
  vault: Pick<Vault, 'putIfAbsent'>,
  id: string,
  generation: number,
): Promise<string | undefined> {
  const kept = await vault.putIfAbsent(webhookSecret(id), generation, freshSecret());
  return kept.state === 'kept' ? kept.value : undefined;
}

/** Destroys these secrets of a webhook, as far as there were such; to be repeated safely. */
export async function destroySecrets(
  vault: Pick<Vault, 'destroy'>,
  id: string,
  ...generations: readonly number[]
): Promise<void> {
  for (const generation of generations) if (generation >= 1) await vault.destroy(webhookSecret(id), generation);
}
