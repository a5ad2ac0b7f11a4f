/** The one place that makes AWS SDK clients: who we are, into which account, with which time limits. */
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { STSClient } from '@aws-sdk/client-sts';
import { LRUCache } from 'lru-cache';
import type { AccountWork } from '../../../application/ports/ensures.js';
import { automationRoleName } from '../../../domain/baseline/names.js';
import type { WayIn } from '../../../domain/provider/way-in.js';
import { type AccountClients, type ClientOptions, globalRegion, openAccount } from './account-clients.js';
import { CallPace } from './call-pace.js';
import { ownCredentials } from './own-credentials.js';
import { type CredentialsProvider, type Role, roleSession } from './role-sessions.js';
import type { AwsSettings, PayerSettings } from './settings.js';
import { watched } from './watched-calls.js';

export type { AccountClients } from './account-clients.js';
export type { AwsSettings } from './settings.js';

interface PayerClients {
  readonly organizations: OrganizationsClient;
  /** Never sends a request twice by itself: for CreateAccount, which takes no idempotency token. */
  readonly creations: OrganizationsClient;
}

/** `way-in`: the role AWS or the account's owner made for us; `automation`: our own role, once it is there. */
export type Via = 'way-in' | 'automation';
type AccountAccess = Pick<AccountWork, 'accountId' | 'wayIn'>;

export interface AwsAccess {
  /** Throws when the configuration holds no such payer. */
  payer(payerId: string): PayerClients;
  account(work: AccountAccess, via: Via): AccountClients;
  /** STS as this service itself. */
  sts(): STSClient;
  /** Drops the session kept for an account, as when AWS no longer knows its keys. */
  forget(work: AccountAccess, via: Via): void;
  close(): void;
}

const connectionTimeoutMs = 3_000;
const requestTimeoutMs = 10_000;
const socketsPerHost = 50;
const accountsRemembered = 200;

/** What the owner of an account reads in CloudTrail as the session's name when this service acts on its own. */
const sessionName = 'partner-cloud';

/** Opens all access to AWS; no call is made yet. */
export function openAwsAccess(settings: AwsSettings): AwsAccess {
  const own = watched(new STSClient({ ...ownOptions(settings), region: settings.region }), { around: ownCredentials });
  const options: ClientOptions = {
    ...common(settings),
    // One handler, and so one bounded pool of connections, serves every client.
    requestHandler: own.config.requestHandler,
  };
  const payers = new Map(settings.payers.map((payer) => [payer.id, openPayer(payer, own, options, settings)]));
  const accounts = new LRUCache<string, AccountClients>({ max: accountsRemembered });
  const payerOf = (payerId: string): OpenPayer => {
    const payer = payers.get(payerId);
    if (!payer)
      throw new Error(`payer: '${payerId}' is not in the configuration; payers must list every payer ever used`);
    return payer;
  };
  const whoMayEnter = (wayIn: WayIn): STSClient => ('throughPayer' in wayIn ? payerOf(wayIn.throughPayer).sts : own);
  const sessionFor = (work: AccountAccess, via: Via): CredentialsProvider =>
    via === 'automation'
      ? roleSession(own, ownRole(settings, work.accountId), settings.now)
      : roleSession(whoMayEnter(work.wayIn), roleOf(work.wayIn), settings.now);
  return {
    payer: payerOf,
    account(work, via) {
      const known = accounts.get(keyOf(work, via));
      if (known) return known;
      const clients = openAccount(sessionFor(work, via), options, settings);
      accounts.set(keyOf(work, via), clients);
      return clients;
    },
    sts: () => own,
    forget: (work, via) => accounts.delete(keyOf(work, via)),
    close: () => own.destroy(),
  };
}

interface OpenPayer extends PayerClients {
  readonly sts: STSClient;
}

const common = ({ endpoint }: AwsSettings) => ({ ...(endpoint ? { endpoint } : {}), maxAttempts: 3 });

function ownOptions(settings: AwsSettings) {
  const pool = { keepAlive: true, maxSockets: socketsPerHost };
  const limits = {
    connectionTimeout: connectionTimeoutMs,
    requestTimeout: requestTimeoutMs,
    socketTimeout: requestTimeoutMs,
    // Without this the SDK only warns.
    throwOnRequestTimeout: true,
    httpAgent: pool,
    httpsAgent: pool,
  };
  return {
    ...common(settings),
    requestHandler: settings.requestHandler ?? limits,
    ...(settings.credentials ? { credentials: settings.credentials } : {}),
  };
}

/** No source identity here: neither AWS's role nor, as a rule, that of an owner allows one. */
const roleOf = (wayIn: WayIn): Role => ({
  roleArn: wayIn.roleArn,
  sessionName,
  ...('externalId' in wayIn ? { externalId: wayIn.externalId } : {}),
});

/** Our own role trusts a source identity; the default role of a new account does not. Source: design §4. */
const ownRole = (settings: AwsSettings, accountId: string): Role => ({
  roleArn: `arn:aws:iam::${accountId}:role/${automationRoleName(settings.prefix)}`,
  sessionName,
  sourceIdentity: sessionName,
});

function openPayer(payer: PayerSettings, own: STSClient, options: ClientOptions, settings: AwsSettings): OpenPayer {
  // No source identity here: it would persist into the way in, whose trust does not allow it.
  const credentials = roleSession(own, { roleArn: payer.roleArn, sessionName }, settings.now);
  const organizations = { ...options, credentials, region: globalRegion };
  const watch = { payerId: payer.id, around: new CallPace(settings.now) };
  return {
    organizations: watched(new OrganizationsClient(organizations), watch),
    creations: watched(new OrganizationsClient({ ...organizations, maxAttempts: 1 }), watch),
    sts: watched(new STSClient({ ...options, credentials, region: settings.region }), watch),
  };
}

const keyOf = (work: AccountAccess, via: Via): string =>
  via === 'automation' ? `${via} ${work.accountId}` : `${via} ${work.accountId} ${JSON.stringify(work.wayIn)}`;
