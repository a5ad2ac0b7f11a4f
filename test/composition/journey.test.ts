import { expect, test } from '@jest/globals';
import type { HistoryEntry } from '../../src/application/history/history.js';
import type { Api } from '../../src/cli/client/api.js';
import { reveal } from '../../src/cli/demo/journey.js';
import type { Reveal, Provider as Status } from '../../src/client/generated/types.gen.js';
import { awsOperations } from '../../src/domain/provider/aws-operations.js';
import { read } from '../support/by-path.js';
import { acceptedProvider, credentialsOf, startRunning } from '../support/service.js';
import { until } from '../support/waiting.js';
import { wholeService } from '../support/whole-service.js';

const whole = wholeService();

const ours = async () => (await whole.aws.control.accounts()).filter(({ email }) => email.startsWith('aws+'));

async function historyOf(api: Api, id: string): Promise<HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  for (let cursor = ''; ; ) {
    const page = await read<{ items: HistoryEntry[]; next?: string }>(
      api,
      `/v1/providers/${id}/history?limit=5${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      await whole.grounds.token('auditor'),
    );
    entries.push(...page.items);
    if (!page.next) return entries;
    cursor = page.next;
  }
}

/** What is owed once the customer can work. */
const afterCredentials = ['RegionDefaults', 'RegionRecorders', 'OptInRegions', 'AccountContacts', 'DefaultRole'];

/** Whatever was asked of AWS that changes something, by service and operation. */
async function changedAtAws(): Promise<readonly string[]> {
  const reads = /^(Get|List|Describe|Head|Simulate|Assume)/;
  const calls = await whole.aws.control.calls();
  const changes = calls.filter(({ service, operation }) => service !== 'signin' && !reads.test(operation));
  return [...new Set(changes.map(({ service, operation }) => `${service}:${operation}`))].sort();
}

const accountIn = ({ loginUrl }: Reveal): string => /\/signin\/(\d{12})\//.exec(loginUrl)?.[1] ?? '';

test('an administrator ends with credentials that sign in, choose a password, and are gone', async () => {
  const { api } = whole.service;
  const id = await acceptedProvider(api, whole.grounds.tokens);
  const status = await credentialsOf(api, whole.grounds.tokens, id);
  expect(status.stage).toBe('active');
  const open = status.steps.filter(({ state }) => state !== 'done').map(({ step }) => step);
  expect(open.filter((step) => !afterCredentials.includes(step))).toEqual([]);

  const revealed = await reveal(api, whole.grounds.tokens, id);
  const who = { account: accountIn(revealed), userName: revealed.userName };
  expect(who.account).toBe(status.account?.id);
  const first = await whole.aws.control.signIn({ ...who, password: revealed.temporaryPassword });
  expect(first.outcome).toBe('new-password-required');
  const newPassword = 'A-password-of-my-own-2026!';
  const chosen = await whole.aws.control.signIn({ ...who, password: revealed.temporaryPassword, newPassword });
  expect(chosen.outcome).toBe('signed-in');

  const look = () =>
    read<Status & { credentials: { state: string } }>(api, `/v1/providers/${id}`, whole.grounds.tokens.administrator);
  await until(look, ({ credentials }) => credentials.state === 'claimed');
  const done = await until(look, ({ steps }) => steps.every(({ state }) => state === 'done'));
  expect(await changedAtAws()).toEqual([...new Set(done.steps.flatMap(({ step }) => awsOperations[step]))].sort());
  await expect(reveal(api, whole.grounds.tokens, id)).rejects.toThrow(/password of their own/);
  const again = await whole.aws.control.signIn({ ...who, password: newPassword });
  expect(again.outcome).toBe('signed-in');
});

test('history holds every fact in order, with actor, time and cause', async () => {
  const { api } = whole.service;
  const id = await acceptedProvider(api, whole.grounds.tokens);
  await credentialsOf(api, whole.grounds.tokens, id);
  await reveal(api, whole.grounds.tokens, id);
  const entries = await until(
    () => historyOf(api, id),
    (found) => found.some(({ type }) => type === 'CredentialsRevealed'),
  );

  const story = [
    'ProviderRequested',
    'TermsAccepted',
    'AccountCreated',
    'PayerLinked',
    'BaselineApplied',
    'CredentialsIssued',
    'CredentialsRevealed',
  ];
  expect(entries.map(({ type }) => type).filter((type) => story.includes(type))).toEqual(story);
  const byPeople = entries.filter(({ role }) => role !== 'saga');
  expect(byPeople.map(({ type }) => type)).toEqual(['ProviderRequested', 'TermsAccepted', 'CredentialsRevealed']);
  expect(new Set(byPeople.map(({ actor }) => actor))).toEqual(
    new Set(['https://demo.partner-cloud.example#u-7f3a91c04be2']),
  );
  const times = entries.map(({ at }) => at);
  expect(times).toEqual([...times].sort());
  for (const { at, causationId } of entries) {
    expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(causationId).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test('a customer never sees the payer, an auditor does', async () => {
  const { api } = whole.service;
  const id = await acceptedProvider(api, whole.grounds.tokens);
  await credentialsOf(api, whole.grounds.tokens, id);
  const asked = async (person: 'administrator' | 'auditor') => {
    const token = await whole.grounds.token(person);
    return JSON.stringify([
      await read(api, `/v1/providers/${id}`, token),
      await read(api, `/v1/providers/${id}/history?limit=100`, token),
    ]);
  };
  expect(await asked('administrator')).not.toMatch(/payer-\d|111122223333|444455556666|ou-pay/);
  expect(await asked('auditor')).toMatch(/payer-\d/);
});

test('a service that is stopped on the way goes on where history stands, with one account', async () => {
  const unanswered = { kind: 'throttle', service: 'organizations', operation: 'DescribeCreateAccountStatus' } as const;
  await whole.aws.control.inject({ ...unanswered, times: 1_000 });
  const id = await acceptedProvider(whole.service.api, whole.grounds.tokens);
  await until(
    () => historyOf(whole.service.api, id),
    (found) => found.some(({ type }) => type === 'AccountCreationRequested'),
  );
  await whole.service.stop();
  await whole.aws.control.withdrawFaults();
  whole.service = await startRunning(whole.grounds);
  const status = await credentialsOf(whole.service.api, whole.grounds.tokens, id);
  expect(status.stage).toBe('active');
  expect(await ours()).toHaveLength(1);
  expect(await whole.aws.control.calls({ operation: 'CreateAccount' })).toHaveLength(1);
});

test('several providers of several organizations are made side by side, each with an account of its own', async () => {
  const { api } = whole.service;
  const names = ['One', 'Two', 'Three', 'Four', 'Five', 'Six'];
  const ids = await Promise.all(names.map((name) => acceptedProvider(api, whole.grounds.tokens, name)));
  const all = await Promise.all(ids.map((id) => credentialsOf(api, whole.grounds.tokens, id)));
  expect(new Set(all.map(({ account }) => account?.id)).size).toBe(names.length);
  expect(await ours()).toHaveLength(names.length);
});
