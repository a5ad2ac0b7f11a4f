/** Looking an account up among ten thousand: each page is read at most once a look-up, and a round that stops goes on. */
import { afterEach, expect, test } from '@jest/globals';
import { openAwsAccess } from '../../../../src/infrastructure/aws/calls/clients.js';
import { type AccountIndex, openAccountIndex } from '../../../../src/infrastructure/aws/creation/account-index.js';
import type { Documents, Simulator } from '../../../../src/simulator/engine/core.js';
import { instantLatencies } from '../../../../src/simulator/engine/latencies.js';
import { inProcess } from '../../../../src/simulator/engine/request-handler.js';
import { furnish } from '../../../../src/simulator/furnish.js';
import { openSimulator } from '../../../../src/simulator/simulator.js';
import { accountKind, putAccount } from '../../../../src/simulator/world/accounts.js';
import { attempt, firstPayer, settingsFor } from '../../../support/aws.js';

const pageSize = 20;
const now = Date.UTC(2026, 5, 1);
const minute = 60_000;
/** For a busy machine; nothing here waits for it. */
const patienceMs = 60_000;

type Account = Parameters<typeof putAccount>[1];

let simulator: Simulator | undefined;
let documents: Documents;
let index: AccountIndex;
/** Pages of the list asked for, those that were throttled too. */
let asked = 0;
/** The clock of those who ask, which the simulator does not share. */
let clock = now;
/** Makes AWS forget the place that the next request names. */
let forgotten = false;
/** Every so many pages AWS does not answer one of them, however often the SDK asks. */
let lostEvery = Number.POSITIVE_INFINITY;

afterEach(() => simulator?.close());

const email = (n: number): string => `aws+${n}@reseller.example`;
const idOf = (n: number): string => String(500_000_000_000 + 10 * n);

/** Opens an index over a payer with so many accounts, the payer's own among them; answers with the number of pages. */
function payerWith(accounts: number): number {
  const world = (opened: Documents, at: number): void => {
    documents = opened;
    furnish(opened, at);
    for (let n = 1; n < accounts; n++) put(idOf(n), email(n));
  };
  simulator = openSimulator({ file: ':memory:', latencies: instantLatencies, world });
  const handler = inProcess(simulator, () => now);
  const handle: typeof handler.handle = (request) => {
    if (!request.headers['x-amz-target']?.endsWith('.ListAccounts')) return handler.handle(request);
    asked += 1;
    if (asked % lostEvery === 0) strike({ kind: 'drop-before', times: sendings });
    if (!forgotten) return handler.handle(request);
    forgotten = false;
    return handler.handle({ ...request, body: JSON.stringify({ NextToken: 'of another time' }) });
  };
  index = openAccountIndex(
    openAwsAccess({ ...settingsFor(''), now: () => clock, requestHandler: { ...handler, handle } }),
  );
  asked = 0;
  clock = now;
  lostEvery = Number.POSITIVE_INFINITY;
  return Math.ceil(accounts / pageSize);
}

/** Puts an account of the payer into the list, where its id comes. */
function put(id: string, address: string): void {
  const payer = documents.get<Account>(accountKind, firstPayer, firstPayer);
  if (payer) putAccount(documents, { ...payer, id, email: address });
}

const find = (address: string, at = now) => index.find('payer-1', address, attempt({ now: at }));

/** Every sending of the SDK counts, and it sends a throttled request three times. */
const sendings = 3;

function strike(fault: object): void {
  const body = Buffer.from(JSON.stringify({ service: 'organizations', operation: 'ListAccounts', ...fault }));
  simulator?.handle({ method: 'POST', path: '/_simulator/faults', query: {}, headers: {}, body }, now);
}

test(
  'among ten thousand a miss reads each page once, however many look at the same time',
  async () => {
    const pages = payerWith(10_000);
    expect(pages).toBe(500);
    const misses = Array.from({ length: 20 }, (_, n) => find(`nobody+${n}@reseller.example`));
    for (const miss of await Promise.all(misses)) expect(miss).toEqual({ missingAsOf: now });
    expect(asked).toBe(pages);
    expect(await find('nobody+20@reseller.example', now + 1_000)).toEqual({ missingAsOf: now });
    expect(asked).toBe(pages);
    expect(await find('nobody+21@reseller.example', now + minute)).toEqual({ missingAsOf: now + minute });
    expect(asked).toBe(2 * pages);
  },
  patienceMs,
);

