/** Every reason for which AWS fails a creation that it has taken, on the simulator: what comes of it, and how it goes on. */
import { CreateAccountFailureReason } from '@aws-sdk/client-organizations';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { CreateAccountWork } from '../../../../src/application/ports/ensures.js';
import { requestById } from '../../../../src/infrastructure/aws/creation/creation-requests.js';
import { reactionTo } from '../../../../src/infrastructure/aws/creation/failure-reasons.js';
import {
  type Aws,
  attempt,
  creation,
  eventOf,
  eventually,
  firstPayer,
  following,
  resumed,
  startAws,
} from '../../../support/aws.js';

let aws: Aws;
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.close());

type Reason = (typeof CreateAccountFailureReason)[keyof typeof CreateAccountFailureReason];
const reasonsOf = (kind: string): readonly Reason[] =>
  Object.values(CreateAccountFailureReason).filter((FailureReason) => reactionTo({ FailureReason }).kind === kind);
const creations = () => aws.control.calls({ operation: 'CreateAccount' });
const accountsOf = async ({ rootEmail }: CreateAccountWork) =>
  (await aws.control.accounts()).filter(({ email }) => email === rootEmail);
const minutes = 60_000;
const refusal = { kind: 'error', service: 'organizations', operation: 'CreateAccount', status: 400 } as const;

/** A provider whose first creation AWS has failed so, as it stands once the request is on record. */
async function failed(reason: Reason, times = 1): Promise<CreateAccountWork> {
  await aws.control.failCreations([{ payer: firstPayer, reason, times }]);
  const work = creation();
  return following(work, await aws.ensures.CreateAccount(work, attempt()));
}

test('every failure reason has a reaction, and one that AWS adds later stops the payer', () => {
  for (const FailureReason of Object.values(CreateAccountFailureReason))
    expect(reactionTo({ FailureReason }).words).not.toBe('');
  expect(reactionTo({ FailureReason: undefined })).toMatchObject({ kind: 'payer-halt', code: 'creation-failed' });
  const asThePagesSpellIt = { FailureReason: 'IDENTITY_INVALID_BUSINESS_VALIDATION' as Reason };
  expect(reactionTo(asThePagesSpellIt)).toMatchObject({ kind: 'payer', code: 'payer-business-validation' });
});

test.each(reasonsOf('halt'))(
  '%s halts for the operator, and a resume asks again with the same e-mail',
  async (reason) => {
    const work = await failed(reason);
    const halt = eventOf(await aws.ensures.CreateAccount(work, attempt()));
    const call = { operation: 'CreateAccount', requestId: work.requestId, error: reason };
    expect(halt).toMatchObject({ type: 'ProvisioningHalted', step: 'CreateAccount', whoMustAct: 'operator', call });
    expect(halt).toHaveProperty('words', expect.stringContaining(reason));
    const again = following(resumed(work), await aws.restarted().ensures.CreateAccount(resumed(work), attempt()));
    expect(await eventually(aws.ensures.CreateAccount, again)).toMatchObject({ type: 'AccountCreated' });
    expect(await accountsOf(work)).toHaveLength(1);
  },
);

test.each(reasonsOf('payer-halt'))('%s halts, and stops the payer before it meets everybody there', async (reason) => {
  const work = await failed(reason);
  const call = { operation: 'CreateAccount', requestId: work.requestId, error: reason };
  expect(await aws.ensures.CreateAccount(work, attempt())).toMatchObject({
    kind: 'payer-refused',
    payerId: 'payer-1',
    words: expect.stringContaining('POST /v1/payers/payer-1/resume'),
    call,
    event: { type: 'ProvisioningHalted', words: expect.stringContaining(reason), call },
  });
});

test.each(reasonsOf('payer'))('%s concerns the payer: it is named with the call that failed', async (reason) => {
  const work = await failed(reason);
  const { signal } = attempt();
  const status = await requestById(aws.access.payer('payer-1').organizations, work.requestId ?? '', signal);
  expect(await aws.ensures.CreateAccount(work, attempt())).toEqual({
    kind: 'payer-refused',
    payerId: 'payer-1',
    reason: reactionTo({ FailureReason: reason }).code,
    words: expect.stringMatching(/Mend that at AWS, then POST \/v1\/payers\/payer-1\/resume\.$/),
    refusedAt: status?.CompletedTimestamp?.toISOString(),
    call: {
      operation: 'CreateAccount',
      requestId: work.requestId,
      error: reason,
      body: expect.stringContaining(work.rootEmail),
    },
    event: expect.objectContaining({
      ...{ type: 'PayerRefused', payerId: 'payer-1' },
      words: expect.stringMatching(/The operator has been told; you need do nothing\.$/),
    }),
  });
});

test('a refused provider is made at another payer, and is asked for anew where it was refused once that vends', async () => {
  const refused = resumed(await failed('ACCOUNT_LIMIT_EXCEEDED'));
  const moved = { ...refused, payerId: 'payer-2', payersTried: ['payer-1', 'payer-2'] };
  const there = following(moved, await aws.ensures.CreateAccount(moved, attempt()));
  expect(await aws.ensures.CreateAccount(there, attempt())).toMatchObject({ event: { payerId: 'payer-2' } });
  const other = resumed(await failed('INVALID_PAYMENT_INSTRUMENT'));
  const here = following(other, await aws.ensures.CreateAccount(other, attempt()));
  expect(await aws.ensures.CreateAccount(here, attempt())).toMatchObject({ event: { payerId: 'payer-1' } });
});

