/** The simulated IAM, asked by the SDK's own client under a clock of the test. */
import { inflateSync } from 'node:zlib';
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccountAliasCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  DeleteVirtualMFADeviceCommand,
  DetachRolePolicyCommand,
  EnableMFADeviceCommand,
  GetAccountSummaryCommand,
  GetGroupCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  IAMClient,
  ListAccountAliasesCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListEntitiesForPolicyCommand,
  type ListEntitiesForPolicyCommandInput,
  ListGroupsForUserCommand,
  ListMFADevicesCommand,
  ListPoliciesCommand,
  ListPolicyVersionsCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePolicyCommand,
  RemoveUserFromGroupCommand,
  SetDefaultPolicyVersionCommand,
  SummaryKeyType,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import decodeQR from 'qr/decode.js';
import { codeAt } from '../../../src/simulator/iam/totp.js';
import { SimulatedAws } from '../../support/simulated-payer.js';

const account = '210987654321';
const automation = `arn:aws:iam::${account}:role/PartnerCloudAutomation`;
let aws: SimulatedAws;
let iam: IAMClient;

beforeEach(() => {
  aws = new SimulatedAws({ propagationMs: 800 });
  iam = new IAMClient(aws.as());
});
afterEach(() => aws.close());

const trusting = (principal: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }],
  });
const allowing = (action: string | string[], effect = 'Allow') =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: effect, Action: action, Resource: '*' } });
/** The pixels of a PNG of one bit each, as an image of four bytes a pixel. */
function pixelsOf(png: Buffer): { width: number; height: number; data: Uint8Array } {
  expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const start = png.indexOf('IDAT') + 4;
  const rows = inflateSync(png.subarray(start, start + png.readUInt32BE(start - 8)));
  const stride = 1 + Math.ceil(width / 8);
  const light = (x: number, y: number) => (rows.readUInt8(y * stride + 1 + (x >> 3)) & (0x80 >> (x & 7))) !== 0;
  const data = Uint8Array.from({ length: width * height * 4 }, (_, at) => {
    const pixel = Math.floor(at / 4);
    return at % 4 === 3 || light(pixel % width, Math.floor(pixel / width)) ? 255 : 0;
  });
  return { width, height, data };
}

const makeRole = (RoleName: string, principal = automation) =>
  iam.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusting(principal), Description: 'for a test' }),
  );
const refusal = (name: string, httpStatusCode: number, words: RegExp = /./) => ({
  name: expect.stringMatching(new RegExp(`^${name}(Exception)?$`)),
  message: expect.stringMatching(words),
  $metadata: { httpStatusCode },
});

