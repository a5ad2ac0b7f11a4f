/** The simulated block of public access for a whole account, asked by the SDK's own client. */
import {
  DeletePublicAccessBlockCommand,
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { SimulatedAws } from '../../support/simulated-payer.js';

const AccountId = '210987654321';
const everything = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
let aws: SimulatedAws;
beforeEach(() => {
  aws = new SimulatedAws();
});
afterEach(() => aws.close());

const client = () => new S3ControlClient(aws.as());
const block = async () =>
  (await client().send(new GetPublicAccessBlockCommand({ AccountId }))).PublicAccessBlockConfiguration;
const put = (PublicAccessBlockConfiguration: Partial<typeof everything>) =>
  client().send(new PutPublicAccessBlockCommand({ AccountId, PublicAccessBlockConfiguration }));

test('an account has none at first; what is put is read until it is deleted', async () => {
  await expect(block()).rejects.toMatchObject({ name: 'NoSuchPublicAccessBlockConfiguration' });
  await put({ BlockPublicAcls: true });
  expect(await block()).toEqual({
    ...{ BlockPublicAcls: true, IgnorePublicAcls: false },
    ...{ BlockPublicPolicy: false, RestrictPublicBuckets: false },
  });
  await client().send(new DeletePublicAccessBlockCommand({ AccountId }));
  await expect(block()).rejects.toMatchObject({ name: 'NoSuchPublicAccessBlockConfiguration' });
});

test('an account asks about itself alone', async () => {
  const other = client().send(new GetPublicAccessBlockCommand({ AccountId: '111122223333' }));
  await expect(other).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
});

test('a policy of the organization shows in what is read and refuses what would change it', async () => {
  const managed = (blocked: boolean) =>
    aws.ask('PUT', '/_simulator/organization-blocks', { body: JSON.stringify({ account: AccountId, blocked }) }).status;
  expect(managed(true)).toBe(200);
  expect(await block()).toEqual(everything);
  await expect(put(everything)).rejects.toMatchObject({ name: 'AccessDenied' });
  expect(managed(false)).toBe(200);
  await expect(block()).rejects.toMatchObject({ name: 'NoSuchPublicAccessBlockConfiguration' });
});
