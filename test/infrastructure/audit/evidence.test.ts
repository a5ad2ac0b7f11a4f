/** The evidence pack, as an auditor takes it away: unpacked, and checked by the verifier in it on whatever Node the machine has. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { accesses } from '../../../src/application/streams/aggregates.js';
import { type Api, startApi } from '../../support/api.js';
import { acceptTerms, register, request } from '../../support/people.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { until } from '../../support/waiting.js';

let api: Api;
let id: string;
let pack: Uint8Array;

async function evidence(query = ''): Promise<{ status: number; bytes: Uint8Array; headers: Headers }> {
  const response = await api.send('auditor', 'GET', `/v1/audit/providers/${id}/evidence${query}`);
  return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()), headers: response.headers };
}

const once = (query = '') =>
  until(
    () => evidence(query),
    ({ status }) => status === 200,
  );

beforeAll(async () => {
  api = await startApi({}, undefined, { headEverySeconds: 1 });
  await register(api);
  id = await request(api, 'evident');
  await acceptTerms(api, id);
  await api.record(accesses, `${id}-2026-11`, {
    type: 'CredentialsRevealed',
    generation: 1,
    at: '2026-11-24T08:00:00.000Z',
  });
  pack = (await once()).bytes;
});
afterAll(() => api.close());

/** Unpacks into a new folder. */
function unpacked(bytes: Uint8Array): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(unzipSync(bytes))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** The machine's own Node where it has one beside the project's. */
const systemNode = ['/usr/bin/node', '/usr/local/bin/node'].find((file) => existsSync(file)) ?? process.execPath;

function verified(folder: string): { code: number; words: string } {
  try {
    const env = { PATH: process.env.PATH ?? '' };
    return {
      code: 0,
      words: execFileSync(systemNode, ['verify.mjs'], { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' }),
    };
  } catch (error) {
    const { status, stderr } = error as { status: number; stderr: string };
    return { code: status, words: stderr };
  }
}

test('verifies with the program in it, and holds what happened', () => {
  const folder = unpacked(pack);
  expect(verified(folder)).toEqual({
    code: 0,
    words: expect.stringMatching(/^OK: 4 facts are as they were recorded, in a log of \d+ facts/),
  });
  const page = readFileSync(join(folder, 'summary.html'), 'utf8');
  for (const words of ['names the reseller&#39;s payer', 'TermsAccepted', 'CredentialsRevealed'].map((each) =>
    each.replace('&#39;', "'"),
  ))
    expect(page).toContain(words);
  expect(Object.keys(unzipSync(pack)).filter((name) => name.startsWith('terms/'))).toEqual([
    'terms/US-aws-2018-07.md',
    'terms/US-reseller-2018-07.md',
  ]);
});

test('is the same, byte for byte, when it is asked for again at the same position, also after the log has grown', async () => {
  const [last] = await api.store.readLast(`access-${id}-2026-11`, 1);
  const at = `?position=${last?.position}`;
  const first = await once(at);
  await api.call('administrator', 'POST', `/v1/providers/${id}/rename`, { body: { name: 'Later' } });
  const again = await once(at);
  expect(Buffer.compare(first.bytes, again.bytes)).toBe(0);
  expect(Buffer.compare(first.bytes, pack)).toBe(0);
  expect(first.headers.get('content-type')).toBe('application/zip');
  expect((await once()).bytes).not.toEqual(pack);
});

const lines = (folder: string): string[] => readFileSync(join(folder, 'events.ndjson'), 'utf8').trim().split('\n');
const write = (folder: string, events: readonly string[]): void =>
  writeFileSync(join(folder, 'events.ndjson'), `${events.join('\n')}\n`);

describe('in a pack somebody', () => {
  test.each<[string, (folder: string) => void, RegExp]>([
    [
      'changed a fact',
      (at) =>
        write(
          at,
          lines(at).map((line) => line.replace('2018-07', '2019-07')),
        ),
      /its hash says so/,
    ],
    [
      'left a fact out',
      (at) =>
        write(
          at,
          lines(at).filter((_, n) => n !== 1),
        ),
      /the fact before it is missing|not what was recorded/,
    ],
    ['left all facts out', (at) => write(at, []), /there is no fact in it/],
    [
      'changed the head',
      (at) =>
        writeFileSync(
          join(at, 'head.checkpoint'),
          readFileSync(join(at, 'head.checkpoint'), 'utf8').replace(/\n(\d+)\n/, '\n999\n'),
        ),
      /not signed by a key/,
    ],
    [
      'changed the terms',
      (at) => writeFileSync(join(at, 'terms', 'US-aws-2018-07.md'), 'Nothing holds.'),
      /not a text that was accepted/,
    ],
    ['took the proofs away', (at) => writeFileSync(join(at, 'proofs.json'), '{}'), /not proven to be in the log/],
  ])('%s, and the program says so', (_, change, words) => {
    const folder = unpacked(pack);
    change(folder);
    const { code, words: said } = verified(folder);
    expect([code, said]).toEqual([1, expect.stringMatching(words)]);
  });
});

test('there is none of a provider that is not there, and none for anybody but auditors', async () => {
  const path = '/v1/audit/providers/00000000-0000-4000-8000-000000000000/evidence';
  expect((await api.call('auditor', 'GET', path)).status).toBe(404);
  expect((await api.call('operator', 'GET', `/v1/audit/providers/${id}/evidence`)).status).toBe(403);
});
