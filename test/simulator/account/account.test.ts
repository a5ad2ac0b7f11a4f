/** The simulated Account Management and what hangs on it, asked by the SDK's own clients under a clock of the test. */
import {
  AccountClient,
  DeleteAlternateContactCommand,
  DisableRegionCommand,
  EnableRegionCommand,
  GetAlternateContactCommand,
  GetRegionOptStatusCommand,
  PutAlternateContactCommand,
} from '@aws-sdk/client-account';
import { ConfigServiceClient, DescribeConfigurationRecordersCommand } from '@aws-sdk/client-config-service';
import { EC2Client, GetEbsEncryptionByDefaultCommand } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { SimulatedAws } from '../../support/simulated-payer.js';

let aws: SimulatedAws;
beforeEach(() => {
  aws = new SimulatedAws({ enableRegionMs: 60_000 });
});
afterEach(() => aws.close());

const account = () => new AccountClient(aws.as());
const optStatus = async (RegionName: string) =>
  (await account().send(new GetRegionOptStatusCommand({ RegionName }))).RegionOptStatus;
const contact = {
  AlternateContactType: 'SECURITY',
  Name: 'Security desk',
  Title: 'Desk',
  EmailAddress: 'security@reseller.example',
  PhoneNumber: '+1 555 0100',
} as const;

test('a contact is put whole, read and taken away', async () => {
  const get = () => account().send(new GetAlternateContactCommand({ AlternateContactType: 'SECURITY' }));
  await expect(get()).rejects.toMatchObject({ name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } });
  await account().send(new PutAlternateContactCommand(contact));
  expect((await get()).AlternateContact).toEqual(contact);
  await account().send(new DeleteAlternateContactCommand({ AlternateContactType: 'SECURITY' }));
  await expect(get()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test.each([
  ['PhoneNumber', { PhoneNumber: 'none' }],
  ['EmailAddress', { EmailAddress: 'nobody' }],
  ['Title', { Title: '' }],
])('a contact with a wrong %s is refused', async (_member, wrong) => {
  await expect(account().send(new PutAlternateContactCommand({ ...contact, ...wrong }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

test('a region that AWS leaves disabled serves the account once it was enabled, which takes its time', async () => {
  const recorders = () =>
    new ConfigServiceClient(aws.as(undefined, 'eu-south-1')).send(new DescribeConfigurationRecordersCommand({}));
  expect([await optStatus('eu-south-1'), await optStatus('eu-west-1')]).toEqual(['DISABLED', 'ENABLED_BY_DEFAULT']);
  await expect(recorders()).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  await account().send(new EnableRegionCommand({ RegionName: 'eu-south-1' }));
  expect(await optStatus('eu-south-1')).toBe('ENABLING');
  await expect(account().send(new EnableRegionCommand({ RegionName: 'eu-south-1' }))).rejects.toMatchObject({
    name: 'ConflictException',
  });
  aws.passes(60_000);
  expect(await optStatus('eu-south-1')).toBe('ENABLED');
  expect((await recorders()).ConfigurationRecorders).toEqual([]);
  await account().send(new DisableRegionCommand({ RegionName: 'eu-south-1' }));
  const volumes = new EC2Client(aws.as(undefined, 'eu-south-1')).send(new GetEbsEncryptionByDefaultCommand({}));
  await expect(volumes).rejects.toMatchObject({ name: 'AuthFailure', $metadata: { httpStatusCode: 401 } });
});

test('a region that is enabled by default stays so, and one that AWS does not have is not known', async () => {
  await expect(account().send(new DisableRegionCommand({ RegionName: 'us-east-1' }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
  await expect(optStatus('xx-nowhere-1')).rejects.toMatchObject({ name: 'ValidationException' });
});