test('a provider whose answer was lost stays at the payer for as long as the lost call may still arrive', async () => {
  await aws.control.inject({ kind: 'drop-before', service: 'organizations', operation: 'CreateAccount' });
  const work = creation();
  const now = Date.now();
  expect(await aws.ensures.CreateAccount(work, attempt({ now }))).toMatchObject({ kind: 'later' });
  await aws.control.inject({ ...refusal, code: 'AWSOrganizationsNotInUseException', times: 2 });
  const soon = await aws.ensures.CreateAccount(work, attempt({ now: now + 2 * minutes }));
  expect(soon).toMatchObject({ kind: 'delayed', reason: 'payer-no-organization' });
  const late = await aws.ensures.CreateAccount(work, attempt({ now: now + 6 * minutes }));
  expect(late).toMatchObject({ kind: 'payer-refused', reason: 'payer-no-organization' });
});

test('where vending is paused nothing is asked for, and what was asked before is followed', async () => {
  const work = { ...creation(), pausedFor: 'operator' };
  expect(await aws.ensures.CreateAccount(work, attempt())).toMatchObject({ kind: 'delayed', reason: 'vending-paused' });
  expect(await creations()).toHaveLength(0);
  const asked = following(work, await aws.ensures.CreateAccount({ ...work, pausedFor: undefined }, attempt()));
  expect(await aws.ensures.CreateAccount(asked, attempt())).toMatchObject({ event: { type: 'AccountCreated' } });
});

test('a younger request that is not on record goes there before its failure is answered', async () => {
  const work = await failed('INTERNAL_FAILURE', 2);
  const later = attempt({ now: Date.now() + 2 * minutes });
  const second = following(work, await aws.ensures.CreateAccount(work, later));
  const found = await aws.restarted().ensures.CreateAccount(work, attempt());
  expect(found).toMatchObject({ event: { type: 'AccountCreationRequested', requestId: second.requestId } });
  expect(await aws.restarted().ensures.CreateAccount(second, attempt())).toMatchObject({ kind: 'delayed' });
  expect(await creations()).toHaveLength(2);
});

test('a request that went on while the step was halted is not asked for twice after the resume', async () => {
  await aws.control.setLatencies({ createAccountMs: 10 * minutes });
  const work = creation();
  const mine = following(work, await aws.ensures.CreateAccount(work, attempt()));
  expect(await aws.restarted().ensures.CreateAccount(resumed(mine), attempt())).toMatchObject({ kind: 'later' });
  expect(await creations()).toHaveLength(1);
});

test('a request that AWS has taken goes on record at the next try when it could not at the first', async () => {
  const work = creation();
  const first = eventOf(await aws.ensures.CreateAccount(work, attempt()));
  expect(eventOf(await aws.ensures.CreateAccount(work, attempt()))).toEqual(first);
  expect(await creations()).toHaveLength(1);
});

test('a failure that nobody has answered is answered however old it is, whatever the clock says', async () => {
  const work = await failed('ACCOUNT_LIMIT_EXCEEDED', 9);
  const late = attempt({ now: Date.now() + 24 * 60 * minutes });
  expect(await aws.restarted().ensures.CreateAccount(work, late)).toMatchObject({ kind: 'payer-refused' });
  expect(await creations()).toHaveLength(1);
});

test('an e-mail taken outside our payers is looked up for a while, then halts, and is never replaced', async () => {
  const work = await failed('EMAIL_ALREADY_EXISTS');
  expect(await aws.ensures.CreateAccount(work, attempt())).toMatchObject({ kind: 'later' });
  const later = attempt({ now: Date.now() + 6 * minutes });
  const error = 'EMAIL_ALREADY_EXISTS';
  expect(await aws.ensures.CreateAccount(work, later)).toMatchObject({
    event: { reason: 'email-taken', call: { error } },
  });
  expect(await creations()).toHaveLength(1);
});

test.each(reasonsOf('ask-again'))('%s is looked up, then asked again after a pause', async (reason) => {
  const work = await failed(reason);
  expect(await aws.ensures.CreateAccount(work, attempt())).toMatchObject({ kind: 'delayed' });
  const later = attempt({ now: Date.now() + 2 * minutes });
  const again = following(work, await aws.ensures.CreateAccount(work, later));
  expect(await eventually(aws.ensures.CreateAccount, again)).toMatchObject({ type: 'AccountCreated' });
});

test("the payer's failed requests are read once for a failure, however often it is looked at", async () => {
  for (let n = 0; n < 25; n++) await failed('INVALID_EMAIL');
  const work = await failed('EMAIL_ALREADY_EXISTS');
  const lists = async () =>
    (await aws.control.calls({ operation: 'ListCreateAccountStatus' })).map(({ input }) => input);
  const before = (await lists()).length;
  for (let look = 0; look < 5; look++) await aws.ensures.CreateAccount(work, attempt({ tries: look }));
  const made = (await lists()).slice(before);
  expect(made.filter(({ States }) => String(States).includes('FAILED'))).toHaveLength(2);
  expect(made.filter(({ States }) => String(States) === 'IN_PROGRESS')).toHaveLength(4);
  expect(JSON.stringify(made)).not.toContain('SUCCEEDED');
});
