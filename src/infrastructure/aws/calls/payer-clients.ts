/** The SDK clients that act in one payer, with one session of its role and two paces: one for vending, one for what gives way to it. */
import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { STSClient } from '@aws-sdk/client-sts';
import { type ClientOptions, globalRegion } from './account-clients.js';
import { CallPace } from './call-pace.js';
import { type CredentialsProvider, type Role, roleSession } from './role-sessions.js';
import { type SetUpHealth, setUpFaults } from './set-up-faults.js';
import type { AwsSettings, PayerSettings } from './settings.js';
import { type Around, type Watchable, watched } from './watched-calls.js';

export interface PayerClients {
  readonly organizations: OrganizationsClient;
  /** Never sends a request twice by itself: for CreateAccount, which takes no idempotency token. */
  readonly creations: OrganizationsClient;
  /** For what nobody waits for: what it meets makes no call of the other clients rest, while theirs makes its calls rest. */
  readonly background: OrganizationsClient;
  /** IAM of the management account, which switches the root access of members on. */
  readonly iam: IAMClient;
  /** Another client with the payer's session, for what the service itself never needs. */
  other<C extends Watchable>(make: (config: OtherClient) => C): C;
}

/** What a client of the SDK is made of here. */
export interface OtherClient extends ClientOptions {
  readonly credentials: CredentialsProvider;
  readonly region: string;
}

export interface OpenPayer extends PayerClients {
  readonly sts: STSClient;
}

export interface PayerParts {
  /** STS as this service itself, which assumes the payer's role. */
  readonly own: STSClient;
  readonly options: ClientOptions;
  readonly settings: AwsSettings;
  readonly health: SetUpHealth;
  readonly ourAccounts: ReadonlySet<string>;
}

/** Opens the clients of a payer; no call is made yet. `role` needs no source identity: it would persist into the way in. */
export function openPayer(payer: PayerSettings, role: Role, parts: PayerParts): OpenPayer {
  const { own, options, settings, health, ourAccounts } = parts;
  const session = roleSession(own, role, settings.now);
  const { credentials } = session;
  const whose = `payer ${payer.id} (${payer.accountId})`;
  const pace = new CallPace(settings.now);
  const watch = (lane: Around, region: string) => ({
    payerId: payer.id,
    metrics: settings.metrics,
    around: [lane, health.around(whose, region), setUpFaults({ whose, region, ourAccounts }), session.around],
  });
  const organizations = { ...options, credentials, region: globalRegion };
  const { region } = settings;
  return {
    organizations: watched(new OrganizationsClient(organizations), watch(pace, globalRegion)),
    creations: watched(new OrganizationsClient({ ...organizations, maxAttempts: 1 }), watch(pace, globalRegion)),
    background: watched(
      new OrganizationsClient(organizations),
      watch(new CallPace(settings.now, Math.random, pace), globalRegion),
    ),
    iam: watched(new IAMClient({ ...organizations }), watch(pace, globalRegion)),
    other: (make) => watched(make(organizations), watch(pace, globalRegion)),
    sts: watched(new STSClient({ ...options, credentials, region }), { ...watch(pace, region), region }),
  };
}
