/** What is on record of who used credentials: opened when AWS opened it, refused when it refused, and counted over months. */
import { join } from 'node:path';
import { CloseAccountCommand } from '@aws-sdk/client-organizations';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  OpenCommandLineSession,
  OpenCommandLineSessionHandler,
  OpenConsoleSession,
  OpenConsoleSessionHandler,
} from '../../../src/application/commands/open-session.js';
import { RevealCredentials, RevealCredentialsHandler } from '../../../src/application/commands/reveal-credentials.js';
import type { Dependencies } from '../../../src/application/dependencies.js';
import { accesses, accessId, providers, streamOf } from '../../../src/application/streams/aggregates.js';
import { openStreams } from '../../../src/application/streams/streams.js';
import type { AccessEvent } from '../../../src/domain/access.js';
import { openAccountStates } from '../../../src/infrastructure/aws/calls/account-state.js';
import { openAccountSessions } from '../../../src/infrastructure/aws/credentials/account-sessions.js';
import {
  openSqliteEventStore,
  type SqliteEventStore,
} from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { type Api, startApi } from '../../support/api.js';
import { type Aws, makeAccount, makeHardenedAccount, startAws } from '../../support/aws.js';
import { draft } from '../../support/events.js';
import * as s from '../../support/story.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

let aws: Aws;
let api: Api;
let store: SqliteEventStore;
let now: number;

beforeEach(async () => {
  now = Date.parse('2026-11-30T23:30:00.000Z');
  aws = await startAws();
  api = await startApi();
  store = openSqliteEventStore({ file: join(temporaryFolder(), 'log.db') });
});
afterEach(async () => {
  await store.close();
  await api.close();
  await aws.close();
});

const perHour = 2;
const caller = { actor: 'test#1', subject: 'u-1', organization: 'acme', roles: ['administrator' as const] };
const by = { caller, key: undefined };
const isoAt = (ms: number): string => new Date(ms).toISOString();

/** A process of its own on the log and on the simulated AWS, with a provider that is active with this account. */
function service(accountId: string) {
  const clock = { now: () => now, wait: async () => undefined };
  const streams = openStreams(store, clock, () => undefined);
  const limits = {
    ...api.dependencies.settings.limits,
    revealsPerHour: perHour,
    consoleSessionsPerHour: perHour,
    commandLineSessionsPerHour: perHour,
    revealsPerHourOfAll: 100,
    sessionsPerHourOfAll: 100,
  };
  const on: Dependencies = {
    ...api.dependencies,
    ...{ store, streams, clock, vault: aws.vault },
    settings: { ...api.dependencies.settings, limits },
    accountSessions: openAccountSessions(aws),
    accountStates: openAccountStates((payerId) => aws.access.payer(payerId).organizations),
  };
  const consoles = new OpenConsoleSessionHandler(on);
  const commandLines = new OpenCommandLineSessionHandler(on);
  const reveals = new RevealCredentialsHandler(on);
  return {
    open: () => consoles.execute(new OpenConsoleSession('p1', 'read-only', by)),
    keysFor: (person: string) => {
      const sender = { ...by, caller: { ...caller, actor: `test#${person}`, subject: person } };
      return commandLines.execute(new OpenCommandLineSession('p1', 'administrator', sender));
    },
    reveal: () => reveals.execute(new RevealCredentials('p1', by)),
    async begin(): Promise<void> {
      const story = s.active.map((event) => (event.type === 'AccountCreated' ? { ...event, accountId } : event));
      const credentials = {
        ...s.credentialsIssued(),
        expiresAt: '2027-01-01T00:00:00.000Z',
        secret: 'credentials/p1#1',
      };
      await aws.vault.putIfAbsent('credentials/p1', 1, 'Correct-Horse-9-Battery');
      const events = [...story.slice(0, -1), credentials];
      await store.append(
        streamOf(providers, 'p1'),
        -1,
        events.map((event) => draft(event, { at: now })),
      );
    },
  };
}

async function begun(accountId: string) {
  const process = service(accountId);
  await process.begin();
  return process;
}

const recorded = async (id = accessId('p1', isoAt(now))): Promise<readonly AccessEvent[]> =>
  (await store.read(streamOf(accesses, id))).map(({ event }) => event as AccessEvent);

const opened = () => ({ type: 'ConsoleSessionOpened', role: 'read-only', at: isoAt(now) });
const notOpened = () => ({
  type: 'AccessRefused',
  what: 'console-session',
  reason: 'not-opened',
  role: 'read-only',
  at: isoAt(now),
});
const limited = (what = 'console-session') => ({
  ...{ type: 'AccessRefused', what, reason: 'rate-limit', role: 'read-only', at: isoAt(now) },
});

test('a session that AWS refuses is on record as refused, and uses up none of the sessions', async () => {
  const { accountId } = await makeHardenedAccount(aws);
  const { open } = await begun(accountId);
  await aws.control.inject({
    kind: 'error',
    service: 'sts',
    operation: 'AssumeRole',
    code: 'AccessDenied',
    status: 403,
  });
  await expect(open()).rejects.toThrow(/does not let us into the account/);
  const expected: unknown[] = [notOpened()];
  expect(await recorded()).toEqual(expected);
  for (let n = 0; n < perHour; n++) {
    const { url, position } = await open();
    expected.push(opened());
    expect([url, position]).toEqual([expect.stringContaining('SigninToken='), store.head()]);
  }
  await expect(open()).rejects.toMatchObject({ code: 'rate-limited' });
  expect(await recorded()).toEqual([...expected, limited()]);
});

