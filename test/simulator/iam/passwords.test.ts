/** Passwords in the simulated IAM: held to the policy in force, changed at the first sign-in, forgotten when deleted. */
import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  DeleteAccountPasswordPolicyCommand,
  DeleteLoginProfileCommand,
  GetAccountPasswordPolicyCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  IAMClient,
  PutGroupPolicyCommand,
  UpdateAccountPasswordPolicyCommand,
  type UpdateAccountPasswordPolicyCommandInput,
  UpdateLoginProfileCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDocuments } from '../../../src/simulator/engine/documents.js';
import { instantLatencies } from '../../../src/simulator/engine/latencies.js';
import { iam as iamService } from '../../../src/simulator/iam/service.js';
import { SimulatedAws } from '../../support/simulated-payer.js';

const account = '210987654321';
const UserName = 'administrator';
const [temporary, chosen] = ['Temporary-Pass-1', 'My-own-Password-2'];
let aws: SimulatedAws;
let iam: IAMClient;

beforeEach(async () => {
  aws = new SimulatedAws({ propagationMs: 800 });
  iam = new IAMClient(aws.as());
  await iam.send(new CreateUserCommand({ UserName }));
});
afterEach(() => aws.close());

const strict: UpdateAccountPasswordPolicyCommandInput = {
  MinimumPasswordLength: 14,
  RequireSymbols: true,
  RequireNumbers: true,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  AllowUsersToChangePassword: true,
  PasswordReusePrevention: 24,
};
const setPolicy = (policy: UpdateAccountPasswordPolicyCommandInput = strict) =>
  iam.send(new UpdateAccountPasswordPolicyCommand(policy));
const give = (Password: string, PasswordResetRequired = true) =>
  iam.send(new CreateLoginProfileCommand({ UserName, Password, PasswordResetRequired }));
const profile = async () => (await iam.send(new GetLoginProfileCommand({ UserName }))).LoginProfile;
function signIn(password: string, newPassword?: string): { outcome: string; words?: string } {
  const body = JSON.stringify({ account, userName: UserName, password, ...(newPassword ? { newPassword } : {}) });
  return JSON.parse(aws.ask('POST', '/_simulator/sign-in', { body }).body);
}
const refusal = (name: string, httpStatusCode: number, words: RegExp = /./) => ({
  name: expect.stringMatching(new RegExp(`^${name}(Exception)?$`)),
  message: expect.stringMatching(words),
  $metadata: { httpStatusCode },
});

describe('the password policy', () => {
  const read = async () => (await iam.send(new GetAccountPasswordPolicyCommand({}))).PasswordPolicy;

  test('is absent at first, replaced as a whole, and can be taken away', async () => {
    await expect(read()).rejects.toMatchObject(refusal('NoSuchEntity', 404));
    await setPolicy();
    expect(await read()).toEqual({ ...strict, ExpirePasswords: false, HardExpiry: false });
    await setPolicy({ MinimumPasswordLength: 8 });
    expect(await read()).toMatchObject({ RequireSymbols: false, AllowUsersToChangePassword: false });
    await setPolicy({});
    expect(await read()).toMatchObject({ MinimumPasswordLength: 6 });
    await iam.send(new DeleteAccountPasswordPolicyCommand({}));
    await expect(read()).rejects.toMatchObject(refusal('NoSuchEntity', 404));
  });

  test('refuses values out of range, also the 0 that means "no rule"', async () => {
    for (const wrong of [{ MinimumPasswordLength: 5 }, { MaxPasswordAge: 0 }, { PasswordReusePrevention: 25 }]) {
      await expect(setPolicy(wrong)).rejects.toMatchObject(refusal('ValidationError', 400, /constraint/));
    }
  });

  test('holds for every new password, and AWS’s default holds without it', async () => {
    await expect(give('onlylowercase')).rejects.toMatchObject(refusal('PasswordPolicyViolation', 400, /three of/));
    await expect(give('Sh0rt!')).rejects.toMatchObject(refusal('PasswordPolicyViolation', 400, /length of 8/));
    await setPolicy();
    await expect(give('Short-Pass-1')).rejects.toMatchObject(refusal('PasswordPolicyViolation', 400, /length of 14/));
    await expect(give('Long-Pass-without')).rejects.toMatchObject(
      refusal('PasswordPolicyViolation', 400, /one number/),
    );
    await give(temporary);
  });
});

describe('a login profile', () => {
  test('spreads before it is read or changed, and exists once', async () => {
    await give(temporary);
    await expect(give(temporary)).rejects.toMatchObject(refusal('EntityAlreadyExists', 409));
    await expect(profile()).rejects.toMatchObject(refusal('NoSuchEntity', 404));
    const update = () => iam.send(new UpdateLoginProfileCommand({ UserName, Password: chosen }));
    const remove = () => iam.send(new DeleteLoginProfileCommand({ UserName }));
    await expect(update()).rejects.toMatchObject(refusal('EntityTemporarilyUnmodifiable', 409));
    await expect(remove()).rejects.toMatchObject(refusal('EntityTemporarilyUnmodifiable', 409));
    expect(signIn(temporary)).toMatchObject({ outcome: 'refused' });
    aws.passes(800);
    expect(await profile()).toEqual({ UserName, CreateDate: new Date(aws.now - 800), PasswordResetRequired: true });
    await update();
    expect(signIn(temporary)).toMatchObject({ outcome: 'refused' });
    await remove();
    await expect(remove()).rejects.toMatchObject(refusal('NoSuchEntity', 404, /Login Profile/));
    expect(signIn(chosen)).toMatchObject({ outcome: 'refused' });
  });

  test('holds no password that anybody could read, neither in documents nor in the record of calls', async () => {
    await give(temporary);
    aws.passes(800);
    await setPolicy();
    signIn(temporary, chosen);
    const calls = aws.ask('GET', '/_simulator/calls').body;
    expect(calls).toContain('CreateLoginProfile');
    expect(calls).not.toContain(temporary);
    expect(calls).not.toContain(chosen);
  });
});