describe('a role', () => {
  test('is seen by reads only after it has spread, while its name is taken at once', async () => {
    const { Role } = await makeRole('CTLReader');
    expect(Role).toMatchObject({ Arn: `arn:aws:iam::${account}:role/CTLReader`, MaxSessionDuration: 3600 });
    const read = () => iam.send(new GetRoleCommand({ RoleName: 'CTLReader' }));
    await expect(read()).rejects.toMatchObject(refusal('NoSuchEntity', 404, /CTLReader cannot be found/));
    await expect(makeRole('ctlREADER')).rejects.toMatchObject(refusal('EntityAlreadyExists', 409));
    aws.passes(800);
    const { Role: seen } = await read();
    expect(decodeURIComponent(seen?.AssumeRolePolicyDocument ?? '')).toBe(trusting(automation));
    expect(seen).toMatchObject({
      Description: 'for a test',
      RoleId: Role?.RoleId,
      CreateDate: new Date(aws.now - 800),
    });
  });

  test('may only trust principals that exist and have spread', async () => {
    const created = await makeRole('CTLFirst');
    const arn = created.Role?.Arn ?? '';
    await expect(makeRole('CTLSecond', arn)).rejects.toMatchObject(
      refusal('MalformedPolicyDocument', 400, /Invalid principal/),
    );
    aws.passes(800);
    await makeRole('CTLSecond', arn);
    await expect(makeRole('CTLThird', `arn:aws:iam::${account}:role/team/CTLFirst`)).rejects.toMatchObject(
      refusal('MalformedPolicyDocument', 400),
    );
    await makeRole('CTLThird', 'arn:aws:iam::999999999999:role/Anything');
  });

  test('changes in place, and is deleted only when nothing hangs on it', async () => {
    await makeRole('CTLReader');
    const RoleName = 'CTLReader';
    await iam.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 7200 }));
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trusting(account) }));
    await iam.send(
      new TagRoleCommand({
        RoleName,
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: '2' },
        ],
      }),
    );
    await iam.send(new UntagRoleCommand({ RoleName, TagKeys: ['A'] }));
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }));
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument: allowing('s3:*') }));
    aws.passes(800);
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    expect(Role).toMatchObject({ MaxSessionDuration: 7200, Description: 'for a test' });
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trusting(account));
    expect((await iam.send(new ListRoleTagsCommand({ RoleName }))).Tags).toEqual([{ Key: 'b', Value: '2' }]);
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'own' }));
    expect(decodeURIComponent(PolicyDocument ?? '')).toBe(allowing('s3:*'));
    expect((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual(['own']);
    expect((await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies).toEqual([
      { PolicyName: 'ReadOnlyAccess', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    ]);
    const remove = () => iam.send(new DeleteRoleCommand({ RoleName }));
    await expect(remove()).rejects.toMatchObject(refusal('DeleteConflict', 409, /detach all policies/));
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }));
    await expect(remove()).rejects.toMatchObject(refusal('DeleteConflict', 409, /delete policies/));
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'own' }));
    await remove();
    await expect(remove()).rejects.toMatchObject(refusal('NoSuchEntity', 404));
  });

  test('of a service exists once, and only AWS may change it', async () => {
    const make = () => iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'config.amazonaws.com' }));
    const { Role } = await make();
    expect(Role?.Arn).toBe(
      `arn:aws:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
    );
    await expect(make()).rejects.toMatchObject(refusal('InvalidInput', 400, /has been taken/));
    const RoleName = 'AWSServiceRoleForConfig';
    await expect(iam.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject(
      refusal('UnmodifiableEntity', 400),
    );
    const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    await expect(iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }))).rejects.toMatchObject(
      refusal('UnmodifiableEntity', 400),
    );
  });

  test('appears in lists page by page', async () => {
    for (const name of ['One', 'Two', 'Three', 'Four', 'Five']) await makeRole(`CTL${name}`);
    aws.passes(800);
    const names: string[] = [];
    let Marker: string | undefined;
    do {
      const answer = await iam.send(new ListRolesCommand({ MaxItems: 2, ...(Marker ? { Marker } : {}) }));
      expect(answer.Roles?.length).toBeLessThanOrEqual(2);
      names.push(...(answer.Roles ?? []).map(({ RoleName }) => RoleName ?? ''));
      Marker = answer.IsTruncated ? answer.Marker : undefined;
    } while (Marker);
    expect(names).toEqual(expect.arrayContaining(['CTLOne', 'CTLTwo', 'CTLThree', 'CTLFour', 'CTLFive']));
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('a managed policy', () => {
  const arn = `arn:aws:iam::${account}:policy/CTLPolicy`;
  const make = (document = allowing('s3:*')) =>
    iam.send(new CreatePolicyCommand({ PolicyName: 'CTLPolicy', PolicyDocument: document, Description: 'ours' }));

  test('has five versions at most, and the default one cannot be deleted', async () => {
    await make();
    aws.passes(800);
    const PolicyArn = arn;
    const another = (SetAsDefault: boolean) =>
      iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allowing('ec2:*'), SetAsDefault }));
    for (let version = 2; version <= 5; version += 1) await another(version === 5);
    await expect(another(true)).rejects.toMatchObject(refusal('LimitExceeded', 409, /up to 5 versions/));
    const remove = (VersionId: string) => iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
    await expect(remove('v5')).rejects.toMatchObject(refusal('DeleteConflict', 409));
    await remove('v1');
    expect((await another(false)).PolicyVersion?.VersionId).toBe('v6');
    await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
    const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
    expect(Versions?.map(({ VersionId }) => VersionId)).toEqual(['v6', 'v5', 'v4', 'v3', 'v2']);
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
    expect(PolicyVersion).toMatchObject({ IsDefaultVersion: true });
    expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toBe(allowing('ec2:*'));
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject(
      refusal('DeleteConflict', 409, /more than one version/),
    );
  });

  test('must have a unique name and follow the grammar', async () => {
    await make();
    await expect(make()).rejects.toMatchObject(refusal('EntityAlreadyExists', 409));
    const broken: readonly (readonly [document: string, words: RegExp])[] = [
      ['{', /invalid Json/],
      [allowing('everything'), /prefaced by a vendor/],
      [allowing('s3:*', 'Maybe'), /Effect/],
      [trusting(automation), /prohibited field Principal/],
      [JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*' }] }), /Resource/],
      [JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: 'bucket' }] }), /ARN format/],
      [
        JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', Condition: { Resembles: {} } }] }),
        /Condition type/,
      ],
    ];
    for (const [PolicyDocument, words] of broken) {
      const other = iam.send(new CreatePolicyCommand({ PolicyName: 'Other', PolicyDocument }));
      await expect(other).rejects.toMatchObject(refusal('MalformedPolicyDocument', 400, words));
    }
  });

  test('that AWS keeps is there, and can be attached like one of ours', async () => {
    await make();
    await iam.send(new CreateGroupCommand({ GroupName: 'CTLAdmins' }));
    const GroupName = 'CTLAdmins';
    await iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn: arn }));
    await iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn: arn }));
    const unknown = new AttachGroupPolicyCommand({ GroupName, PolicyArn: 'arn:aws:iam::aws:policy/NoneSuch' });
    await expect(iam.send(unknown)).rejects.toMatchObject(refusal('NoSuchEntity', 404, /not attachable/));
    aws.passes(800);
    const { AttachedPolicies } = await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName }));
    expect(AttachedPolicies).toEqual([{ PolicyName: 'CTLPolicy', PolicyArn: arn }]);
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: arn }));
    expect(Policy).toMatchObject({ AttachmentCount: 1, Description: 'ours', DefaultVersionId: 'v1' });
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    expect((await iam.send(new GetPolicyCommand({ PolicyArn }))).Policy?.PolicyName).toBe('AdministratorAccess');
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
    expect(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? ''))).toMatchObject({
      Statement: [{ Action: ['*'] }],
    });
    const local = await iam.send(new ListPoliciesCommand({ Scope: 'Local' }));
    expect(local.Policies?.map(({ PolicyName }) => PolicyName)).toEqual(['CTLPolicy']);
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn: arn }))).rejects.toMatchObject(
      refusal('DeleteConflict', 409, /attached/),
    );
  });
});

describe('users, groups and the account', () => {
  test('a user is in groups until it is taken out, and is deleted last', async () => {
    const UserName = 'administrator';
    await iam.send(new CreateUserCommand({ UserName, Tags: [{ Key: 'owner', Value: 'us' }] }));
    await iam.send(new CreateGroupCommand({ GroupName: 'CTLAdmins' }));
    const membership = { GroupName: 'CTLAdmins', UserName };
    await iam.send(new AddUserToGroupCommand(membership));
    await iam.send(new AddUserToGroupCommand(membership));
    aws.passes(800);
    const { User } = await iam.send(new GetUserCommand({ UserName }));
    expect(User).toMatchObject({ UserName, Tags: [{ Key: 'owner', Value: 'us' }], Path: '/' });
    expect(User?.PasswordLastUsed).toBeUndefined();
    const { Groups } = await iam.send(new ListGroupsForUserCommand({ UserName }));
    expect(Groups?.map(({ GroupName }) => GroupName)).toEqual(['CTLAdmins']);
    const { Users } = await iam.send(new GetGroupCommand({ GroupName: 'CTLAdmins' }));
    expect(Users?.map((user) => user.UserName)).toEqual([UserName]);
    const remove = () => iam.send(new DeleteUserCommand({ UserName }));
    await expect(remove()).rejects.toMatchObject(refusal('DeleteConflict', 409, /from group/));
    await iam.send(new RemoveUserFromGroupCommand(membership));
    await remove();
    await expect(iam.send(new GetUserCommand({}))).rejects.toMatchObject(refusal('ValidationError', 400, /userName/));
  });

  test('a name that is too long or has strange characters is refused in words', async () => {
    const make = (UserName: string) => iam.send(new CreateUserCommand({ UserName }));
    await expect(make('x'.repeat(65))).rejects.toMatchObject(
      refusal('ValidationError', 400, /less than or equal to 64/),
    );
    await expect(make('a b')).rejects.toMatchObject(refusal('ValidationError', 400, /alphanumeric/));
  });

  test('an alias belongs to one account in the world, and a new one replaces the old', async () => {
    const take = (AccountAlias: string) => iam.send(new CreateAccountAliasCommand({ AccountAlias }));
    await take('acme');
    await expect(take('acme')).rejects.toMatchObject(refusal('EntityAlreadyExists', 409));
    await take('acme-cloud');
    expect((await iam.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual(['acme-cloud']);
  });

  test('what carries a policy is found by kind, path and use', async () => {
    const PolicyArn = 'arn:aws:iam::aws:policy/SecurityAudit';
    await makeRole('ops');
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'ops', PolicyArn }));
    await iam.send(new CreateUserCommand({ UserName: 'someone', Path: '/staff/' }));
    await iam.send(new AttachUserPolicyCommand({ UserName: 'someone', PolicyArn }));
    aws.passes(800);
    const carriers = async (filter: Partial<ListEntitiesForPolicyCommandInput> = {}) => {
      const found = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn, ...filter }));
      return [...(found.PolicyRoles ?? []), ...(found.PolicyUsers ?? [])].map((carrier) => Object.values(carrier)[0]);
    };
    expect(await carriers()).toEqual(['ops', 'someone']);
    expect(await carriers({ EntityFilter: 'User' })).toEqual(['someone']);
    expect(await carriers({ EntityFilter: 'LocalManagedPolicy' })).toEqual([]);
    expect(await carriers({ PathPrefix: '/staff/' })).toEqual(['someone']);
    expect(await carriers({ PolicyUsageFilter: 'PermissionsBoundary' })).toEqual([]);
    const attached = await iam.send(
      new ListAttachedRolePoliciesCommand({ RoleName: 'ops', PathPrefix: '/job-function/' }),
    );
    expect(attached.AttachedPolicies).toEqual([]);
    const { Policies } = await iam.send(new ListPoliciesCommand({ PolicyUsageFilter: 'PermissionsBoundary' }));
    expect(Policies).toEqual([]);
  });

  test('an ARN that is none of a managed policy is refused as such', async () => {
    await makeRole('ops');
    for (const PolicyArn of ['SecurityAudit', 'arn:aws:iam::aws:role/SecurityAudit']) {
      await expect(iam.send(new AttachRolePolicyCommand({ RoleName: 'ops', PolicyArn }))).rejects.toMatchObject(
        refusal('ValidationError', 400),
      );
    }
  });

  test('the summary counts what is there', async () => {
    await iam.send(new CreateUserCommand({ UserName: 'someone' }));
    const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}));
    expect(SummaryMap).toMatchObject({ Users: 1, Groups: 0, AccountMFAEnabled: 0, PolicySizeQuota: 6144 });
    expect(Object.keys(SummaryMap ?? {}).sort()).toEqual(Object.keys(SummaryKeyType).sort());
  });

  test('a virtual device gives its secret once and is a user’s only after two codes', async () => {
    const UserName = 'someone';
    await iam.send(new CreateUserCommand({ UserName }));
    const { VirtualMFADevice } = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone' }));
    const seed = new TextDecoder().decode(VirtualMFADevice?.Base32StringSeed);
    expect(seed).toMatch(/^[A-Z2-7]{64}$/);
    const picture = pixelsOf(Buffer.from(VirtualMFADevice?.QRCodePNG ?? []));
    expect(decodeQR(picture)).toBe(`otpauth://totp/phone@${account}?secret=${seed}`);
    const SerialNumber = VirtualMFADevice?.SerialNumber ?? '';
    const step = Math.floor(aws.now / 30_000);
    const enable = (first: number, second: number) => {
      const [AuthenticationCode1, AuthenticationCode2] = [codeAt(seed, first), codeAt(seed, second)];
      const command = { UserName, SerialNumber, AuthenticationCode1, AuthenticationCode2 };
      return iam.send(new EnableMFADeviceCommand(command));
    };
    await expect(enable(step, step)).rejects.toMatchObject(refusal('InvalidAuthenticationCode', 403));
    await enable(step - 1, step);
    const { MFADevices } = await iam.send(new ListMFADevicesCommand({ UserName }));
    expect(MFADevices).toEqual([{ UserName, SerialNumber, EnableDate: new Date(aws.now) }]);
    const remove = () => iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }));
    await expect(remove()).rejects.toMatchObject(refusal('DeleteConflict', 409));
    await iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }));
    await remove();
    expect((await iam.send(new ListMFADevicesCommand({ UserName }))).MFADevices).toEqual([]);
  });

  test('codes are those of RFC 6238', () => {
    const seed = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    const codes = [59, 1111111109, 1234567890, 2000000000].map((seconds) => codeAt(seed, Math.floor(seconds / 30)));
    expect(codes).toEqual(['287082', '081804', '005924', '279037']);
  });
});
