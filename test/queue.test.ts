/** The queue as a whole: slots are never idle while somebody waits, nobody starves, and everybody is told why they wait. */
import { afterEach, expect, test } from '@jest/globals';
import type { EventOf, EventType } from '../src/domain/events.js';
import type { ProviderEvent } from '../src/domain/provider/events.js';
import { evolve } from '../src/domain/provider/evolve.js';
import { type Provider, unknownProvider } from '../src/domain/provider/stages.js';
import { openVending, type Vending } from './support/vending.js';

const second = 1_000;
/** For a busy machine; nothing here waits for it. */
const patienceMs = 60_000;

let vending: Vending;
afterEach(() => vending.close());

/** The facts of one type, each with the id of its provider. */
const factsOf = <T extends EventType>(type: T) =>
  vending.facts.flatMap(({ event, stream, metadata }) =>
    event.type === type
      ? [{ id: stream.replace('provider-', ''), at: Date.parse(metadata.recordedAt), event: event as EventOf<T> }]
      : [],
  );

test(
  '200 providers at once over two payers finish within a tenth of the ideal time, and no payer exceeds its slots',
  async () => {
    vending = openVending({ createAccountMs: 20 * second, payers: ['payer-1', 'payer-2'] });
    vending.start();
    const begun = vending.clock.now();
    await vending.accepted('acme', 200);
    await vending.passUntil(() => factsOf('CredentialsIssued').length === 200);
    const ideal = (200 / 10) * 20 * second;
    expect(vending.clock.now() - begun).toBeGreaterThanOrEqual(ideal);
    expect(vending.clock.now() - begun).toBeLessThanOrEqual(1.1 * ideal);
    expect(vending.errors).toEqual([]);
    for (const payerId of ['payer-1', 'payer-2']) expect(mostAtOnce(payerId)).toBe(5);
  },
  patienceMs,
);

/** The most creations that held a slot of a payer at the same time, by history. */
function mostAtOnce(payerId: string): number {
  const states = new Map<string, Provider>();
  let most = 0;
  for (const { event, stream, metadata } of vending.facts) {
    if (!stream.startsWith('provider-')) continue;
    states.set(stream, evolve(states.get(stream) ?? unknownProvider, event as ProviderEvent, metadata.recordedAt));
    const now = [...states.values()].filter(
      (each) => (each.stage === 'assigned' || each.stage === 'creating') && each.payerId === payerId,
    );
    most = Math.max(most, now.length);
  }
  return most;
}

test(
  'creations that were resumed wait for slots of their payer like everybody, and all have their account in the end',
  async () => {
    const payers = ['payer-1', 'payer-2'];
    vending = openVending({ createAccountMs: 20 * second, payers, creationsAtOnce: 2, accountsAllowed: 4 });
    vending.failCreations([{ reason: 'INVALID_EMAIL', times: 2 }]);
    vending.start();
    const ids = await vending.accepted('acme', 8);
    await vending.passUntil(() => factsOf('ProvisioningHalted').length === 4);
    await vending.passUntil(() => factsOf('AccountCreationRequested').length === 8);
    const halted = factsOf('ProvisioningHalted').map(({ id }) => id);
    for (const id of halted) await vending.resume(id);
    const waits = () =>
      factsOf('StepDelayed').filter(({ id, event }) => halted.includes(id) && event.step === 'AssignPayer');
    await vending.passUntil(() => waits().length === 4);
    expect(waits().every(({ event }) => event.reason === 'slot-awaited')).toBe(true);
    await vending.passUntil(() => factsOf('CredentialsIssued').length === 8);
    for (const payerId of payers) expect(mostAtOnce(payerId)).toBe(2);
    for (const id of ids) expect(new Set(payersOf(id)).size).toBe(1);
    expect(vending.readModels.loads()).toEqual({
      'payer-1': { creating: 0, accounts: 4, kept: 0 },
      'payer-2': { creating: 0, accounts: 4, kept: 0 },
    });
    expect(vending.errors).toEqual([]);
  },
  patienceMs,
);

const payersOf = (id: string) =>
  factsOf('PayerAssigned').flatMap((fact) => (fact.id === id ? [fact.event.payerId] : []));

test(
  'a resumed creation that its payer refuses goes to another',
  async () => {
    vending = openVending({ createAccountMs: second, payers: ['payer-1', 'payer-2'] });
    vending.failCreations([{ reason: 'INVALID_EMAIL', times: 1 }]);
    vending.start();
    const [id] = await vending.accepted('acme', 1);
    await vending.passUntil(() => factsOf('ProvisioningHalted').length === 1);
    vending.failCreations([{ payer: '111122223333', reason: 'ACCOUNT_LIMIT_EXCEEDED', times: 1 }]);
    await vending.resume(String(id));
    await vending.passUntil(() => factsOf('CredentialsIssued').length === 1);
    expect(payersOf(String(id))).toEqual(['payer-1', 'payer-1', 'payer-2']);
  },
  patienceMs,
);

test(
  'an organization with a thousand waiting does not starve another that comes last',
  async () => {
    vending = openVending({ createAccountMs: 20 * second, payers: ['payer-1'] });
    const many = await vending.accepted('acme', 1_000);
    vending.start();
    await vending.passUntil(() => factsOf('AccountCreated').length === 5);
    const [late] = await vending.accepted('globex', 1);
    const before = factsOf('PayerAssigned').length;
    await vending.passUntil(() => factsOf('PayerAssigned').some(({ id }) => id === late));
    const since = factsOf('PayerAssigned').slice(before);
    expect(since.length).toBeLessThanOrEqual(5);
    expect(vending.readModels.line().order).toHaveLength(many.length + 1 - before - since.length);
    const told = factsOf('StepDelayed').filter(({ event }) => event.step === 'AssignPayer');
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
    expect(told.every(({ event }) => event.reason === 'slot-awaited')).toBe(true);
    expect(vending.errors).toEqual([]);
  },
  patienceMs,
);

test(
  'a pause stops the next creations and says so, and a resume serves those who wait',
  async () => {
    vending = openVending({ createAccountMs: 20 * second, payers: ['payer-1'] });
    vending.start();
    await vending.accepted('acme', 7);
    await vending.passUntil(() => factsOf('PayerAssigned').length === 5);
    await vending.brake('payer-1', { type: 'VendingPaused', reason: 'operator', words: 'Wait.' });
    await vending.passUntil(() => factsOf('CredentialsIssued').length === 5);
    expect(factsOf('PayerAssigned')).toHaveLength(5);
    const reasons = factsOf('StepDelayed').filter(({ event }) => event.step === 'AssignPayer');
    expect(reasons.filter(({ event }) => event.reason === 'vending-paused')).toHaveLength(2);
    await vending.brake('payer-1', { type: 'VendingResumed' });
    await vending.passUntil(() => factsOf('CredentialsIssued').length === 7);
    expect(vending.errors).toEqual([]);
  },
  patienceMs,
);

test(
  'a payer without room is left out, and who finds no room anywhere is told',
  async () => {
    vending = openVending({ createAccountMs: second, payers: ['payer-1', 'payer-2'], accountsAllowed: 3 });
    vending.start();
    await vending.accepted('acme', 8);
    await vending.passUntil(() => factsOf('CredentialsIssued').length === 6);
    await vending.passUntil(
      () => factsOf('StepDelayed').filter(({ event }) => event.reason === 'payer-full').length === 2,
    );
    const assigned = factsOf('PayerAssigned').map(({ event }) => event.payerId);
    expect(assigned.filter((id) => id === 'payer-1')).toHaveLength(3);
    expect(assigned).toHaveLength(6);
  },
  patienceMs,
);
