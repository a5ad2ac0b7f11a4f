/** A simulated AWS whose clock the test owns, and the SDK's real clients of its automation and its payers. */
import {
  CreateAccountCommand,
  DescribeCreateAccountStatusCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts';
import type { Latencies, Simulator } from '../../src/simulator/engine/core.js';
import { instantLatencies } from '../../src/simulator/engine/latencies.js';
import { inProcess } from '../../src/simulator/engine/request-handler.js';
import { openSimulator } from '../../src/simulator/simulator.js';
import { world } from '../../src/simulator/world/world.js';

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export const [firstPayer, secondPayer] = world.payers;
export const vendingRole = (account: string): string => `arn:aws:iam::${account}:role/${world.vendingRole}`;

export class SimulatedAws {
  private readonly simulator: Simulator;

  constructor(
    latencies: Partial<Latencies> = {},
    public now = Date.UTC(2026, 5, 1),
  ) {
    this.simulator = openSimulator({ file: ':memory:', latencies: { ...instantLatencies, ...latencies } });
  }

  close(): void {
    this.simulator.close();
  }

  passes(ms: number): void {
    this.now += ms;
  }

  /** Settings of an SDK client that signs with these keys; without them it is the automation. */
  as(credentials: Keys = world.key, region = 'us-east-1') {
    return { region, credentials, maxAttempts: 1, requestHandler: inProcess(this.simulator, () => this.now) };
  }

  async assume(input: Partial<AssumeRoleCommandInput> & { readonly RoleArn: string }, keys?: Keys, region?: string) {
    const command = new AssumeRoleCommand({ RoleSessionName: 'partner-cloud', ...input });
    const { Credentials } = await new STSClient(this.as(keys, region)).send(command);
    const {
      AccessKeyId: accessKeyId = '',
      SecretAccessKey: secretAccessKey = '',
      SessionToken = '',
    } = Credentials ?? {};
    return { accessKeyId, secretAccessKey, sessionToken: SessionToken };
  }

  async payer(account = firstPayer.account): Promise<OrganizationsClient> {
    return new OrganizationsClient(this.as(await this.assume({ RoleArn: vendingRole(account) })));
  }

  /** Any request that carries no signature: the control API, the federation endpoint. */
  ask(method: string, path: string, { query = {}, body = '' }: { query?: Record<string, string>; body?: string } = {}) {
    const request = { method, path, query, headers: {}, body: Buffer.from(body) };
    return this.simulator.handle(request, this.now).response;
  }
}

let made = 0;

/** Asks for an account of a name and e-mail of its own; its `car-…` id. */
export async function create(
  payer: OrganizationsClient,
  wanted: { Email?: string; AccountName?: string } = {},
): Promise<string> {
  made += 1;
  const account = { Email: `aws+${made}@reseller.example`, AccountName: `ctl-${made}`, ...wanted };
  const { CreateAccountStatus } = await payer.send(new CreateAccountCommand(account));
  return CreateAccountStatus?.Id ?? '';
}

export async function statusOf(payer: OrganizationsClient, id: string) {
  const command = new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: id });
  return (await payer.send(command)).CreateAccountStatus;
}

/** A finished account's id. */
export async function created(
  aws: SimulatedAws,
  payer: OrganizationsClient,
  wanted: { Email?: string } = {},
): Promise<string> {
  const id = await create(payer, wanted);
  for (let second = 0; second < 60; second += 1) {
    const status = await statusOf(payer, id);
    if (status?.AccountId) return status.AccountId;
    aws.passes(1000);
  }
  throw new Error(`The creation ${id} did not end in an account.`);
}