describe('changing one’s own password', () => {
  const strangers = { service: 'iam', operation: 'ChangePassword', region: 'us-east-1', latencies: instantLatencies };

  test('is for users, with the old password in hand', () => {
    const documents = openDocuments(':memory:');
    const now = aws.now;
    const uniqueId = (length: number) => 'a'.repeat(length);
    const arn = `arn:aws:iam::${account}:user/${UserName}`;
    const ids = { uniqueId: 'AIDA', userId: 'AIDA' };
    const principal = { type: 'user' as const, account, arn, roleArn: arn, ...ids, chained: false };
    const call = { ...strangers, account, principal, documents, now, uniqueId };
    const ask = (operation: string, input: Record<string, string>, as: Partial<typeof principal> = {}) =>
      iamService.operations[operation]?.({ ...call, principal: { ...principal, ...as }, input });
    ask('CreateUser', { UserName });
    ask('UpdateAccountPasswordPolicy', { AllowUsersToChangePassword: 'true' });
    ask('CreateLoginProfile', { UserName, Password: temporary });
    const change = { OldPassword: temporary, NewPassword: chosen };
    const role = { arn: `arn:aws:sts::${account}:assumed-role/R/s` };
    expect(() => ask('ChangePassword', change, role)).toThrow(expect.objectContaining({ code: 'InvalidUserType' }));
    const wrong = { ...change, OldPassword: 'Wrong-Password-1' };
    expect(() => ask('ChangePassword', wrong)).toThrow(expect.objectContaining({ code: 'AccessDenied' }));
    ask('ChangePassword', change);
    expect(() => ask('ChangePassword', change)).toThrow(expect.objectContaining({ code: 'AccessDenied' }));
    documents.close();
  });
});

describe('signing in', () => {
  beforeEach(async () => {
    await setPolicy();
    await give(temporary);
    aws.passes(800);
  });

  test('with a temporary password demands a new one, which then is the only one', async () => {
    expect(signIn(temporary)).toEqual({ outcome: 'new-password-required' });
    expect(await profile()).toMatchObject({ PasswordResetRequired: true });
    expect(signIn(temporary, 'weak')).toMatchObject({
      outcome: 'new-password-refused',
      words: expect.stringMatching(/14/),
    });
    expect(signIn(temporary, temporary)).toMatchObject({ outcome: 'new-password-refused' });
    expect(signIn(temporary, chosen)).toEqual({ outcome: 'signed-in' });
    expect(await profile()).toMatchObject({ PasswordResetRequired: false });
    const { User } = await iam.send(new GetUserCommand({ UserName }));
    expect(User?.PasswordLastUsed).toEqual(new Date(aws.now - 800));
    expect(signIn(temporary)).toMatchObject({ outcome: 'refused' });
    expect(signIn(chosen)).toEqual({ outcome: 'signed-in' });
  });

  test('never says whether the user or the password was wrong', () => {
    const body = JSON.stringify({ account, userName: 'nobody', password: temporary });
    const stranger = JSON.parse(aws.ask('POST', '/_simulator/sign-in', { body }).body);
    expect(signIn('Wrong-Password-1')).toEqual(stranger);
  });

  test('refuses a password that was used before', async () => {
    signIn(temporary, chosen);
    await iam.send(new UpdateLoginProfileCommand({ UserName, PasswordResetRequired: true }));
    expect(signIn(chosen, temporary)).toMatchObject({
      outcome: 'new-password-refused',
      words: expect.stringMatching(/reused/),
    });
    expect(signIn(chosen, 'Another-Password-3')).toEqual({ outcome: 'signed-in' });
  });

  test('is a dead end for a user who may not change the password', async () => {
    await setPolicy({ ...strict, AllowUsersToChangePassword: false });
    const words = expect.stringMatching(/not authorized to perform: iam:ChangePassword/);
    expect(signIn(temporary, chosen)).toEqual({ outcome: 'new-password-refused', words });
    const PolicyArn = 'arn:aws:iam::aws:policy/IAMUserChangePassword';
    await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
    expect(signIn(temporary, chosen)).toEqual({ outcome: 'signed-in' });
  });

  test('is a dead end when a policy of the user’s group denies everything without MFA', async () => {
    const Condition = { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } };
    const forced = { Effect: 'Deny', NotAction: ['iam:EnableMFADevice'], Resource: '*', Condition };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [forced] });
    await iam.send(new CreateGroupCommand({ GroupName: 'CTLAdmins' }));
    await iam.send(new PutGroupPolicyCommand({ GroupName: 'CTLAdmins', PolicyName: 'force', PolicyDocument }));
    await iam.send(new AddUserToGroupCommand({ GroupName: 'CTLAdmins', UserName }));
    expect(signIn(temporary, chosen)).toMatchObject({ outcome: 'new-password-refused' });
  });

  test('with an expired password asks for a new one, or an administrator when expiry is hard', async () => {
    signIn(temporary, chosen);
    await setPolicy({ ...strict, MaxPasswordAge: 1 });
    aws.passes(25 * 60 * 60 * 1000);
    expect(signIn(chosen)).toEqual({ outcome: 'new-password-required' });
    await setPolicy({ ...strict, MaxPasswordAge: 1, HardExpiry: true });
    expect(signIn(chosen, 'Another-Password-3')).toMatchObject({ outcome: 'refused' });
  });
});
