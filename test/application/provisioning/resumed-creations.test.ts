/** Creations that have halted and are resumed: no payer gets more at once than it may, and a refusal sets them free. */
import { afterEach, expect, test } from '@jest/globals';
import type { EventType } from '../../../src/domain/events.js';
import { factsOfType, mostAtOnce } from '../../support/facts.js';
import { openVending, type Vending } from '../../support/vending.js';

const second = 1_000;
/** For a busy machine; nothing here waits for it. */
const patienceMs = 60_000;

let vending: Vending;
afterEach(() => vending.close());

const factsOf = <T extends EventType>(type: T) => factsOfType(vending.facts, type);

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
    for (const payerId of payers) expect(mostAtOnce(vending.facts, payerId)).toBe(2);
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
  'a payer that denies us stops the few that are on their way there, and never the whole queue one by one',
  async () => {
    vending = openVending({ createAccountMs: second, payers: ['payer-1'] });
    const denial = { kind: 'error', code: 'AccessDeniedException', status: 400, times: 10_000 } as const;
    vending.strike({ ...denial, service: 'organizations', operation: 'CreateAccount' });
    vending.start();
    const ids = await vending.accepted('acme', 12);
    const paused = () =>
      new Set(factsOf('StepDelayed').flatMap(({ id, event }) => (event.reason === 'vending-paused' ? [id] : [])));
    const halted = () => factsOf('ProvisioningHalted').length;
    await vending.passUntil(() => halted() > 0 && paused().size + halted() === ids.length);
    const stopped = halted();
    expect(stopped).toBeLessThanOrEqual(5);
    vending.forgive();
    await vending.brake('payer-1', { type: 'VendingResumed' });
    for (const { id } of factsOf('ProvisioningHalted')) await vending.resume(id);
    await vending.passUntil(() => factsOf('CredentialsIssued').length === ids.length);
    expect(halted()).toBe(stopped);
    expect(mostAtOnce(vending.facts, 'payer-1')).toBe(5);
    expect(vending.errors).toEqual([]);
  },
  patienceMs,
);
