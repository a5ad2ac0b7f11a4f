/** The first user of an account signs in at AWS and chooses a password, which the service notices. */
import { type Site, statusOf } from './site.js';

/** Resolves with the provider's id once the credentials are claimed. */
export async function claim(site: Site, id: string): Promise<string> {
  const { account } = await statusOf(site, id);
  const path = `/v1/providers/${id}/credentials/reveal`;
  const shown = await site.call<{ userName: string; temporaryPassword: string }>('administrator', 'POST', path);
  const { userName, temporaryPassword: password } = shown;
  const newPassword = 'A-password-of-my-own-2026!';
  await site.control('POST', 'sign-in', { account: account?.id, userName, password, newPassword });
  await statusOf(site, id, ({ credentials }) => credentials?.state === 'claimed');
  return id;
}
