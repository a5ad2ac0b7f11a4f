/** The queue at work: the real log, read models, runner and CreateAccount on a simulated AWS, on a clock of the test's own. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { AwsStep, Ensure, Ensures } from '../../src/application/ports/ensures.js';
import type { RecordedEvent } from '../../src/application/ports/event-store.js';
import { PresentDelays } from '../../src/application/processes/present-delays.js';
import { startProvisioning } from '../../src/application/provisioning/provisioning.js';
import { organizations, payers, providers } from '../../src/application/streams/aggregates.js';
import { sagaCause } from '../../src/application/streams/causes.js';
import { openStreams } from '../../src/application/streams/streams.js';
import { accountToken } from '../../src/domain/account-token.js';
import { decideOrganization, type OrganizationFacts } from '../../src/domain/organization.js';
import type { PayerEvent } from '../../src/domain/payer.js';
import { decide } from '../../src/domain/provider/decide.js';
import type { ProviderEvent } from '../../src/domain/provider/events.js';
import { openEnsures } from '../../src/infrastructure/aws/ensures.js';
import { openSqliteEventStore } from '../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openSqliteVault } from '../../src/infrastructure/vault/sqlite-vault.js';
import { openReadModelFiles } from '../../src/projections/read-model-table.js';
import { startReadModels } from '../../src/projections/read-models.js';
import { openAwsOnClock } from './aws-on-clock.js';
import { terms as inForce, territories as served } from './conditions-met.js';
import { FakeClock } from './fake-clock.js';
import {
  accountReady,
  credentialsIssued,
  liveProofRecorded,
  payerLinked,
  providerRequested,
  stepApplied,
  termsAccepted,
} from './story.js';
import { temporaryFolder } from './temporary-folder.js';

export interface VendingOptions {
  readonly createAccountMs: number;
  readonly payers: readonly string[];
  readonly accountsAllowed?: number;
  readonly creationsAtOnce?: number;
  /** The territories that are served, and the terms in force: those of the story unless told. */
  readonly territories?: readonly [];
  readonly terms?: readonly [];
}

/** Opens everything but the runner, which {@link Vending.start} starts. */
export function openVending({ createAccountMs, payers: ids, territories, terms, ...limited }: VendingOptions) {
  const clock = new FakeClock(Date.now());
  const aws = openAwsOnClock(clock, createAccountMs);
  const folder = temporaryFolder();
  const store = openSqliteEventStore({ file: join(folder, 'events.db') });
  const vault = openSqliteVault({ file: join(folder, 'vault.db'), key: new Uint8Array(32).fill(7) });
  const db = openReadModelFiles(join(folder, 'read-models'));
  const ending = new AbortController();
  const readModels = startReadModels(store, db, ending.signal);
  const facts: RecordedEvent[] = [];
  let provisioning: ReturnType<typeof startProvisioning> | undefined;
  const streams = openStreams(store, clock, (events) => {
    facts.push(...events);
    provisioning?.appended(events);
  });
  const errors: unknown[] = [];
  const log = { info: () => undefined, warn: () => undefined, error: (about: unknown) => void errors.push(about) };
  const limits = { territories: ['US'], creationsAtOnce: 5, accountsAllowed: 10_000, ...limited };
  const settings = {
    payers: ids.map((id) => ({ id, ...limits })),
    territories: territories ? { ...served, list: territories } : served,
  };
  const ensures = creationAlone(openEnsures({ access: aws.access, vault, settings: aws.settings }));
  return {
    clock,
    /** Every fact in order. */
    facts,
    /** What the runner has complained of. */
    errors,
    readModels,
    start() {
      const parts = { store, streams, readModels, settings: settings as never, clock, log, ensures };
      provisioning = startProvisioning({
        ...{
          ...parts,
          terms: terms ? { current: () => terms } : inForce,
          presentDelays: new PresentDelays(),
          mayAct: () => true,
        },
        ...{ random: () => 0.5, atOnce: 32 },
      });
    },
    /** Providers of an organization whose terms are accepted now; their ids. */
    accepted(organization: string, count: number): Promise<string[]> {
      return Promise.all(
        Array.from({ length: count }, async () => {
          const id = randomUUID();
          await streams.change(providers, id, sagaCause(id, 'test', 'accepted'), () => asked(id, organization));
          return id;
        }),
      );
    },
    /** Facts about an organization, as the service for it reports them. */
    report: (organization: string, facts: OrganizationFacts) =>
      streams.change(organizations, organization, sagaCause(organization, 'test', 'facts'), (state) =>
        decideOrganization({ type: 'ReportFacts', facts }, state),
      ),
    brake: (payerId: string, event: PayerEvent) =>
      streams.change(payers, payerId, sagaCause(payerId, 'test', event.type), () => [event]),
    /** Resumes a provider that has halted. */
    resume: (id: string) =>
      streams.change(providers, id, sagaCause(id, 'test', 'resumed'), (state) => decide({ type: 'Resume' }, state)),
    /** Forces failures on the next creations, whoever asks for them. */
    failCreations: aws.failCreations,
    /** Strikes calls with a fault, until all is forgiven. */
    strike: aws.strike,
    forgive: aws.forgive,
    passUntil: (done: () => boolean) =>
      clock.passUntil(done, () => `${store.head()} ${store.health().waiting} ${aws.calls()}`),
    async close() {
      await provisioning?.stop();
      ending.abort();
      await readModels.ended;
      await store.close();
      db.close();
      vault.close();
      aws.close();
    },
  };
}

export type Vending = ReturnType<typeof openVending>;

function asked(id: string, organization: string): ProviderEvent[] {
  const token = accountToken(id);
  const own = { organization, rootEmail: `aws+${token}@vend.example`, accountName: `ctl-${token}` };
  return [{ ...providerRequested, ...own } as ProviderEvent, termsAccepted];
}

/** CreateAccount as it is; every later step is true at once, since none of them holds a slot. */
function creationAlone({ CreateAccount }: Ensures): Ensures {
  const done =
    (event: ProviderEvent): Ensure<unknown> =>
    async () => ({ kind: 'fact', event });
  const later: Readonly<Record<Exclude<AwsStep, 'CreateAccount'>, Ensure<unknown>>> = {
    LinkPayer: async (work) => ({ kind: 'fact', event: { ...payerLinked, ...payerOf(work) } as ProviderEvent }),
    AwaitReadiness: done(accountReady),
    AutomationAccess: done(stepApplied('AutomationAccess')),
    PasswordPolicy: done(stepApplied('PasswordPolicy')),
    AccessModel: done(stepApplied('AccessModel')),
    AuditTrail: done(stepApplied('AuditTrail')),
    ConfigRecorder: done(stepApplied('ConfigRecorder')),
    PublicAccessBlock: done(stepApplied('PublicAccessBlock')),
    RegionDefaults: done(stepApplied('RegionDefaults')),
    RegionRecorders: done(stepApplied('RegionRecorders')),
    OptInRegions: done(stepApplied('OptInRegions')),
    AccountContacts: done(stepApplied('AccountContacts')),
    DefaultRole: done(stepApplied('DefaultRole')),
    LiveProof: done(liveProofRecorded),
    IssueCredentials: done(credentialsIssued()),
    SettleCredentials: async () => ({ kind: 'later', retryAfterMs: 3_600_000 }),
  };
  return { ...later, CreateAccount };
}

const payerOf = (work: unknown) => ({ payerId: (work as { payerId: string }).payerId });
