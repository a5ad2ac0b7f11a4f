/** The simulated defaults of EC2 in a region, asked by the SDK's own client. */
import {
  DisableEbsEncryptionByDefaultCommand,
  DisableSnapshotBlockPublicAccessCommand,
  EC2Client,
  EnableEbsEncryptionByDefaultCommand,
  EnableSnapshotBlockPublicAccessCommand,
  GetEbsEncryptionByDefaultCommand,
  GetInstanceMetadataDefaultsCommand,
  GetSnapshotBlockPublicAccessStateCommand,
  ModifyInstanceMetadataDefaultsCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { SimulatedAws } from '../../support/simulated-payer.js';

let aws: SimulatedAws;
beforeEach(() => {
  aws = new SimulatedAws();
});
afterEach(() => aws.close());

const ec2 = (region = 'eu-west-1') => new EC2Client(aws.as(undefined, region));

test('volumes are encrypted by default where it was switched on, in that region alone', async () => {
  const encrypted = async (region?: string) =>
    (await ec2(region).send(new GetEbsEncryptionByDefaultCommand({}))).EbsEncryptionByDefault;
  expect(await encrypted()).toBe(false);
  expect((await ec2().send(new EnableEbsEncryptionByDefaultCommand({}))).EbsEncryptionByDefault).toBe(true);
  expect([await encrypted(), await encrypted('us-east-1')]).toEqual([true, false]);
  await ec2().send(new DisableEbsEncryptionByDefaultCommand({}));
  expect(await encrypted()).toBe(false);
});

test('what is not named of the metadata defaults keeps its value, and no-preference takes one away', async () => {
  const defaults = async () => (await ec2().send(new GetInstanceMetadataDefaultsCommand({}))).AccountLevel;
  expect(await defaults()).toEqual({ ManagedBy: 'account' });
  const hops = new ModifyInstanceMetadataDefaultsCommand({ HttpTokens: 'required', HttpPutResponseHopLimit: 2 });
  expect((await ec2().send(hops)).Return).toBe(true);
  await ec2().send(new ModifyInstanceMetadataDefaultsCommand({ HttpEndpoint: 'enabled', HttpPutResponseHopLimit: -1 }));
  expect(await defaults()).toEqual({ HttpTokens: 'required', HttpEndpoint: 'enabled', ManagedBy: 'account' });
  await ec2().send(new ModifyInstanceMetadataDefaultsCommand({ HttpTokens: 'no-preference' }));
  expect(await defaults()).toEqual({ HttpEndpoint: 'enabled', ManagedBy: 'account' });
});

test('public sharing of snapshots is blocked and unblocked; an unknown state is refused in EC2`s own form', async () => {
  const state = async () => (await ec2().send(new GetSnapshotBlockPublicAccessStateCommand({}))).State;
  expect(await state()).toBe('unblocked');
  await ec2().send(new EnableSnapshotBlockPublicAccessCommand({ State: 'block-all-sharing' }));
  expect(await state()).toBe('block-all-sharing');
  await ec2().send(new DisableSnapshotBlockPublicAccessCommand({}));
  expect(await state()).toBe('unblocked');
  await expect(ec2().send(new EnableSnapshotBlockPublicAccessCommand({ State: 'unblocked' }))).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    $metadata: { httpStatusCode: 400 },
  });
});
