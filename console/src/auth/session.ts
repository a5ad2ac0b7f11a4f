/** Who is signed in, in memory alone: a reload signs in again, and nothing is left in the browser for others to find. */
import * as oauth from 'oauth4webapi';
import type { Settings } from '../settings.js';
import { addressToEnd, discover, optionsFor, signedOut } from './identity-provider.js';
import { forgetAllKept } from './kept.js';

/** What waits in the tab's own storage while the browser is at the identity provider; it opens nothing by itself. */
interface Pending {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  readonly back: string;
}

interface Session {
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  /** How the identity provider calls the person, where it says so. */
  readonly name: string | undefined;
  readonly idToken: string;
  accessToken: string;
  refreshToken: string | undefined;
  /** When the access token ends, in milliseconds since the epoch. */
  expiresAt: number;
}

const pendingKey = 'partner-cloud.sign-in';
/** A token is renewed so long before its end. */
const renewBeforeMs = 60_000;
let session: Session | undefined;
let renewing: Promise<void> | undefined;

const redirectUri = (): string => `${location.origin}/signed-in`;

/** Leaves for the identity provider; whoever calls it never hears from it again. Rejects where the provider cannot be reached. */
export async function leaveToSignIn(settings: Settings): Promise<never> {
  const server = await discover(settings);
  const pending: Pending = {
    verifier: oauth.generateRandomCodeVerifier(),
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    back: location.pathname.startsWith('/signed-') ? '/' : location.pathname + location.search,
  };
  sessionStorage.setItem(pendingKey, JSON.stringify(pending));
  const url = new URL(server.authorization_endpoint ?? '');
  url.search = new URLSearchParams({
    client_id: settings.clientId,
    redirect_uri: redirectUri(),
    response_type: 'code',
    scope: 'openid',
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
  }).toString();
  location.assign(url);
  return new Promise<never>(() => undefined);
}

/** Where somebody who is just back from the identity provider wants to go; `undefined` for who has yet to leave for it. */
export function goalOfSignIn(): string | undefined {
  const kept = location.pathname === '/signed-in' ? sessionStorage.getItem(pendingKey) : null;
  return kept === null ? undefined : new URL((JSON.parse(kept) as Pending).back, location.origin).pathname;
}

/** Resolves once somebody is signed in, or leaves for the identity provider. Rejects with what the provider says. */
export async function signIn(settings: Settings): Promise<void> {
  const kept = sessionStorage.getItem(pendingKey);
  if (location.pathname !== '/signed-in' || kept === null) return leaveToSignIn(settings);
  sessionStorage.removeItem(pendingKey);
  const pending: Pending = JSON.parse(kept);
  const server = await discover(settings);
  const client: oauth.Client = { client_id: settings.clientId };
  const callback = oauth.validateAuthResponse(server, client, new URL(location.href), pending.state);
  const asked = [server, client, oauth.None(), callback, redirectUri(), pending.verifier] as const;
  const answer = await oauth.authorizationCodeGrantRequest(...asked, optionsFor(new URL(settings.issuer)));
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer, {
    expectedNonce: pending.nonce,
    requireIdToken: true,
  });
  const name = oauth.getValidatedIdTokenClaims(tokens)?.name;
  session = {
    server,
    client,
    name: typeof name === 'string' ? name : undefined,
    idToken: tokens.id_token ?? '',
    ...renewable(tokens),
  };
  history.replaceState(null, '', pending.back);
}

const renewable = ({ access_token, refresh_token, expires_in }: oauth.TokenEndpointResponse) => ({
  accessToken: access_token,
  refreshToken: refresh_token,
  expiresAt: Date.now() + (expires_in ?? 0) * 1_000,
});

export const nameOfPerson = (): string | undefined => session?.name;

/** The access token, renewed where it ends soon; `undefined` once the session is over. */
export async function accessToken(): Promise<string | undefined> {
  if (!session) return undefined;
  if (session.expiresAt - Date.now() > renewBeforeMs) return session.accessToken;
  renewing ??= renew(session).finally(() => {
    renewing = undefined;
  });
  await renewing;
  return session.expiresAt > Date.now() ? session.accessToken : undefined;
}

/** When the session ends for good unless somebody signs in again; `undefined` where it is renewed by itself. */
export const endsAt = (): number | undefined => (session?.refreshToken ? undefined : session?.expiresAt);

/** A refresh token works once. One that is refused ends the session at the access token's own end. */
async function renew(of: Session): Promise<void> {
  if (!of.refreshToken) return;
  const options = optionsFor(new URL(of.server.issuer));
  try {
    const answer = await oauth.refreshTokenGrantRequest(of.server, of.client, oauth.None(), of.refreshToken, options);
    const next = renewable(await oauth.processRefreshTokenResponse(of.server, of.client, answer));
    Object.assign(of, next, { refreshToken: next.refreshToken ?? of.refreshToken });
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError) of.refreshToken = undefined;
  }
}

/** Ends the session here and at the identity provider; what was typed and not sent is forgotten. */
export function signOut(): void {
  const ended = session;
  forgetAllKept();
  session = undefined;
  location.assign(ended ? addressToEnd(ended.server, ended.client, ended.idToken) : signedOut());
}
