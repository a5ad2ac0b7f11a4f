/** The queue as a whole: slots are never idle while somebody waits, nobody starves, and everybody is told why they wait. */
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
    for (const payerId of ['payer-1', 'payer-2']) expect(mostAtOnce(vending.facts, payerId)).toBe(5);
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
    expect(vending.readModels.queue().waiting).toHaveLength(many.length + 1 - before - since.length);
    const told = factsOf('StepDelayed').filter(({ event }) => event.step === 'AssignPayer');
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
    expect(told.every(({ event }) => event.reason === 'slot-awaited')).toBe(true);
    expect(vending.errors).toEqual([]);
  },
  patienceMs,
);

test(
  'with as many long backlogs as slots, and more, organizations are served in turn, and who comes last comes next',
  async () => {
    vending = openVending({ createAccountMs: 20 * second, payers: ['payer-1'], creationsAtOnce: 2 });
    const backlogs = ['acme', 'initech', 'umbrella'];
    const owners = new Map<string, string>();
    const accepted = async (organization: string, count: number) => {
      for (const id of await vending.accepted(organization, count)) owners.set(id, organization);
    };
    for (const organization of backlogs) await accepted(organization, 15);
    vending.start();
    const turns = () => factsOf('PayerAssigned').map(({ id }) => owners.get(id));
    await vending.passUntil(() => factsOf('AccountCreated').length === 12);
    await accepted('globex', 1);
    const before = turns().length;
    await vending.passUntil(() => turns().includes('globex'));
    expect(turns()[before]).toBe('globex');
    await vending.passUntil(() => turns().length === 30);
    const served = turns().filter((organization) => organization !== 'globex');
    for (let n = 0; n + 3 <= served.length; n += 3) expect([...served.slice(n, n + 3)].sort()).toEqual(backlogs);
    expect(vending.errors).toEqual([]);
  },
  patienceMs,
);

test.each(['payer-1', 'all'])(
  'a pause of %s stops the next creations and says so, and a resume serves those who wait',
  async (brake) => {
    vending = openVending({ createAccountMs: 20 * second, payers: ['payer-1'] });
    vending.start();
    await vending.accepted('acme', 7);
    await vending.passUntil(() => factsOf('PayerAssigned').length === 5);
    await vending.brake(brake, { type: 'VendingPaused', reason: 'operator', words: 'Wait.' });
    await vending.passUntil(() => factsOf('CredentialsIssued').length === 5);
    expect(factsOf('PayerAssigned')).toHaveLength(5);
    const reasons = factsOf('StepDelayed').filter(({ event }) => event.step === 'AssignPayer');
    expect(reasons.filter(({ event }) => event.reason === 'vending-paused')).toHaveLength(2);
    await vending.brake(brake, { type: 'VendingResumed' });
    await vending.passUntil(() => factsOf('CredentialsIssued').length === 7);
    expect(vending.errors).toEqual([]);
  },
  patienceMs,
);

test(
  'where AWS calls every payer full, those who wait say so, and all go on once one payer is resumed',
  async () => {
    vending = openVending({ createAccountMs: second, payers: ['payer-1', 'payer-2'] });
    vending.failCreations([{ reason: 'ACCOUNT_LIMIT_EXCEEDED', times: 20 }]);
    vending.start();
    const ids = await vending.accepted('acme', 12);
    const full = () => factsOf('StepDelayed').filter(({ event }) => event.reason === 'payer-full');
    await vending.passUntil(() => new Set(full().map(({ id }) => id)).size === ids.length);
    for (const payerId of ['payer-1', 'payer-2'])
      expect(vending.facts.filter(({ stream }) => stream === `payer-${payerId}`)).toMatchObject([
        { event: { type: 'VendingPaused', reason: 'account-limit-exceeded' } },
      ]);
    vending.failCreations([]);
    await vending.brake('payer-2', { type: 'VendingResumed' });
    await vending.passUntil(() => factsOf('CredentialsIssued').length === ids.length);
    expect(new Set(factsOf('AccountCreated').map(({ event }) => event.payerId))).toEqual(new Set(['payer-2']));
    expect(mostAtOnce(vending.facts, 'payer-2')).toBe(5);
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
