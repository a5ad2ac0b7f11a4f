/** The federation endpoint: a session's credentials become a one-time token, and the token a console sign-in. */
import { AwsError, type Documents, type WireRequest, type WireResponse } from '../engine/core.js';
import { formOf } from '../engine/form.js';
import type { FederationContext } from '../engine/parts.js';
import { escapeXml } from '../protocol/xml.js';
import { type SessionPrincipal, sessionPrincipalOf, tokenHash } from '../sts/sessions.js';
import { page } from './page.js';

/** Kind `signin-token`, account `*`, key: SHA-256 of the token, which is kept in no other form. */
interface SigninTokenDocument {
  readonly arn: string;
  readonly account: string;
  readonly expiresAt: number;
}

const tokenKind = 'signin-token';
const tokenLifetimeMs = 15 * 60_000;

/**
 * GET or POST `/federation`: `Action=getSigninToken` answers JSON `{"SigninToken": …}`; `Action=login` with that token,
 * once and within 15 minutes, answers a page that says who is signed in. Everything else is 400.
 * Source: IAM User Guide, Enable custom identity broker access to the console; aws-vault #77 and #106.
 */
export function federation(request: WireRequest, context: FederationContext): WireResponse {
  const parameters = new Map(Object.entries({ ...request.query, ...formOf(request) }));
  try {
    const action = parameters.get('Action');
    if (action === 'getSigninToken') return signinToken(parameters, context);
    if (action === 'login') return login(parameters, context);
    throw refused('Action must be getSigninToken or login.');
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return page(error.status, 'Bad request', paragraph(error.message));
  }
}

type Parameters = ReadonlyMap<string, string>;

function signinToken(parameters: Parameters, { documents, now, uniqueId }: FederationContext): WireResponse {
  const principal = sessionOf(parameters.get('Session'), documents, now);
  checkDuration(parameters.get('SessionDuration'), principal);
  const token = uniqueId(160);
  const { arn, account } = principal;
  const document: SigninTokenDocument = { arn, account, expiresAt: now + tokenLifetimeMs };
  documents.put(tokenKind, '*', tokenHash(token), document);
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  return { status: 200, headers, body: JSON.stringify({ SigninToken: token }) };
}

/** Only temporary credentials with their token; long-term keys are refused. */
function sessionOf(session: string | undefined, documents: Documents, now: number): SessionPrincipal {
  const { sessionId, sessionKey, sessionToken } = credentials(session);
  if (!sessionId || !sessionKey || !sessionToken) {
    throw refused('Session must be JSON with sessionId, sessionKey and sessionToken of temporary credentials.');
  }
  try {
    const principal = sessionPrincipalOf(documents, sessionId, sessionToken, now);
    if (principal.type !== 'user') return principal;
  } catch (error) {
    if (error instanceof AwsError) throw refused('The credentials in Session are not valid or no longer valid.');
    throw error;
  }
  throw refused('Only the credentials of an assumed role or a federated user open the console.');
}

function credentials(session: string | undefined): Readonly<Record<string, unknown>> & Partial<Record<Part, string>> {
  try {
    const parsed: unknown = JSON.parse(session ?? '');
    if (typeof parsed !== 'object' || parsed === null) return {};
    return Object.fromEntries(Object.entries(parsed).filter(([, value]) => typeof value === 'string'));
  } catch {
    return {};
  }
}

type Part = 'sessionId' | 'sessionKey' | 'sessionToken';

/** With credentials from role chaining the endpoint refuses any SessionDuration. */
function checkDuration(duration: string | undefined, { chainedSession }: SessionPrincipal): void {
  if (duration === undefined) return;
  if (chainedSession) throw refused('Invalid credentials parameter');
  const seconds = Number(duration);
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > 43_200) {
    throw refused('SessionDuration must be a whole number of seconds from 900 to 43200.');
  }
}

function login(parameters: Parameters, { documents, now }: FederationContext): WireResponse {
  if (!isConsole(parameters.get('Destination'))) throw refused('Destination must be the address of a console page.');
  const key = tokenHash(parameters.get('SigninToken') ?? '');
  const token = documents.get<SigninTokenDocument>(tokenKind, '*', key);
  documents.remove(tokenKind, '*', key);
  if (!token || now >= token.expiresAt)
    throw refused('SigninToken is unknown, was used already or is older than 15 minutes.');
  const words = `Signed in to account ${token.account} as ${token.arn}`;
  return page(200, 'AWS Management Console', paragraph(words));
}

const isConsole = (destination: string | undefined): boolean =>
  URL.canParse(destination ?? '') && /^https?:$/.test(new URL(destination ?? '').protocol);

const refused = (message: string): AwsError => new AwsError('BadRequest', 400, message);

const paragraph = (words: string): string => `<p>${escapeXml(words)}</p>`;
