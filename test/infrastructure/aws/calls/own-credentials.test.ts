/** A service without valid AWS credentials of its own was refused nothing: every step waits, and nothing lasts for it. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { AwsStep, CredentialsWork, Ensure } from '../../../../src/application/ports/ensures.js';
import { type Aws, attempt, creation, makeHardenedAccount, startAws } from '../../../support/aws.js';

/** Where the SDK's own chain looks: nowhere. */
const nowhere = {
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
};
const found = { AWS_ACCESS_KEY_ID: 'ASIASIMULATOR00000001', AWS_SECRET_ACCESS_KEY: 'simulator-secret' };
const withoutAny = { credentials: undefined } as unknown as Partial<Aws['settings']>;

let aws: Aws;
beforeEach(async () => {
  Object.assign(process.env, nowhere);
  for (const name of [...Object.keys(found), 'AWS_PROFILE', 'AWS_SESSION_TOKEN']) delete process.env[name];
  aws = await startAws();
});
afterEach(() => aws.close());

const minutes = 60_000;
const waits = {
  kind: 'delayed',
  reason: 'no-aws-credentials',
  words: expect.stringContaining('cannot sign in to AWS'),
  advice: expect.stringContaining('no valid AWS credentials of its own'),
  call: { operation: 'AssumeRole', requestId: 'none', error: expect.stringContaining('Could not load credentials') },
};

const steps = [
  'LinkPayer',
  'AwaitReadiness',
  'AutomationAccess',
  'PasswordPolicy',
  'AccessModel',
  'AuditTrail',
  'ConfigRecorder',
  'IssueCredentials',
] as const satisfies readonly AwsStep[];

test('every step waits for credentials, however long it takes', async () => {
  const account = await makeHardenedAccount(aws);
  const work: CredentialsWork = { ...account, generation: 1, resetMfa: false };
  const { ensures } = aws.restarted(withoutAny);
  const tries = [0, 1, 2, 10, 55].map((minute) => attempt({ tries: minute, now: Date.now() + minute * minutes }));
  for (const step of steps) {
    const answers = [];
    for (const each of tries) answers.push(await ensures[step](work, each));
    expect(answers.slice(0, 3)).toMatchObject([{ kind: 'later' }, { kind: 'later' }, { kind: 'later' }]);
    expect(answers.slice(3)).toMatchObject([waits, waits]);
  }
});

test('an account is asked for once there are credentials again, at a payer that was never blamed', async () => {
  const { ensures } = aws.restarted(withoutAny);
  const work = creation();
  const answers = [];
  for (const tries of [0, 1, 2, 60, 600])
    answers.push(await ensures.CreateAccount(work, attempt({ tries, now: Date.now() + tries * minutes })));
  expect(answers.map(({ kind }) => kind)).toEqual(['later', 'later', 'later', 'delayed', 'delayed']);
  Object.assign(process.env, found);
  expect(await ensures.CreateAccount(work, attempt())).toMatchObject({
    kind: 'fact',
    event: { type: 'AccountCreationRequested' },
  });
});

test('credentials of its own that have expired are no refusal either', async () => {
  const expired = {
    kind: 'error',
    service: 'sts',
    operation: 'AssumeRole',
    code: 'ExpiredToken',
    status: 403,
  } as const;
  await aws.control.inject({ ...expired, times: 9 });
  const late = attempt({ tries: 60, now: Date.now() + 60 * minutes });
  const { ensures } = aws.restarted();
  const work = creation();
  for (const tries of [0, 1, 2]) await ensures.CreateAccount(work, attempt({ tries }));
  expect(await ensures.CreateAccount(work, late)).toMatchObject({
    kind: 'delayed',
    reason: 'no-aws-credentials',
    call: { operation: 'AssumeRole', error: expect.stringContaining('ExpiredToken') },
  });
});

const key = { accessKeyId: 'AKIADELETED00000000X', secretAccessKey: 'simulator-secret' };

/** What a step answers after so many minutes of failing. */
async function lasting<W>(ensure: Ensure<W>, work: W, lastedMinutes: number) {
  for (const tries of [0, 1, 2]) await ensure(work, attempt({ tries }));
  return ensure(work, attempt({ tries: lastedMinutes, now: Date.now() + lastedMinutes * minutes }));
}

test.each([3, 60])('a key of its own that AWS does not know any more is no young account (%i min)', async (lasted) => {
  const account = await makeHardenedAccount(aws);
  const { ensures } = aws.restarted({ credentials: key });
  const call = { operation: 'AssumeRole', error: expect.stringContaining('InvalidClientTokenId') };
  expect(await lasting(ensures.CreateAccount, creation(), lasted)).toMatchObject({ ...waits, call });
  expect(await lasting(ensures.LinkPayer, account, lasted)).toMatchObject({ ...waits, call });
  expect(await lasting(ensures.PasswordPolicy, account, lasted)).toMatchObject({ ...waits, call });
});

test.each([3, 60])('a signature of its own that AWS cannot match halts nobody (%i min)', async (lasted) => {
  const fault = { kind: 'error', service: 'sts', operation: 'AssumeRole', status: 403, times: 9 } as const;
  await aws.control.inject({ ...fault, code: 'SignatureDoesNotMatch' });
  const call = { operation: 'AssumeRole', error: expect.stringContaining('SignatureDoesNotMatch') };
  expect(await lasting(aws.restarted().ensures.CreateAccount, creation(), lasted)).toMatchObject({ ...waits, call });
});

test('a creation that nobody could sign is not taken for one whose answer was lost', async () => {
  let given = 0;
  const { access, ensures } = aws.restarted();
  const { creations } = access.payer('payer-1');
  creations.middlewareStack.add(
    (next) => async (args) => {
      if (given++ === 0)
        throw Object.assign(new Error('The session has expired.'), { name: 'CredentialsProviderError' });
      return next(args);
    },
    { step: 'finalizeRequest' },
  );
  const work = creation();
  expect(await ensures.CreateAccount(work, attempt())).toMatchObject({
    kind: 'later',
    call: { operation: 'CreateAccount', error: expect.stringContaining('The session has expired.') },
  });
  expect(await ensures.CreateAccount(work, attempt({ tries: 1 }))).toMatchObject({ kind: 'fact' });
});
