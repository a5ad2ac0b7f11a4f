/** A simulated AWS for a test: on a free port, in a folder of its own, with a client of its control API. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SignInRequest } from '../../src/simulator/console/sign-in.js';
import type { CreationFailure } from '../../src/simulator/control/creation-failures.js';
import type { RecordedCall, UnknownOperation } from '../../src/simulator/engine/calls.js';
import type { Latencies } from '../../src/simulator/engine/core.js';
import type { Fault, FaultRequest } from '../../src/simulator/engine/faults.js';
import { instantLatencies } from '../../src/simulator/engine/latencies.js';
import { serveSimulator } from '../../src/simulator/engine/server.js';
import type { SignInOutcome } from '../../src/simulator/iam/sign-in.js';
import { openSimulator } from '../../src/simulator/simulator.js';
import { guardedWorld } from './guarded-world.js';

/** An account as the control API shows it; it carries more than this. */
interface SimulatedAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly state: string;
  readonly organization: string | null;
  readonly parentId: string;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
}

interface CallsFilter {
  readonly service?: string;
  readonly operation?: string;
  readonly account?: string;
}

/** The control API, one function a call; each rejects with the simulator's own words when it refuses. */
export interface SimulatorControl {
  accounts(): Promise<SimulatedAccount[]>;
  /** Suspends an account, or lifts a suspension or closure, as only AWS does. */
  setAccountState(account: string, state: 'SUSPENDED' | 'ACTIVE'): Promise<SimulatedAccount>;
  /** Calls received, oldest first. */
  calls(filter?: CallsFilter): Promise<RecordedCall[]>;
  unknownOperations(): Promise<UnknownOperation[]>;
  latencies(): Promise<Latencies>;
  setLatencies(latencies: Partial<Latencies>): Promise<Latencies>;
  faults(): Promise<Fault[]>;
  /** `times` is 1 unless given. */
  inject(fault: Omit<FaultRequest, 'times'> & { readonly times?: number }): Promise<Fault>;
  /** Takes back all that wait, or one. */
  withdrawFaults(one?: Fault): Promise<void>;
  /** Replaces the failures to force on creations; `times` is 1 unless given. */
  failCreations(failures: readonly (Omit<CreationFailure, 'times'> & { readonly times?: number })[]): Promise<void>;
  signIn(who: SignInRequest): Promise<SignInOutcome>;
  reset(): Promise<void>;
}

export interface RunningSimulator {
  /** Without a slash at its end. */
  readonly url: string;
  readonly control: SimulatorControl;
  close(): Promise<void>;
}

/** Starts a simulator; everything is instant there but what `latencies` says. Close it in the end. */
export async function startSimulator(options: { latencies?: Partial<Latencies> } = {}): Promise<RunningSimulator> {
  const folder = await mkdtemp(path.join(tmpdir(), 'partner-cloud-simulator-'));
  const latencies = { ...instantLatencies, ...options.latencies };
  const simulator = openSimulator({ world: guardedWorld, file: path.join(folder, 'simulator.sqlite'), latencies });
  const server = await serveSimulator({ simulator, port: 0 });
  return {
    url: server.url,
    control: controlOf(server.url),
    close: async () => {
      await server.close();
      simulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The control API of the simulator at `url`, also of one in another process. */
export function controlOf(url: string): SimulatorControl {
  const ask = <T>(method: string, route: string, body?: unknown) =>
    asked<T>(`${url}/_simulator/${route}`, method, body);
  return {
    accounts: () => ask('GET', 'accounts'),
    setAccountState: (account, state) => ask('PUT', 'account-states', { account, state }),
    calls: (filter = {}) => ask('GET', `calls?${new URLSearchParams({ ...filter })}`),
    unknownOperations: () => ask('GET', 'unknown-operations'),
    latencies: () => ask('GET', 'latencies'),
    setLatencies: (latencies) => ask('PUT', 'latencies', latencies),
    faults: () => ask('GET', 'faults'),
    inject: (fault) => ask('POST', 'faults', fault),
    withdrawFaults: async (one) => void (await ask('DELETE', one ? `faults?id=${one.id}` : 'faults')),
    failCreations: async (failures) => void (await ask('PUT', 'creation-failures', failures)),
    signIn: (who) => ask('POST', 'sign-in', who),
    reset: async () => void (await ask('POST', 'reset')),
  };
}

async function asked<T>(url: string, method: string, body: unknown): Promise<T> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${new URL(url).pathname}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}
