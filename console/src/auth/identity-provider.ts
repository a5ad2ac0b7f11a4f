/** The identity provider at which people sign in and out: where it is asked what, and where it sends them back to. */
import * as oauth from 'oauth4webapi';
import type { Settings } from '../settings.js';

const isLoopback = ({ hostname }: URL): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);

/** For requests to it: plain HTTP is allowed on this machine alone, where the demo runs. */
export const optionsFor = (issuer: URL) => ({ [oauth.allowInsecureRequests]: isLoopback(issuer) });

/** What it says of itself. Rejects where it cannot be reached. */
export async function discover({ issuer }: Settings): Promise<oauth.AuthorizationServer> {
  const url = new URL(issuer);
  return oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, optionsFor(url)));
}

/** The console's page for who has signed out. */
export const signedOut = (): string => `${location.origin}/signed-out`;

/** Where it ends its own session of the person; the console's page where it has no such address. Source: OpenID Connect RP-Initiated Logout 1.0. */
export function addressToEnd(server: oauth.AuthorizationServer, client: oauth.Client, idToken: string): string {
  const url = URL.parse(server.end_session_endpoint ?? '');
  if (!url) return signedOut();
  url.search = new URLSearchParams({
    id_token_hint: idToken,
    client_id: client.client_id,
    post_logout_redirect_uri: signedOut(),
  }).toString();
  return url.href;
}
