/** The one place that makes AWS SDK clients: who we are, into which account, with which time limits. */
import type { STSClient } from '@aws-sdk/client-sts';
import { LRUCache } from 'lru-cache';
import type { AccountWork } from '../../../application/ports/ensures.js';
import type { HealthSource } from '../../../application/ports/health.js';
import { automationRoleName } from '../../../domain/baseline/names.js';
import type { WayIn } from '../../../domain/provider/way-in.js';
import { type AccountClients, openAccount } from './account-clients.js';
import { accountLife } from './account-life.js';
import { type OwnClients, openOwn, ownAccount } from './own-clients.js';
import { type OpenPayer, openPayer, type PayerClients, type PayerParts } from './payer-clients.js';
import { type Role, type RoleSession, roleSession } from './role-sessions.js';
import { SetUpHealth } from './set-up-faults.js';
import type { AwsSettings } from './settings.js';

export type { AccountClients } from './account-clients.js';
export type { AwsSettings } from './settings.js';

/** `way-in`: the role AWS or the account's owner made for us; `automation`: our own role, once it is there. */
export type Via = 'way-in' | 'automation';
type AccountAccess = Pick<AccountWork, 'accountId' | 'payerId' | 'wayIn'>;

export interface AwsAccess {
  /** Throws when the configuration holds no such payer. */
  payer(payerId: string): PayerClients;
  account(work: AccountAccess, via: Via): AccountClients;
  /** As this service itself. */
  readonly own: Pick<OwnClients, 'sts' | 's3' | 'secrets' | 'sns' | 'other'>;
  /** Drops the session kept for an account, as when its role was made anew. */
  forget(work: AccountAccess, via: Via): void;
  /** What stands between this service and AWS, as its own calls and those to payers have met it last. */
  readonly health: HealthSource;
  close(): void;
}

const accountsRemembered = 200;

/** What the owner of an account reads in CloudTrail as the session's name when this service acts on its own. */
const sessionName = 'partner-cloud';

/** Opens all access to AWS; no call is made yet. */
export function openAwsAccess(settings: AwsSettings): AwsAccess {
  const health = new SetUpHealth();
  const ourAccounts = new Set([ownAccount(settings), ...settings.payers.map(({ accountId }) => accountId)]);
  const own = openOwn(settings, health, ourAccounts);
  const { sts, options } = own;
  const payerOf = openPayers({ own: sts, options, settings, health, ourAccounts });
  const accounts = new LRUCache<string, AccountClients>({ max: accountsRemembered });
  const whoMayEnter = (wayIn: WayIn): STSClient => ('throughPayer' in wayIn ? payerOf(wayIn.throughPayer).sts : sts);
  const sessionFor = (work: AccountAccess, via: Via): RoleSession =>
    via === 'automation'
      ? roleSession(sts, ownRole(settings, work.accountId), settings.now)
      : roleSession(whoMayEnter(work.wayIn), roleOf(work.wayIn), settings.now);
  return {
    payer: payerOf,
    account(work, via) {
      const known = accounts.get(keyOf(work, via));
      if (known) return known;
      const { accountId, payerId } = work;
      const organizations = () => payerOf(payerId).organizations;
      const life = accountLife({ accountId, organizations, now: settings.now ?? Date.now });
      const clients = openAccount(sessionFor(work, via), life, options, settings);
      accounts.set(keyOf(work, via), clients);
      return clients;
    },
    own,
    forget: (work, via) => accounts.delete(keyOf(work, via)),
    health,
    close: () => sts.destroy(),
  };
}

function openPayers(parts: PayerParts): (payerId: string) => OpenPayer {
  const payers = new Map(
    parts.settings.payers.map((payer) => {
      const role = { roleArn: payer.roleArn, sessionName };
      return [payer.id, openPayer(payer, role, parts)];
    }),
  );
  return (payerId) => {
    const payer = payers.get(payerId);
    if (!payer)
      throw new Error(`payer: '${payerId}' is not in the configuration; payers must list every payer ever used`);
    return payer;
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

const keyOf = (work: AccountAccess, via: Via): string =>
  via === 'automation' ? `${via} ${work.accountId}` : `${via} ${work.accountId} ${JSON.stringify(work.wayIn)}`;
