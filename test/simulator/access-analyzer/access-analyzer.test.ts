/** The simulated Access Analyzer, asked by the SDK's own client. */
import {
  AccessAnalyzerClient,
  CreateAnalyzerCommand,
  DeleteAnalyzerCommand,
  GetAnalyzerCommand,
  ListAnalyzersCommand,
} from '@aws-sdk/client-accessanalyzer';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { SimulatedAws } from '../../support/simulated-payer.js';

let aws: SimulatedAws;
beforeEach(() => {
  aws = new SimulatedAws();
});
afterEach(() => aws.close());

const client = (region = 'eu-west-1') => new AccessAnalyzerClient(aws.as(undefined, region));
const create = (analyzerName: string, region?: string) =>
  client(region).send(new CreateAnalyzerCommand({ analyzerName, type: 'ACCOUNT' }));

test('a region of an account has one analyzer, which is listed, read and deleted there', async () => {
  expect((await client().send(new ListAnalyzersCommand({ type: 'ACCOUNT' }))).analyzers).toEqual([]);
  const { arn } = await create('ours');
  expect((await client().send(new ListAnalyzersCommand({}))).analyzers).toMatchObject([
    { arn, name: 'ours', type: 'ACCOUNT', status: 'ACTIVE', createdAt: new Date(aws.now) },
  ]);
  expect((await client('us-east-1').send(new ListAnalyzersCommand({}))).analyzers).toEqual([]);
  await expect(create('ours')).rejects.toMatchObject({ name: 'ConflictException', $metadata: { httpStatusCode: 409 } });
  await expect(create('theirs')).rejects.toMatchObject({ name: 'ServiceQuotaExceededException' });
  await client().send(new DeleteAnalyzerCommand({ analyzerName: 'ours' }));
  await expect(client().send(new GetAnalyzerCommand({ analyzerName: 'ours' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});
