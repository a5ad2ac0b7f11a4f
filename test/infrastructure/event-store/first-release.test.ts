/** A log that the first release wrote, with all it had to tell, means today what it meant then. */
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { flawOf } from '../../../src/application/streams/quarantined.js';
import type { DemoPerson } from '../../../src/infrastructure/identity/demo/people.js';
import { type Api, startApi } from '../../support/api.js';
import { restOf } from '../../support/following.js';
import { key } from '../../support/people.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const folder = fileURLToPath(new URL('../../fixtures/log-of-first-release/', import.meta.url));

/** What was asked then with an Idempotency-Key, and what it was answered. */
interface Retry {
  readonly who: DemoPerson;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly key: string;
  readonly status: number;
  readonly position: string;
}

const retries = JSON.parse(readFileSync(join(folder, 'retries.json'), 'utf8')) as readonly Retry[];

let api: Api;

beforeAll(async () => {
  api = await startApi({}, undefined, { events: join(folder, 'events.db') });
});
afterAll(() => api.close());

const providers = ['active', 'accepted', 'creating', 'requested', 'refused', 'withdrawn'];

test('every stream can be read and folded', async () => {
  const all = await restOf(api.store);
  expect(all).toHaveLength(110);
  const streams = [...new Set(all.map(({ stream }) => stream))];
  const kinds = new Set(streams.map((stream) => stream.slice(0, stream.indexOf('-'))));
  expect(kinds).toEqual(new Set(['organization', 'provider', 'allowance', 'access', 'payer', 'quarantine']));
  for (const stream of streams) expect([stream, await flawOf(api.store, stream)]).toEqual([stream, undefined]);
});

test('every read model is filled, and tells each stage that there was', async () => {
  expect(await api.readModels.waitFor(api.store.head() ?? '', 60_000)).toBe(true);
  expect(api.readModels.health().filter(({ stopped }) => stopped !== undefined)).toEqual([]);
  const ids = new Set((await restOf(api.store)).flatMap(({ stream }) => /^provider-(.*)$/.exec(stream)?.[1] ?? []));
  const stages = [...ids].map((id) => api.readModels.provider(id)?.provider.stage);
  expect(new Set(stages.filter((stage) => stage !== undefined))).toEqual(new Set(providers));
});

test('every event is chained to the one before it by what is stored', () => {
  const copy = join(temporaryFolder(), 'events.db');
  copyFileSync(join(folder, 'events.db'), copy);
  const db = new DatabaseSync(copy, { readOnly: true });
  const rows = db
    .prepare(
      `SELECT name AS stream, revision, lower(hex(event_id)) AS id, type, data, metadata,
         lower(hex(previous_hash)) AS previous, lower(hex(hash)) AS hash
       FROM events JOIN streams ON streams.id = events.stream ORDER BY position`,
    )
    .all() as unknown as readonly Row[];
  db.close();
  const last = new Map<string, string>();
  for (const row of rows) {
    expect(row.previous).toBe(last.get(row.stream) ?? '0'.repeat(64));
    expect(row.hash).toBe(netstringHash(row));
    last.set(row.stream, row.hash);
  }
});

interface Row {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  readonly previous: string;
  readonly hash: string;
}

/** Computed here once more, from nothing but what is stored. */
function netstringHash({ stream, revision, id, type, previous, data, metadata }: Row): string {
  const uuid = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const sha = createHash('sha256');
  for (const part of [stream, `${revision}`, uuid, type, previous, data, metadata]) {
    const bytes = Buffer.from(part as string);
    sha.update(`${bytes.length}:`).update(bytes).update(',');
  }
  return sha.digest('hex');
}

test.each(retries.map((retry) => [retry.key, retry] as const))(
  'the command with the key %s is a repeat, also where its words come in the other form of Unicode now',
  async (_, { who, method, path, body, key: sent, status, position }) => {
    const before = api.store.head();
    const forms = [body, JSON.parse(JSON.stringify(body ?? null).normalize('NFC')) ?? undefined];
    for (const form of forms) {
      const answer = await api.call(who, method, path, {
        ...(form === undefined ? {} : { body: form }),
        headers: key(sent),
      });
      expect([answer.status, answer.body.position]).toEqual([status, position]);
    }
    expect(api.store.head()).toBe(before);
  },
);

test('a key of then with another body is still noticed', async () => {
  const [rename] = retries.filter(({ key: sent }) => sent === 'rename-1');
  if (!rename) throw new Error('the fixture lacks the rename');
  const answer = await api.call(rename.who, rename.method, rename.path, {
    body: { name: 'Other' },
    headers: key('rename-1'),
  });
  expect([answer.status, answer.body.type]).toEqual([422, 'urn:partner-cloud:problem:idempotency-key-reused']);
});
