/** A simulated AWS with this service's way into it, and the first steps of a provider's account for later ones to build on. */

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Attempt } from '../../src/application/ports/attempts.js';
import type {
  AccountWork,
  CreateAccountWork,
  Ensure,
  Ensures,
  StepResult,
} from '../../src/application/ports/ensures.js';
import type { Vault } from '../../src/application/ports/vault.js';
import { accountToken } from '../../src/domain/account-token.js';
import type { ProviderEvent } from '../../src/domain/provider/events.js';
import { wayInOf } from '../../src/domain/provider/way-in.js';
import { type AwsAccess, type AwsSettings, openAwsAccess } from '../../src/infrastructure/aws/calls/clients.js';
import { openEnsures } from '../../src/infrastructure/aws/ensures.js';
import { openSqliteVault } from '../../src/infrastructure/vault/sqlite-vault.js';
import type { Latencies } from '../../src/simulator/engine/core.js';
import { type RunningSimulator, startSimulator } from './simulator.js';
import { temporaryFolder } from './temporary-folder.js';

export const firstPayer = '111122223333';
export const secondPayer = '444455556666';

export interface Aws extends Pick<RunningSimulator, 'url' | 'control'> {
  readonly settings: AwsSettings;
  readonly access: AwsAccess;
  readonly vault: Vault;
  readonly ensures: Ensures;
  /**
   * Access and ensures of a process that has just started: nothing is remembered. It has been the only one since a time in
   * milliseconds (since ever unless told), or is not the only one (`undefined`).
   */
  restarted(
    changes?: Partial<AwsSettings>,
    alone?: { readonly since: number | undefined },
  ): { readonly access: AwsAccess; readonly ensures: Ensures };
  close(): Promise<void>;
}

/** How far tests have run ahead of the real clock, so that a payer's rest costs them no time; milliseconds. */
let skipped = 0;

/** The settings that fit the simulator's world. */
export const settingsFor = (endpoint: string): AwsSettings => ({
  endpoint,
  region: 'us-east-1',
  automationRoleArn: 'arn:aws:iam::210987654321:role/PartnerCloudAutomation',
  payers: [payer('payer-1', firstPayer, 'ou-pay1-customers1'), payer('payer-2', secondPayer, 'ou-pay2-customers1')],
  prefix: 'CTL',
  resellerName: 'CenturyLink',
  baseline: { homeRegion: 'us-east-1', regions: ['us-east-1', 'eu-west-1'], securedRegions: ['us-east-1'] },
  guardrails: 'required',
  liveProof: 'required',
  credentialLifetimeMs: 3_600_000,
  credentials: { accessKeyId: 'ASIASIMULATOR00000001', secretAccessKey: 'simulator-secret' },
  now: () => Date.now() + skipped,
});

const payer = (id: string, accountId: string, customersUnit: string) => ({
  id,
  accountId,
  roleArn: `arn:aws:iam::${accountId}:role/PartnerCloudVending`,
  customersUnit,
  homeRegion: 'us-east-1',
});

/** Starts the simulator, instant but for the given latencies, and opens the ways in. */
export async function startAws(latencies: Partial<Latencies> = {}): Promise<Aws> {
  const simulator = await startSimulator({ latencies });
  const settings = settingsFor(simulator.url);
  const vault = openSqliteVault({ file: join(temporaryFolder(), 'vault.db'), key: new Uint8Array(32).fill(7) });
  const opened: AwsAccess[] = [];
  const restarted: Aws['restarted'] = (changes = {}, { since } = { since: 0 }) => {
    const all = { ...settings, ...changes };
    const access = openAwsAccess(all);
    opened.push(access);
    return {
      access,
      ensures: openEnsures({ access, vault, settings: all, ...(since === undefined ? {} : { aloneSince: since }) }),
    };
  };
  const { url, control } = simulator;
  return {
    ...{ url, control, settings, vault, restarted },
    ...restarted(),
    close: async () => {
      for (const access of opened) access.close();
      vault.close();
      await simulator.close();
    },
  };
}

/** A first or later try, now unless told otherwise. */
export const attempt = (given: Partial<Attempt> = {}): Attempt => ({
  now: Date.now(),
  signal: new AbortController().signal,
  tries: 0,
  ...given,
});

/** What a new provider asks for. */
export function creation(payerId = 'payer-1', payersTried = [payerId]): CreateAccountWork {
  const providerId = randomUUID();
  const token = accountToken(providerId);
  const [rootEmail, accountName] = [`aws+${token}@vend.example`, `ctl-${token}`];
  return {
    providerId,
    payerId,
    payersTried,
    rootEmail,
    accountName,
    requestId: undefined,
    requestsTried: [],
    pausedFor: undefined,
  };
}

/** The same once a request is on record, as its answer said or by its id. */
export function following(work: CreateAccountWork, result: StepResult): CreateAccountWork {
  const event = eventOf(result);
  if (event.type !== 'AccountCreationRequested') throw new Error(`No request: ${JSON.stringify(event)}`);
  const { requestId } = event;
  return { ...work, requestId, requestsTried: [...work.requestsTried, requestId] };
}

/** The same once a person has resumed it: the request is answered, so that none is open. */
export const resumed = (work: CreateAccountWork): CreateAccountWork => ({ ...work, requestId: undefined });

const pollMs = 10;
const triesAtMost = 1_000;

/**
 * Tries a step again for as long as it answers that it takes longer, and answers with its fact. The step's own clock
 * runs ahead by what it asks to wait.
 */
export async function eventually<W>(ensure: Ensure<W>, work: W): Promise<ProviderEvent> {
  let last: StepResult | undefined;
  let ahead = 0;
  for (let tries = 0; tries < triesAtMost; tries++) {
    last = await ensure(work, attempt({ tries, now: Date.now() + ahead }));
    if (last.kind === 'fact' || last.kind === 'proof-wrong') return last.event;
    if (last.kind === 'payer-refused') break;
    ahead += last.retryAfterMs ?? 0;
    skipped += last.retryAfterMs ?? 0;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  throw new Error(`The step never came to a fact; its last answer was ${JSON.stringify(last)}`);
}

/** The event of a fact; throws when a step answered otherwise. */
export function eventOf(result: StepResult): ProviderEvent {
  if (result.kind === 'fact' || result.kind === 'proof-wrong') return result.event;
  throw new Error(`A fact was expected and not ${JSON.stringify(result)}`);
}

/** Makes an account from nothing and answers with what later steps need. */
export async function makeAccount({ ensures }: Pick<Aws, 'ensures'>, work = creation()): Promise<AccountWork> {
  const first = await eventually(ensures.CreateAccount, work);
  const asked = first.type === 'AccountCreationRequested' ? following(work, { kind: 'fact', event: first }) : undefined;
  const created = asked ? await eventually(ensures.CreateAccount, asked) : first;
  if (created.type !== 'AccountCreated') throw new Error(`Not an account: ${JSON.stringify(created)}`);
  const { accountId, payerId, access } = created;
  return { providerId: work.providerId, accountId, payerId, wayIn: wayInOf(access, payerId) };
}

/** Makes an account and applies the parts of the baseline that credentials rest on. */
export async function makeHardenedAccount(aws: Pick<Aws, 'ensures'>): Promise<AccountWork> {
  const work = await makeAccount(aws);
  for (const step of ['AutomationAccess', 'PasswordPolicy', 'AccessModel'] as const)
    await eventually(aws.ensures[step], work);
  return work;
}
