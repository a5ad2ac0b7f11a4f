/** Service-linked roles and paths of users at the simulated IAM, asked by the SDK's own clients. */
import {
  ConfigServiceClient,
  DeleteConfigurationRecorderCommand,
  PutConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import {
  CreateServiceLinkedRoleCommand,
  CreateUserCommand,
  DeleteServiceLinkedRoleCommand,
  GetRoleCommand,
  GetServiceLinkedRoleDeletionStatusCommand,
  GetUserCommand,
  IAMClient,
  UpdateUserCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { SimulatedAws } from '../../support/simulated-payer.js';

let aws: SimulatedAws;
let iam: IAMClient;
beforeEach(() => {
  aws = new SimulatedAws();
  iam = new IAMClient(aws.as());
});
afterEach(() => aws.close());

const RoleName = 'AWSServiceRoleForConfig';
const deletion = async () => {
  const { DeletionTaskId } = await iam.send(new DeleteServiceLinkedRoleCommand({ RoleName }));
  return iam.send(new GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId }));
};

test('the role of AWS Config is deleted once no recorder uses it any more', async () => {
  const config = new ConfigServiceClient(aws.as());
  const { Role } = await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'config.amazonaws.com' }));
  const ConfigurationRecorder = { name: 'default', roleARN: Role?.Arn };
  await config.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder }));
  expect(await deletion()).toMatchObject({
    Status: 'FAILED',
    Reason: { RoleUsageList: [{ Region: 'us-east-1', Resources: [expect.stringContaining(':config:us-east-1:')] }] },
  });
  expect((await iam.send(new GetRoleCommand({ RoleName }))).Role).toBeDefined();
  await config.send(new DeleteConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
  expect(await deletion()).toMatchObject({ Status: 'SUCCEEDED' });
  await expect(iam.send(new GetRoleCommand({ RoleName }))).rejects.toThrow('cannot be found');
  await expect(deletion()).rejects.toThrow('cannot be found');
});

test('a user is moved to another path with another ARN, and renamed by nobody', async () => {
  await iam.send(new CreateUserCommand({ UserName: 'bob' }));
  await iam.send(new UpdateUserCommand({ UserName: 'bob', NewPath: '/division/' }));
  const moved = { Path: '/division/', Arn: expect.stringMatching(/:user\/division\/bob$/) };
  expect((await iam.send(new GetUserCommand({ UserName: 'bob' }))).User).toMatchObject(moved);
  await iam.send(new UpdateUserCommand({ UserName: 'bob' }));
  expect((await iam.send(new GetUserCommand({ UserName: 'bob' }))).User).toMatchObject(moved);
  await expect(iam.send(new UpdateUserCommand({ UserName: 'bob', NewPath: 'division' }))).rejects.toThrow('path');
  await expect(iam.send(new UpdateUserCommand({ UserName: 'bob', NewUserName: 'eve' }))).rejects.toThrow('NewUserName');
});
