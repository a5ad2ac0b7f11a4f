/**
 * A new account at a simulator in this process, on a clock of the test, with the baseline's ensures on the real
 * SDK clients.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateAccountCommand, DescribeCreateAccountStatusCommand } from '@aws-sdk/client-organizations';
import type { AccountWork, StepResult } from '../../../../src/application/ports/ensures.js';
import { desiredState } from '../../../../src/domain/baseline/desired-state.js';
import type { DesiredObject } from '../../../../src/domain/baseline/objects.js';
import type { BaselineStepApplied } from '../../../../src/domain/provider/baseline-events.js';
import { type BaselineStep, baselineSteps } from '../../../../src/domain/provider/steps.js';
import { baselineEnsures } from '../../../../src/infrastructure/aws/baseline/ensures.js';
import {
  type AccountClients,
  type AwsAccess,
  type AwsSettings,
  openAwsAccess,
} from '../../../../src/infrastructure/aws/calls/clients.js';
import type { RecordedCall } from '../../../../src/simulator/engine/calls.js';
import type { Latencies, Simulator } from '../../../../src/simulator/engine/core.js';
import type { FaultRequest } from '../../../../src/simulator/engine/faults.js';
import { instantLatencies } from '../../../../src/simulator/engine/latencies.js';
import { inProcess } from '../../../../src/simulator/engine/request-handler.js';
import { openSimulator } from '../../../../src/simulator/simulator.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { guardedWorld } from '../../../support/guarded-world.js';

export interface BaselineAccount {
  readonly accountId: string;
  readonly work: AccountWork;
  readonly access: AwsAccess;
  readonly settings: AwsSettings;
  readonly clock: FakeClock;
  /** How many calls have come and been answered. */
  calls(): number;
  /** What our own role, and so a drift in these tests, acts with. */
  readonly clients: AccountClients;
  /** One attempt at a step. */
  attempt(step: BaselineStep, tries?: number): Promise<StepResult>;
  /** Attempts until the step is true, letting the clock go by as each answer asks. */
  apply(step: BaselineStep): Promise<BaselineStepApplied>;
  applyAll(): Promise<readonly BaselineStepApplied[]>;
  /** What the step makes of this account. */
  objects(step: BaselineStep): readonly DesiredObject[];
  /** Names of the operations that changed something since the last time this was asked. */
  writes(): readonly string[];
  /** Codes that calls were refused with since the last time this was asked. */
  refusals(): readonly string[];
  inject(fault: FaultRequest): void;
  /** Puts the account under a policy of its organization that blocks public access to S3. */
  blockByOrganization(): void;
  passTime(ms: number): void;
  close(): void;
}

const usual: AwsSettings = {
  endpoint: 'http://simulator.test',
  region: 'us-east-1',
  automationRoleArn: 'arn:aws:iam::210987654321:role/PartnerCloudAutomation',
  payers: [
    {
      id: 'pay1',
      accountId: '111122223333',
      roleArn: 'arn:aws:iam::111122223333:role/PartnerCloudVending',
      customersUnit: 'ou-pay1-customers1',
      homeRegion: 'us-east-1',
    },
  ],
  prefix: 'CTL',
  resellerName: 'CenturyLink',
  baseline: {
    homeRegion: 'us-east-1',
    regions: ['us-east-1', 'eu-west-1', 'eu-south-1'],
    securedRegions: ['us-east-1', 'eu-west-1'],
    contacts: [
      { type: 'SECURITY', name: 'Desk', title: 'Security', email: 'security@reseller.example', phone: '+1 555 0100' },
      { type: 'OPERATIONS', name: 'Desk', title: 'Operations', email: 'ops@reseller.example', phone: '+1 555 0101' },
    ],
  },
  guardrails: 'required',
  liveProof: 'required',
  credentialLifetimeMs: 86_400_000,
  credentials: { accessKeyId: 'ASIASIMULATOR00000001', secretAccessKey: 'simulator-secret' },
};

