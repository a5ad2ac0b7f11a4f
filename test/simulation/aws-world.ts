/** The simulated AWS of a run, with what it knows of accounts, creations and calls laid open. */
import { CreateAccountCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { SignInRequest } from '../../src/simulator/console/sign-in.js';
import type { CreationFailure } from '../../src/simulator/control/creation-failures.js';
import type { RecordedCall } from '../../src/simulator/engine/calls.js';
import type { Latencies, WireRequest, WireResponse } from '../../src/simulator/engine/core.js';
import type { FaultRequest } from '../../src/simulator/engine/faults.js';
import { inProcess } from '../../src/simulator/engine/request-handler.js';
import type { SignInOutcome } from '../../src/simulator/iam/sign-in.js';
import type { CreationRequest } from '../../src/simulator/organizations/creations.js';
import { openSimulator } from '../../src/simulator/simulator.js';
import { world } from '../../src/simulator/world/world.js';
import { guardedWorld } from '../support/guarded-world.js';
import type { VirtualTime } from './virtual-time.js';

export interface SimulatedAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly organization: string | null;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
}

export interface AwsWorld {
  handle(request: WireRequest): WireResponse;
  accounts(): readonly SimulatedAccount[];
  creations(): readonly CreationRequest[];
  calls(operation: string): readonly RecordedCall[];
  /** The next request is answered so, and not acted on. */
  refuseNext(fault: Omit<FaultRequest, 'service' | 'operation' | 'times'>): void;
  failCreations(failures: readonly CreationFailure[]): void;
  signIn(who: SignInRequest): SignInOutcome;
  /** Somebody makes an account by hand, under a payer and with an e-mail; it bears no tag of ours. */
  foreignAccount(payer: string, email: string): Promise<void>;
  close(): void;
}

export function openAwsWorld(time: VirtualTime, latencies: Latencies): AwsWorld {
  const simulator = openSimulator({ world: guardedWorld, file: ':memory:', latencies });
  const handle = (request: WireRequest): WireResponse => simulator.handle(request, time.now).response;
  const control = <T>(method: string, route: string, body?: unknown, query: Record<string, string> = {}): T => {
    const bytes = body === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(body));
    const answer = handle({ method, path: `/_simulator/${route}`, query, headers: {}, body: bytes });
    if (answer.status !== 200) throw new Error(`${method} ${route}: ${answer.body}`);
    return JSON.parse(answer.body) as T;
  };
  return {
    handle,
    accounts: () => control('GET', 'accounts'),
    creations: () => control('GET', 'creations'),
    calls: (operation) => control('GET', 'calls', undefined, { operation }),
    refuseNext: (fault) => void control('POST', 'faults', { ...fault, service: '*', operation: '*', times: 1 }),
    failCreations: (failures) => void control('PUT', 'creation-failures', failures),
    signIn: (who) => control('POST', 'sign-in', who),
    async foreignAccount(payer, email) {
      const by = (credentials: object) => ({
        region: 'us-east-1',
        credentials: credentials as typeof world.key,
        requestHandler: inProcess(
          simulator,
          () => time.now,
          async () => undefined,
        ),
      });
      const RoleArn = `arn:aws:iam::${payer}:role/${world.vendingRole}`;
      const assume = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'by-hand' });
      const { Credentials: keys } = await new STSClient(by(world.key)).send(assume);
      const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = keys ?? {};
      const hand = by({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken });
      await new OrganizationsClient(hand).send(new CreateAccountCommand({ Email: email, AccountName: 'made by hand' }));
    },
    close: () => simulator.close(),
  };
}
