/** Every exception with which AWS refuses CreateAccount at once, on the simulator: what comes of it, and what is said. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { constraints } from '../../../../src/infrastructure/aws/creation/failure-reasons.js';
import {
  type Aws,
  attempt,
  creation,
  eventOf,
  firstPayer,
  following,
  secondPayer,
  startAws,
} from '../../../support/aws.js';

let aws: Aws;
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.close());

const creations = () => aws.control.calls({ operation: 'CreateAccount' });
const minutes = 60_000;
const refusal = { kind: 'error', service: 'organizations', operation: 'CreateAccount', status: 400 } as const;

test('too many creations at once is a wait for a slot', async () => {
  await aws.control.inject({ kind: 'throttle', service: 'organizations', operation: 'CreateAccount' });
  expect(await aws.ensures.CreateAccount(creation(), attempt())).toMatchObject({
    kind: 'delayed',
    reason: 'slot-awaited',
  });
});

test('a payer that throttles a creation is asked for no other until the operation has rested', async () => {
  await aws.control.inject({ kind: 'throttle', service: 'organizations', operation: 'CreateAccount' });
  await aws.ensures.CreateAccount(creation(), attempt());
  const other = await aws.ensures.CreateAccount(creation(), attempt());
  expect(other).toMatchObject({ kind: 'delayed', reason: 'slot-awaited' });
  expect(await creations()).toHaveLength(1);
  expect(eventOf(await aws.ensures.CreateAccount(creation('payer-2'), attempt()))).toMatchObject({
    payerId: 'payer-2',
  });
});

test('a payer whose creations rest because of a fault of AWS is said to have one, and no creation is called next', async () => {
  const fault = { kind: 'error', service: 'organizations', operation: 'CreateAccount' } as const;
  await aws.control.inject({ ...fault, code: 'ServiceException', status: 500 });
  const now = Date.now();
  const { ensures } = aws.restarted({ now: () => now });
  await ensures.CreateAccount(creation(), attempt());
  const other = creation();
  const answers = [];
  for (const tries of [0, 1, 2, 3]) answers.push(await ensures.CreateAccount(other, attempt({ tries })));
  const call = { operation: 'CreateAccount', error: expect.stringContaining('because AWS answered Service') };
  const waits = { kind: 'later', call };
  expect(answers).toMatchObject([waits, waits, waits, { kind: 'delayed', reason: 'aws-unavailable', call }]);
  expect(await creations()).toHaveLength(1);
});

test.each([
  ['FinalizingOrganizationException', 'organization-finalizing'],
  ['ConcurrentModificationException', 'organization-busy'],
])('%s is a wait with a reason', async (code, reason) => {
  await aws.control.inject({ ...refusal, code, times: 2 });
  const work = creation();
  const answers = [];
  // It was looked at for hours before, which makes no refusal the last of many.
  for (const tries of [500, 501]) answers.push(await aws.ensures.CreateAccount(work, attempt({ tries })));
  expect(answers).toMatchObject([
    { kind: 'delayed', reason },
    { kind: 'delayed', reason },
  ]);
  const [first = 0, second = 0] = answers.map((answer) => (answer.kind === 'delayed' && answer.retryAfterMs) || 0);
  expect(first).toBeLessThanOrEqual(5_000);
  expect(second).toBeGreaterThanOrEqual(5_000);
  expect(second).toBeLessThanOrEqual(10_000);
});

test.each(Object.entries(constraints))(
  'a constraint called %s has its own reaction',
  async (reason, { kind, code }) => {
    await aws.control.inject({ ...refusal, code: 'ConstraintViolationException', reason, message: 'No.' });
    const result = await aws.ensures.CreateAccount(creation(), attempt());
    const call = { operation: 'CreateAccount', error: `ConstraintViolation (${reason}): No.` };
    const type = { payer: 'PayerRefused', 'payer-halt': 'ProvisioningHalted' }[kind as string];
    const refused = { kind: 'payer-refused', payerId: 'payer-1', event: { type, reason: code, call } };
    expect(result).toMatchObject(type ? refused : { kind: 'delayed', reason: code, call });
  },
);

test.each([
  { code: 'ConstraintViolationException', reason: 'CANNOT_CLOSE_MANAGEMENT_ACCOUNT' },
  { code: 'UnsupportedAPIEndpointException' },
])('a refusal that has no name here halts and stops the payer: %o', async (fault) => {
  await aws.control.inject({ ...refusal, ...fault });
  const call = { error: expect.stringContaining(fault.reason ?? 'UnsupportedAPIEndpoint') };
  expect(await aws.ensures.CreateAccount(creation(), attempt())).toMatchObject({
    kind: 'payer-refused',
    payerId: 'payer-1',
    event: { type: 'ProvisioningHalted', whoMustAct: 'operator', reason: 'creation-refused', call },
  });
});

test.each(['ListCreateAccountStatus', 'CreateAccount'])(
  'a payer without an organization is refused by the first call that says so: %s',
  async (operation) => {
    await aws.control.inject({ ...refusal, operation, code: 'AWSOrganizationsNotInUseException' });
    expect(await aws.ensures.CreateAccount(creation(), attempt())).toMatchObject({
      kind: 'payer-refused',
      reason: 'payer-no-organization',
      event: { type: 'PayerRefused', payerId: 'payer-1' },
      call: { operation, error: expect.stringContaining('AWSOrganizationsNotInUse') },
    });
  },
);

test('an endpoint that offers no accounts halts and stops the payer before any is asked for', async () => {
  const fault = { operation: 'ListCreateAccountStatus', code: 'UnsupportedAPIEndpointException' };
  await aws.control.inject({ ...refusal, ...fault });
  expect(await aws.ensures.CreateAccount(creation(), attempt())).toMatchObject({
    kind: 'payer-refused',
    event: { type: 'ProvisioningHalted', reason: 'creation-refused', call: { operation: 'ListCreateAccountStatus' } },
  });
});

test('a request that AWS does not accept halts with the call and its answer', async () => {
  const fault = { code: 'InvalidInputException', message: 'You provided an invalid e-mail.' };
  await aws.control.inject({ ...refusal, ...fault });
  const work = creation();
  expect(eventOf(await aws.ensures.CreateAccount(work, attempt()))).toMatchObject({
    reason: 'creation-refused',
    call: { error: 'InvalidInput: You provided an invalid e-mail.', body: expect.stringContaining(work.rootEmail) },
  });
});

test.each([
  ['AccessDeniedException', 'access-denied'],
  ['PolicyNotAttachedException', 'aws-refused'],
])('%s is tried again for minutes, then halts by name with the call and stops the payer', async (code, reason) => {
  await aws.control.inject({ ...refusal, code, times: 9 });
  const work = creation();
  const now = Date.now();
  for (const tries of [0, 1])
    expect(await aws.ensures.CreateAccount(work, attempt({ now, tries }))).toMatchObject({ kind: 'later' });
  const soon = await aws.ensures.CreateAccount(work, attempt({ now: now + minutes, tries: 2 }));
  expect(soon).toMatchObject({ kind: 'delayed', reason, call: { operation: 'CreateAccount' } });
  const last = await aws.ensures.CreateAccount(work, attempt({ now: now + 6 * minutes, tries: 9 }));
  const call = { operation: 'CreateAccount', body: expect.stringContaining(work.accountName) };
  expect(last).toMatchObject({
    kind: 'payer-refused',
    payerId: 'payer-1',
    words: expect.stringMatching(/Mend that at AWS, then POST \/v1\/payers\/payer-1\/resume\.$/),
    event: {
      type: 'ProvisioningHalted',
      step: 'CreateAccount',
      reason,
      call,
      words: expect.stringContaining('been told'),
    },
  });
});

test('a former payer that denies a look-up halts the provider and is stopped itself, not the present one', async () => {
  await aws.control.failCreations([{ payer: secondPayer, reason: 'INTERNAL_FAILURE', times: 1 }]);
  const work = creation('payer-2', ['payer-1', 'payer-2']);
  const failed = following(work, await aws.ensures.CreateAccount(work, attempt()));
  await aws.control.inject({
    ...refusal,
    account: firstPayer,
    operation: 'ListAccounts',
    code: 'AccessDeniedException',
    times: 9,
  });
  const now = Date.now();
  expect(await aws.ensures.CreateAccount(failed, attempt({ now }))).toMatchObject({ kind: 'later' });
  const last = await aws.ensures.CreateAccount(failed, attempt({ now: now + 6 * minutes }));
  expect(last).toMatchObject({
    kind: 'payer-refused',
    payerId: 'payer-1',
    event: { type: 'ProvisioningHalted', reason: 'access-denied', call: { operation: 'ListAccounts' } },
  });
});

test('so does one whose role we may not assume any more', async () => {
  const work = creation('payer-2', ['payer-1', 'payer-2']);
  await aws.control.failCreations([{ payer: secondPayer, reason: 'INTERNAL_FAILURE', times: 1 }]);
  const failed = following(work, await aws.ensures.CreateAccount(work, attempt()));
  const away = { roleArn: `arn:aws:iam::${firstPayer}:role/Removed` };
  const payers = aws.settings.payers.map((payer) => (payer.id === 'payer-1' ? { ...payer, ...away } : payer));
  const { ensures } = aws.restarted({ payers });
  const now = Date.now();
  await ensures.CreateAccount(failed, attempt({ now }));
  const last = await ensures.CreateAccount(failed, attempt({ now: now + 6 * minutes }));
  expect(last).toMatchObject({
    payerId: 'payer-1',
    event: { reason: 'access-denied', call: { operation: 'AssumeRole' } },
  });
});
