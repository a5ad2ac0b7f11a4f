/** Notices to people, by topics of the simulated SNS: who is told of what, and nobody of what concerns others. */
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openNoticeAttempts } from '../../src/application/webhooks/notices/notice-attempts.js';
import type { ProviderEvent } from '../../src/domain/provider/events.js';
import { openNotices } from '../../src/infrastructure/aws/notices/sns-notices.js';
import { type Api, startApi } from '../support/api.js';
import { openDelivering } from '../support/delivering.js';
import { acceptTerms, issue, record, register, request } from '../support/people.js';
import { type RunningSimulator, startSimulator } from '../support/simulator.js';
import { active } from '../support/story.js';
import { until } from '../support/waiting.js';

let api: Api;
let aws: RunningSimulator;
const credentials = { accessKeyId: 'ASIASIMULATOR00000001', secretAccessKey: 'simulator-secret' };
const clients: SNSClient[] = [];

function clientIn(region: string): SNSClient {
  const client = new SNSClient({ region, endpoint: aws.url, credentials });
  clients.push(client);
  return client;
}

beforeAll(async () => {
  [api, aws] = await Promise.all([startApi(), startSimulator()]);
  await register(api);
  await register(api, 'globex');
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await Promise.all([api.close(), aws.close()]);
});

interface Published {
  readonly TopicArn: string;
  readonly Subject: string;
  readonly Message: string;
}

const published = async (): Promise<readonly Published[]> => {
  const answer = await fetch(`${aws.url}/_simulator/calls?service=sns&operation=Publish`);
  return ((await answer.json()) as { input: Published }[]).map(({ input }) => input);
};

const halted = (whoMustAct: 'customer' | 'operator', words: string) =>
  ({ type: 'ProvisioningHalted', step: 'CreateAccount', reason: 'test', whoMustAct, words }) as const;

test('administrators are told of ready and of halts that wait for them, operators of those that wait for them', async () => {
  const topicOf = async (Name: string) =>
    String((await clientIn('eu-west-1').send(new CreateTopicCommand({ Name }))).TopicArn);
  const [acme, operators] = [await topicOf('acme'), await topicOf('operators')];
  const topics = [
    { organization: undefined, topic: operators },
    { organization: 'acme', topic: acme },
  ];
  const on = openDelivering(api);
  const sender = openNotices(clientIn);
  const running = on.start({ topics, attempt: openNoticeAttempts({ ...api.dependencies, sender }) });
  await until(
    async () => running.figures().delivers,
    (delivers) => delivers,
  );
  const [ready, waiting, stuck] = [
    await request(api, 'ready'),
    await request(api, 'waiting'),
    await request(api, 'stuck'),
  ];
  await acceptTerms(api, ready);
  await issue(api, ready, 'Correct-Horse-9-Battery');
  for (const id of [waiting, stuck]) await acceptTerms(api, id);
  await record(api, waiting, halted('customer', 'A payment method is needed.'));
  await record(api, stuck, halted('operator', 'The payer is full.'));
  const strange = await request(api, 'strange', 'outsider', 'globex');
  await record(api, strange, active[1] as ProviderEvent, halted('customer', 'Of globex alone.'));
  const sent = await until(published, (notices) => notices.length === 3);
  const told = sent.map(({ TopicArn, Subject, Message }) => [TopicArn, Subject, Message.split('\n')[0]]).sort();
  expect(told).toEqual([
    [acme, 'Your AWS account is ready', 'Production: the AWS account can be used.'],
    [acme, 'Your AWS account waits for you', 'Production: A payment method is needed.'],
    [operators, 'A provider has halted and waits for an operator', 'Production of acme: The payer is full.'],
  ]);
  expect(JSON.stringify(sent)).not.toContain('Correct-Horse-9-Battery');
  await running.stop();
  on.close();
});

test('a topic that is not there is told by its error alone', async () => {
  const notice = { subject: 'A', text: 'B' };
  const topic = 'arn:aws:sns:eu-west-1:210987654321:nowhere';
  const sent = await openNotices(clientIn).publish(topic, notice, new AbortController().signal);
  expect(sent).toEqual({ error: 'AWS did not take the notice (NotFound).' });
});
