/** The demo issuer as an OpenID provider: programs on this machine sign demo people in by authorization code with PKCE. */
import { randomBytes } from 'node:crypto';
import type { JWK } from 'jose';
import { type Configuration, interactionPolicy, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { algorithm } from './key.js';
import { openMemory } from './memory.js';
import { errorPage, signedOutPage, signOutPage } from './pages.js';
import { claimsOf, type DirectoryEntry, demoAudience, demoClient, demoIssuerUrl, demoPeople } from './people.js';

/** The service as a resource, so that access tokens for it are JWTs with its audience. Source: RFC 8707. */
const resource = 'urn:partner-cloud:api';
const scope = 'openid offline_access';

const minute = 60;
const hour = 60 * minute;
const lifetimes = { AccessToken: 15 * minute, IdToken: 15 * minute, AuthorizationCode: minute, Interaction: hour };
const untilSignedOut = { RefreshToken: 8 * hour, Session: 8 * hour, Grant: 8 * hour };

/** Paths that the console serves, and those of a program that waits on a port of its own for a moment. */
const returnPath = '/signed-in';
const signedOutPath = '/signed-out';

const isThisMachine = (origin: string): boolean => {
  const host = URL.parse(origin)?.hostname;
  return host === '127.0.0.1' || host === 'localhost' || host === '[::1]';
};

type Features = NonNullable<Configuration['features']>;

const entryOf = (subject: string): DirectoryEntry | undefined =>
  Object.values(demoPeople).find((entry) => entry.subject === subject);

/**
 * Makes the provider that runs at `address`. Its ID tokens name that address, as OpenID Connect asks for; its access tokens name
 * the demo issuer, so that a person stays the same one in the log whatever port the demo finds.
 */
export function openSignIn(address: string, key: JWK): Provider {
  return new Provider(address, {
    adapter: openMemory(),
    clients: [client()],
    jwks: { keys: [{ ...key, alg: algorithm, use: 'sig' }] as NonNullable<Configuration['jwks']>['keys'] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    claims: { openid: ['sub', 'name'] },
    conformIdTokenClaims: false,
    ttl: { ...lifetimes, ...untilSignedOut },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: async (_, asking) => asking.grantTypeAllowed('refresh_token'),
    clientBasedCORS: (_, origin) => isThisMachine(origin),
    interactions: { url: (_, { uid }) => `/people/${uid}`, policy: withoutConsent() },
    loadExistingGrant: grantAll,
    findAccount: (_, subject) => accountOf(subject),
    extraTokenClaims: async (_, token) => ('accountId' in token ? claimsOfSubject(token.accountId) : undefined),
    formats: { customizers: { jwt: inTheNameOfTheIssuer } },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout, resourceIndicators },
    renderError(ctx, { error, error_description: said }) {
      ctx.body = errorPage(said ?? error);
    },
  });
}

const inTheNameOfTheIssuer: NonNullable<NonNullable<Configuration['formats']>['customizers']>['jwt'] = (
  _,
  __,
  token,
) => {
  token.payload.iss = demoIssuerUrl;
};

const rpInitiatedLogout: Features['rpInitiatedLogout'] = {
  enabled: true,
  logoutSource(ctx, form) {
    ctx.body = signOutPage(form);
  },
  postLogoutSuccessSource(ctx) {
    ctx.body = signedOutPage;
  },
};

const resourceIndicators: Features['resourceIndicators'] = {
  enabled: true,
  defaultResource: () => resource,
  useGrantedResource: () => true,
  getResourceServerInfo: () => ({
    scope: '',
    audience: demoAudience,
    accessTokenFormat: 'jwt',
    accessTokenTTL: lifetimes.AccessToken,
    jwt: { sign: { alg: algorithm } },
  }),
};

/** A native client may come back to any port of the loopback interface. Source: RFC 8252, section 7.3. */
const client = () => ({
  client_id: demoClient,
  application_type: 'native' as const,
  token_endpoint_auth_method: 'none' as const,
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code' as const],
  id_token_signed_response_alg: algorithm as 'EdDSA',
  redirect_uris: [`http://127.0.0.1${returnPath}`, `http://localhost${returnPath}`],
  post_logout_redirect_uris: [`http://127.0.0.1${signedOutPath}`, `http://localhost${signedOutPath}`],
});

/** Whoever chooses a person has agreed; there is nothing more to ask. */
function withoutConsent() {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  return policy;
}

async function grantAll({ oidc }: KoaContextWithOIDC) {
  const { client, session, provider } = oidc;
  if (!client || !session?.accountId) return undefined;
  const known = session.grantIdFor(client.clientId);
  const grant = known === undefined ? undefined : await provider.Grant.find(known);
  if (grant) return grant;
  const fresh = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  fresh.addOIDCScope(scope);
  await fresh.save();
  return fresh;
}

function accountOf(subject: string) {
  const entry = entryOf(subject);
  return entry && { accountId: subject, claims: () => ({ sub: subject, name: entry.name }) };
}

function claimsOfSubject(subject: string | undefined) {
  const entry = subject === undefined ? undefined : entryOf(subject);
  return entry && claimsOf(entry);
}