test('who is refused by AWS again and again is held up, and AWS is asked no more', async () => {
  const { accountId } = await makeAccount(aws);
  const { open } = await begun(accountId);
  for (let n = 0; n < perHour; n++) await expect(open()).rejects.toThrow(/does not let us into the account/);
  const asked = (await aws.control.calls({ operation: 'AssumeRole' })).length;
  await expect(open()).rejects.toMatchObject({
    code: 'rate-limited',
    words: expect.stringMatching(/^AWS did not open/),
  });
  await expect(open()).rejects.toMatchObject({ code: 'rate-limited' });
  expect((await aws.control.calls({ operation: 'AssumeRole' })).length).toBe(asked);
  expect(await recorded()).toEqual([notOpened(), notOpened(), limited()]);
});

test('many at once open no more than the hour allows, in two processes too', async () => {
  const { accountId } = await makeHardenedAccount(aws);
  const [one, two] = [await begun(accountId), service(accountId)];
  const outcomes = await Promise.allSettled([one, two, one, two, one, two].map(({ open }) => open()));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(perHour);
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'rate-limited' });
  const facts = await recorded();
  expect(facts.filter(({ type }) => type === 'ConsoleSessionOpened')).toHaveLength(perHour);
});

test('keys for the command line are counted for each person, in two processes too, and name the person at AWS', async () => {
  const { accountId } = await makeHardenedAccount(aws);
  const [one, two] = [await begun(accountId), service(accountId)];
  const given = await Promise.allSettled([one, two, one, two].map(({ keysFor }) => keysFor('ann')));
  expect(given.filter(({ status }) => status === 'fulfilled')).toHaveLength(perHour);
  await one.open();
  const { keys, position } = await two.keysFor('bob');
  expect([position, keys.sessionToken.length > 0]).toEqual([store.head(), true]);
  const [assumed] = (await aws.control.calls({ operation: 'AssumeRole' })).slice(-1);
  expect(assumed?.input).toMatchObject({ RoleSessionName: 'bob', SourceIdentity: 'bob' });
  const facts = (await recorded()).map(({ type }) => type).filter((type) => type !== 'AccessRefused');
  expect(facts.sort()).toEqual([...Array(perHour + 1).fill('CommandLineSessionOpened'), 'ConsoleSessionOpened']);
});

test('the hour of a limit spans the streams of two months', async () => {
  const { reveal } = await begun('123456789012');
  await reveal();
  now = Date.parse('2026-12-01T00:10:00.000Z');
  await reveal();
  await expect(reveal()).rejects.toMatchObject({ code: 'rate-limited', details: { retryAfterSeconds: 20 * 60 } });
  expect((await recorded()).map(({ type }) => type)).toEqual(['CredentialsRevealed', 'AccessRefused']);
  expect((await recorded('p1-2026-11')).map(({ type }) => type)).toEqual(['CredentialsRevealed']);
  now = Date.parse('2026-12-01T00:31:00.000Z');
  await reveal();
});

test('uses from before they were kept by month count, and nothing is added to them', async () => {
  const { reveal } = await begun('123456789012');
  const before = [70, 30, 20].map((minutes) => isoAt(now - minutes * 60_000));
  const uses = before.map((at) =>
    draft({ type: 'CredentialsRevealed', generation: 1, at }, { at: Date.parse(at), actor: caller.actor }),
  );
  await store.append(streamOf(accesses, 'p1'), -1, uses);
  await expect(reveal()).rejects.toMatchObject({ code: 'rate-limited', details: { retryAfterSeconds: 30 * 60 } });
  now += 31 * 60_000;
  await reveal();
  expect(await recorded('p1')).toHaveLength(uses.length);
});

const states = async () =>
  (await store.read(streamOf(providers, 'p1'))).flatMap(({ event }) =>
    event.type === 'AccountStateObserved' ? [event.state] : [],
  );

test('nothing is handed out for an account that is closed or suspended, which goes on record, until it lives again', async () => {
  const { accountId } = await makeHardenedAccount(aws);
  const { open, reveal } = await begun(accountId);
  await aws.access.payer('payer-1').organizations.send(new CloseAccountCommand({ AccountId: accountId }));
  await expect(reveal()).rejects.toThrow(/account is (being )?closed/);
  await expect(open()).rejects.toThrow(/account is (being )?closed/);
  expect(await recorded()).toEqual([]);
  await aws.control.setAccountState(accountId, 'ACTIVE');
  await aws.control.setAccountState(accountId, 'SUSPENDED');
  await expect(reveal()).rejects.toMatchObject({ words: expect.stringContaining('AWS has suspended the account') });
  await aws.control.setAccountState(accountId, 'ACTIVE');
  expect(await reveal()).toMatchObject({ temporaryPassword: 'Correct-Horse-9-Battery' });
  const seen = await states();
  expect(seen.slice(-2)).toEqual(['SUSPENDED', 'ACTIVE']);
  expect(['CLOSED', 'PENDING_CLOSURE']).toContain(seen[0]);
});

test('what is on record counts where AWS does not say how the account stands', async () => {
  const { accountId } = await makeHardenedAccount(aws);
  const { reveal } = await begun(accountId);
  await store.append(streamOf(providers, 'p1'), s.active.length - 1, [
    draft({ type: 'AccountStateObserved', state: 'SUSPENDED' }, { at: now }),
  ]);
  const away = { kind: 'error', service: 'organizations', operation: 'DescribeAccount', status: 503 } as const;
  await aws.control.inject({ ...away, code: 'ServiceUnavailable', times: 99 });
  await expect(reveal()).rejects.toThrow('AWS has suspended the account');
});
