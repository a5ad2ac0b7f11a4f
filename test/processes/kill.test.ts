/** Real processes, killed at real moments: nothing acknowledged is lost, nothing is made twice, and everything ends. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Api, openApi } from '../../src/cli/client/api.js';
import { followToCredentials } from '../../src/cli/demo/journey.js';
import type { Provider as Status } from '../../src/client/generated/types.gen.js';
import { type Chance, openChance } from '../simulation/chance.js';
import { read, send } from '../support/by-path.js';
import type { Ended } from '../support/child.js';
import { copyOf, type Fact, factsIn, integrityOf, leftOpenIn } from '../support/log-of.js';
import {
  type Grounds,
  prepareFolders,
  type SimulatorProcess,
  startReadyService,
  startService,
  startSimulatorProcess,
} from '../support/processes.js';
import { allFiles } from '../support/read-model-names.js';
import { acceptedProvider, until } from '../support/service.js';
import { controlOf } from '../support/simulator.js';
import { eligible } from '../support/story.js';
import { openTollGate, type Strike, strikes, type TollGate } from '../support/toll-gate.js';

const seed = 4;
const names = ['One', 'Two', 'Three'];
const nothing = (): void => undefined;

let grounds: Grounds;
let aws: SimulatorProcess;
/** One for each life of the service, so that it is known which life sent which call. */
let gates: TollGate[];
let api: Api;

beforeEach(async () => {
  grounds = await prepareFolders();
  aws = await startSimulatorProcess(grounds);
  gates = [];
  api = openApi(grounds.url);
});

afterEach(async () => {
  for (const gate of gates) await gate.close();
  await aws.end('SIGKILL');
});

/** The moment of a death: a call that passes the gate, or a fact that was just recorded. */
type Moment =
  | { readonly on: 'call'; readonly strike: Strike; readonly operation?: string; readonly nth: number }
  | { readonly on: 'fact'; readonly nth: number };

/** The dangerous ones for certain, then as the seed has it. */
function momentsOf(chance: Chance): Moment[] {
  const atCreation = strikes.map((strike) => ({ on: 'call' as const, strike, operation: 'CreateAccount', nth: 1 }));
  const others = Array.from({ length: 9 }, (): Moment => {
    if (chance.yes(0.3)) return { on: 'fact', nth: chance.between(1, 4) };
    return { on: 'call', strike: chance.of(strikes), nth: chance.between(1, 40) };
  });
  return [...atCreation, ...others];
}

async function openGate(): Promise<TollGate> {
  const gate = await openTollGate(aws.url);
  gates.push(gate);
  return gate;
}

/** Starts the service and does something to it at the moment; resolves when it is gone. */
async function liveUntil(moment: Moment, signal: NodeJS.Signals): Promise<Ended> {
  const gate = await openGate();
  const program = startService(grounds, gate.url);
  const spring = (): void => void program.child.kill(signal);
  let left = moment.nth;
  if (moment.on === 'call') {
    const { strike, operation } = moment;
    gate.set({ strike, at: (name) => (operation === undefined || name === operation) && --left === 0, spring });
  } else {
    program.eachLine((line) => {
      if (line.includes('A fact was recorded.') && --left === 0) spring();
    });
  }
  return program.ended;
}

/** What a customer does until there are credentials, in spite of everything; answers with the provider's id. */
async function customer(name: string): Promise<string> {
  const id = await acceptedProvider(api, grounds.tokens, name);
  expect((await followToCredentials(api, grounds.tokens, id, nothing)).stage).toBe('active');
  return id;
}

/** The service's last life: it goes on until the customers have what they want, and is stopped in order. */
async function finish<T>(customers: Promise<T>): Promise<T> {
  const service = await startReadyService(grounds, (await openGate()).url);
  const served = await customers;
  const { code } = await service.end('SIGTERM');
  expect(code).toBe(0);
  return served;
}

const calls = (operation: string) => controlOf(aws.url).calls({ operation });
const ours = async () => (await controlOf(aws.url).accounts()).filter(({ email }) => email.startsWith('aws+'));
const lifeOf = (facts: readonly Fact[], id: string): Fact[] =>
  facts.filter(({ stream }) => stream === `provider-${id}`);

/** What stands in the log at most once: all but what may be recorded anew, such as a reason for waiting. */
function requireNoFactTwice(facts: readonly Fact[]): void {
  const anew = ['StepDelayed', 'AccountCreationRequested'];
  const told = facts.filter(({ type }) => !anew.includes(type)).map(({ type, data }) => `${type} ${data.step ?? ''}`);
  expect(told).toEqual([...new Set(told)]);
}

/** One account each, with the owner's tag; a life asks for it once, and never after its request is on record. */
async function requireOneAccountEach(ids: readonly string[], facts: readonly Fact[]): Promise<void> {
  const owners = (await ours()).map(({ tags }) => tags.find(({ Value }) => ids.includes(Value))?.Value);
  expect(owners.sort()).toEqual([...ids].sort());
  const sent = await calls('CreateAccount');
  for (const id of ids) {
    const life = lifeOf(facts, id);
    const name = String(life[0]?.data.accountName);
    const requested = life.find(({ type }) => type === 'AccountCreationRequested' || type === 'AccountCreated');
    const times = sent.filter(({ input }) => input.AccountName === name).map(({ at }) => Date.parse(at));
    expect(Math.max(...times)).toBeLessThanOrEqual(requested?.at ?? 0);
    for (const { passed } of gates) {
      const asked = passed.filter(({ operation, body }) => operation === 'CreateAccount' && body.includes(name));
      expect(asked.length).toBeLessThanOrEqual(1);
    }
  }
}