test(
  'while AWS throttles or is not reached, each look-up goes on where the one before had to stop, and costs one round in the end',
  async () => {
    const pages = payerWith(10_000);
    strike({ kind: 'throttle', times: sendings });
    await expect(find('nobody@reseller.example')).rejects.toThrow(/rate|throttl|too many/i);
    clock += minute;
    expect(await find(email(3_000))).toMatchObject({ accountId: idOf(3_000) });
    const read = asked - sendings;
    expect(read).toBe(3_000 / pageSize + 1);
    strike({ kind: 'drop-before', times: sendings });
    await expect(find('nobody@reseller.example')).rejects.toThrow(/socket/i);
    expect(await find(email(9_999))).toMatchObject({ accountId: idOf(9_999) });
    expect(asked - 2 * sendings).toBe(pages);
    expect(await find('nobody@reseller.example')).toEqual({ missingAsOf: now });
    expect(asked - 2 * sendings).toBe(pages);
  },
  patienceMs,
);

test(
  'where a page is lost every now and then a miss costs one round in all, and says how old it is',
  async () => {
    const pages = payerWith(2_000);
    lostEvery = 30;
    let failures = 0;
    let miss: unknown;
    const fails = (): void => {
      failures += 1;
    };
    while (!miss) miss = await find('nobody@reseller.example', now + failures * minute).catch(fails);
    expect(miss).toEqual({ missingAsOf: now });
    expect(failures).toBeGreaterThan(2);
    expect(asked - failures * sendings).toBe(pages);
    lostEvery = Number.POSITIVE_INFINITY;
    const today = now + 10 * minute;
    expect(await find('nobody@reseller.example', today)).toEqual({ missingAsOf: today });
  },
  patienceMs,
);

test(
  'an account that was seen costs no call',
  async () => {
    payerWith(100);
    await find(email(99));
    const before = asked;
    expect(await find(email(1).toUpperCase(), now + minute)).toMatchObject({ accountId: idOf(1) });
    expect(asked).toBe(before);
  },
  patienceMs,
);

test(
  'a new account is found wherever it comes in the list, also before the place where the reading stands',
  async () => {
    const pages = payerWith(400);
    await find(email(200));
    const half = asked;
    put(String(Number(idOf(10)) + 1), 'before@reseller.example');
    put(String(Number(idOf(300)) + 1), 'after@reseller.example');
    expect(await find('after@reseller.example')).toHaveProperty('accountId');
    // The round that is under way began before this account was there.
    expect(await find('before@reseller.example')).toEqual({ missingAsOf: now });
    expect(await find('before@reseller.example', now + minute)).toHaveProperty('accountId');
    expect(asked).toBeLessThanOrEqual(pages + half);
    put(String(Number(idOf(5)) + 1), 'late@reseller.example');
    const before = asked;
    expect(await find('nobody@reseller.example', now + minute)).toEqual({ missingAsOf: now + minute });
    expect(await find('nobody@reseller.example', now + 2 * minute)).toEqual({ missingAsOf: now + 2 * minute });
    // A page more than before has accounts by now, and one is read twice because places have shifted.
    expect(asked - before).toBeLessThanOrEqual(2 * (pages + 2));
    expect(await find('late@reseller.example', now + 2 * minute)).toHaveProperty('accountId');
  },
  patienceMs,
);

test(
  'a place in the list that AWS does not know any more means its start',
  async () => {
    const pages = payerWith(400);
    await find(email(100));
    forgotten = true;
    const before = asked;
    expect(await find('nobody@reseller.example')).toEqual({ missingAsOf: now });
    expect(asked - before).toBeLessThanOrEqual(1 + 2 * pages);
    expect(asked - before).toBeGreaterThan(pages);
  },
  patienceMs,
);
