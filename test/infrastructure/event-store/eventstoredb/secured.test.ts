/**
 * TLS and the rights of users, which no small server has. It is asked of a real server where `EVENTSTOREDB_SECURED_URL` names one
 * with an administrator and the file of its authority: `esdb://admin:PASSWORD@localhost:2113?tlsCaFile=FILE`. Its users, the rights to
 * its whole log and what any user may do by default are changed.
 */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { EventStoreDBClient } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type EventStoreDbEventStore,
  openEventStoreDb,
} from '../../../../src/infrastructure/event-store/eventstoredb/eventstoredb-event-store.js';
import { leaseTimes } from '../../../../src/infrastructure/event-store/lease.js';
import { drafts } from '../../../support/events.js';
import { restOf } from '../../../support/following.js';

const secured = process.env.EVENTSTOREDB_SECURED_URL;
const server = new URL(secured ?? 'esdb://localhost:2113');
const authority = server.searchParams.get('tlsCaFile') ?? '';
const administrator = `${server.username}:${server.password}`;
const [user, password] = [`user${randomBytes(4).toString('hex')}`, randomBytes(12).toString('hex')];
const prefix = `s${randomBytes(5).toString('hex')}`;
const patience = { callMs: 3_000, boundMs: 6_000, startMs: 6_000 };
const ofUser = `${user}:${password}`;

const addressOf = (who: string, scheme = 'esdb', file = `?tlsCaFile=${authority}`): string =>
  `${scheme}://${who}@${server.host}${file}`;

const opened: EventStoreDbEventStore[] = [];
async function open(address: string, under = prefix): Promise<EventStoreDbEventStore> {
  const store = await openEventStoreDb({ address, prefix: under, patience });
  opened.push(store);
  return store;
}

async function makeUser(): Promise<void> {
  const asked = request({
    ...{ host: server.hostname, port: server.port, path: '/users', method: 'POST', auth: administrator },
    ...{ ca: readFileSync(authority), headers: { 'content-type': 'application/json' } },
  });
  asked.end(JSON.stringify({ loginName: user, fullName: user, password, groups: [] }));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.resume();
  expect(answer.statusCode).toBe(201);
}

/** As an administrator runs it. */
const giveRights = (): string =>
  execFileSync('bash', ['deploy/eventstoredb/rights.sh'], {
    encoding: 'utf8',
    env: {
      ...{ PATH: process.env.PATH, CURL_CA_BUNDLE: authority, ES: `https://${server.host}` },
      ...{ ADMIN: administrator, SERVICE_USER: user, PREFIX: prefix },
    },
  });

if (!secured) process.stderr.write('EVENTSTOREDB_SECURED_URL is not set: TLS and rights were not tested.\n');

(secured ? describe : describe.skip)('on a server with TLS and users', () => {
  beforeAll(makeUser);
  afterAll(async () => {
    for (const store of opened) await store.close();
  });

  test.each([
    ['an authority that is not known', addressOf(ofUser, 'esdb', ''), /certificate that is not trusted here/],
    ['a wrong password', addressOf(`${user}:wrong`), /does not know this user, or not by this password/],
    ['no right to read the whole log', addressOf(ofUser), /does not let this user read \$all/],
    ['no TLS', addressOf(ofUser, 'esdb', '?tls=false'), /does not answer/],
  ])(
    'the start says in one sentence: %s',
    async (_, address, words) => {
      await expect(open(address)).rejects.toThrow(words);
      await expect(open(address)).rejects.not.toThrow(password);
    },
    60_000,
  );

  test('an administrator may do all, and is told that renewals of the lease are kept for ever', async () => {
    const store = await open(addressOf(administrator, 'esdb+discover'), `${prefix}a`);
    expect(await store.keepsRenewals()).toBe(true);
  });

  test('after the script the user of the service reads, appends and follows, and may repeat it', async () => {
    expect(giveRights()).toContain('as they should be');
    giveRights();
    const store = await open(addressOf(ofUser, 'esdb+discover'));
    expect(await store.keepsRenewals()).toBe(false);
    const recorded = await store.append('provider-1', -1, drafts('a', 'b'));
    expect(await store.read('provider-1')).toEqual(recorded);
    expect(await restOf(store)).toEqual(recorded);
    const lease = await store.lease(() => undefined, leaseTimes(6));
    await lease.close();
  });

  test('it may neither delete a stream nor change what may be done with one', async () => {
    const client = EventStoreDBClient.connectionString(addressOf(ofUser));
    const stream = `${prefix}-provider-1`;
    const denied = { type: 'access-denied' };
    await expect(client.deleteStream(stream)).rejects.toMatchObject(denied);
    await expect(client.tombstoneStream(stream)).rejects.toMatchObject(denied);
    await expect(client.setStreamMetadata(stream, { maxCount: 1 })).rejects.toMatchObject(denied);
    await client.dispose();
    expect(await opened.at(-1)?.read('provider-1')).toHaveLength(2);
  });
});