const besideReadModels = ['hardening-looks.db', 'reconciliation-report.db', 'webhook-deliveries.db'];
const sound = {
  ...{ 'events.db': 'ok', 'vault.db': 'ok', 'audit-tree.db': 'ok' },
  ...Object.fromEntries([...allFiles, ...besideReadModels].map((name) => [`read-models/${name}`, 'ok'])),
};

test('killed twelve times on the way, three providers end with one account each and no fact twice', async () => {
  const customers = Promise.all(names.map(customer));
  const deaths: Ended[] = [];
  for (const moment of momentsOf(openChance(seed))) deaths.push(await liveUntil(moment, 'SIGKILL'));
  const ids = await finish(customers);

  expect(deaths.map(({ code, stderr }) => `${code}${stderr}`)).toEqual(Array.from({ length: 12 }, () => 'null'));
  const facts = factsIn(grounds.data);
  expect(new Set(ids).size).toBe(names.length);
  for (const id of ids) requireNoFactTwice(lifeOf(facts, id));
  await requireOneAccountEach(ids, facts);
  expect(integrityOf(grounds.data)).toEqual(sound);
}, 120_000);

/** Sends all of them at once and kills the service after so many answers; answers with those that were acknowledged. */
async function reportUntilDeath(organizations: readonly string[], answersAtMost: number): Promise<string[]> {
  const service = await startReadyService(grounds, aws.url);
  const headers = { authorization: `Bearer ${grounds.tokens.service}`, 'content-type': 'application/json' };
  const acknowledged: string[] = [];
  const report = async (organization: string): Promise<void> => {
    const init = { method: 'PUT', headers, body: JSON.stringify(eligible) };
    const { ok } = await fetch(`${grounds.url}/v1/organizations/${organization}`, init);
    if (ok && acknowledged.push(organization) === answersAtMost) service.child.kill('SIGKILL');
  };
  await Promise.allSettled(organizations.map(report));
  await service.ended;
  return acknowledged;
}

test('killed while it writes, it keeps every command that it acknowledged, and a repeat adds nothing', async () => {
  const chance = openChance(seed);
  const rounds = ['a', 'b', 'c'].map((round) => Array.from({ length: 40 }, (_, index) => `${round}-${index}`));
  const reported = (): string[] =>
    factsIn(copyOf(grounds.data)).map(({ stream }) => stream.replace('organization-', ''));
  for (const organizations of rounds) {
    const acknowledged = await reportUntilDeath(organizations, chance.between(1, 30));
    expect(reported()).toEqual(expect.arrayContaining(acknowledged));
    expect(integrityOf(copyOf(grounds.data))).toEqual(sound);
  }
  const put = (organization: string): Promise<unknown> =>
    send(api, 'PUT', `/v1/organizations/${organization}`, grounds.tokens.service, eligible);
  await finish(Promise.all(rounds.flat().map(put)));
  expect(reported().sort()).toEqual(rounds.flat().sort());
}, 120_000);

test('asked to stop at any moment, it closes everything, ends with 0, and a second start goes on', async () => {
  const customers = Promise.all([customer('One'), customer('Two')]);
  const moments: Moment[] = [
    { on: 'call', strike: 'unanswered', operation: 'CreateAccount', nth: 2 },
    { on: 'call', strike: 'answered', nth: 12 },
    { on: 'fact', nth: 3 },
  ];
  for (const moment of moments) {
    const { code, stderr } = await liveUntil(moment, 'SIGTERM');
    expect({ code, stderr, open: leftOpenIn(grounds.data) }).toEqual({ code: 0, stderr: '', open: [] });
  }
  const ids = await finish(customers);
  const facts = factsIn(grounds.data);
  for (const id of ids) requireNoFactTwice(lifeOf(facts, id));
  await requireOneAccountEach(ids, facts);
}, 120_000);

test('an AWS that goes away is waited for, with a reason, and the work goes on when it is back', async () => {
  const service = await startReadyService(grounds, aws.url);
  const id = await acceptedProvider(api, grounds.tokens, 'Patient');
  await until(
    () => calls('CreateAccount'),
    (found) => found.length > 0,
  );
  await aws.end('SIGKILL');
  const look = () => read<Status>(api, `/v1/providers/${id}`, grounds.tokens.administrator);
  const away = await until(look, ({ steps }) => steps.some(({ waitsFor }) => waitsFor !== undefined));
  // Which step it is depends on how far the service came before AWS was gone.
  const waiting = away.steps.filter(({ state }) => state === 'waiting');
  expect(waiting.length).toBeGreaterThan(0);
  for (const { waitsFor } of waiting) expect(waitsFor).toMatch(/\.$/);

  aws = await startSimulatorProcess(grounds, new URL(aws.url).port);
  const { stage } = await followToCredentials(api, grounds.tokens, id, nothing);
  expect(stage).toBe('active');
  expect((await service.end('SIGTERM')).code).toBe(0);
  expect(lifeOf(factsIn(grounds.data), id).map(({ type }) => type)).toContain('StepDelayed');
  expect(await ours()).toHaveLength(1);
  expect(await calls('CreateAccount')).toHaveLength(1);
}, 120_000);