/** Opens a world of its own with one new account; everything in it is instant but what `latencies` says. */
export async function openBaselineAccount(
  latencies: Partial<Latencies> = {},
  baseline = usual.baseline,
): Promise<BaselineAccount> {
  const settings = { ...usual, baseline };
  const folder = mkdtempSync(path.join(tmpdir(), 'partner-cloud-baseline-'));
  const file = path.join(folder, 'simulator.sqlite');
  const simulator = openSimulator({ world: guardedWorld, file, latencies: { ...instantLatencies, ...latencies } });
  const clock = new FakeClock(Date.now());
  const handler = inProcess(simulator, clock.now, async () => undefined);
  let calls = 0;
  const handle: typeof handler.handle = async (request) => {
    calls += 1;
    return handler.handle(request).finally(() => {
      calls += 1;
    });
  };
  const requestHandler = { ...handler, handle } as unknown as NonNullable<AwsSettings['requestHandler']>;
  const access = openAwsAccess({ ...settings, requestHandler, now: clock.now });
  const accountId = await newAccount(access.payer('pay1').creations);
  const roleArn = `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`;
  const payerRoleArn = settings.payers[0]?.roleArn ?? '';
  const work = { providerId: 'provider-1', accountId, payerId: 'pay1', wayIn: { roleArn, throughPayer: 'pay1' } };
  const ensures = baselineEnsures({ access, settings, random: () => 1 });
  const attempt: BaselineAccount['attempt'] = (step, tries = 0) =>
    ensures[step](work, { now: clock.now(), tries, signal: new AbortController().signal });
  const apply = async (step: BaselineStep): Promise<BaselineStepApplied> => {
    for (let tries = 0; tries < 100; tries++) {
      const result = await attempt(step, tries);
      if (result.kind === 'fact') return result.event as BaselineStepApplied;
      clock.pass(('retryAfterMs' in result && result.retryAfterMs) || 0);
    }
    throw new Error(`${step}: not true after 100 attempts`);
  };
  let [seen, refused] = [0, 0];
  return {
    accountId,
    clients: access.account(work, 'automation'),
    attempt,
    apply,
    applyAll: async () => {
      const facts: BaselineStepApplied[] = [];
      for (const step of baselineSteps) facts.push(await apply(step));
      return facts;
    },
    objects: (step) => desiredState(step, { ...settings, ...settings.baseline, accountId, payerRoleArn }),
    writes: () => {
      const calls = callsOf(simulator, clock.now()).filter(({ number }) => number > seen);
      seen = calls.at(-1)?.number ?? seen;
      return calls.map(({ operation }) => operation).filter((name) => !/^(Get|List|Describe|Head|Assume)/.test(name));
    },
    refusals: () => {
      const calls = callsOf(simulator, clock.now()).filter(({ number }) => number > refused);
      refused = calls.at(-1)?.number ?? refused;
      return calls.flatMap(({ error }) => error ?? []);
    },
    inject: (fault) => void control(simulator, clock.now(), 'POST', 'faults', fault),
    blockByOrganization: () =>
      void control(simulator, clock.now(), 'PUT', 'organization-blocks', { account: accountId, blocked: true }),
    passTime: (ms) => clock.pass(ms),
    ...{ clock, access, work, settings, calls: () => calls },
    close: () => {
      access.close();
      simulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function newAccount(creations: ReturnType<ReturnType<typeof openAwsAccess>['payer']>['creations']) {
  const request = new CreateAccountCommand({ Email: 'aws+baseline@example.com', AccountName: 'ctl-baseline' });
  const CreateAccountRequestId = (await creations.send(request)).CreateAccountStatus?.Id;
  const status = await creations.send(new DescribeCreateAccountStatusCommand({ CreateAccountRequestId }));
  const accountId = status.CreateAccountStatus?.AccountId;
  if (!accountId) throw new Error(`the account was not created: ${JSON.stringify(status.CreateAccountStatus)}`);
  return accountId;
}

const callsOf = (simulator: Simulator, now: number): readonly RecordedCall[] =>
  control(simulator, now, 'GET', 'calls') as readonly RecordedCall[];

function control(simulator: Simulator, now: number, method: string, route: string, body?: unknown): unknown {
  const request = { method, path: `/_simulator/${route}`, query: {}, headers: {} };
  const { response } = simulator.handle({ ...request, body: Buffer.from(body ? JSON.stringify(body) : '') }, now);
  if (response.status !== 200) throw new Error(`${method} ${route}: ${response.status} ${response.body}`);
  return JSON.parse(response.body);
}
