/** The evidence pack, as an auditor takes it away: unpacked, and checked by the verifier in it on whatever Node the machine has. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { accesses, providers } from '../../../src/application/streams/aggregates.js';
import { evidenceSources } from '../../../src/composition/audit/evidence.js';
import { loadConfig } from '../../../src/config/config.js';
import type { ProviderEvent } from '../../../src/domain/provider/events.js';
import { proofReport } from '../../../src/infrastructure/audit/evidence/proof-reports.js';
import { type Api, startApi } from '../../support/api.js';
import { unpacked, verified } from '../../support/evidence-pack.js';
import { acceptTerms, register, request } from '../../support/people.js';
import { hardened } from '../../support/story.js';
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

const access = { roleArn: 'arn:aws:iam::123456789012:role/OrganizationAccountAccessRole' };
const { baselineOf } = evidenceSources(loadConfig({}));
const baseline = baselineOf({ accountId: '123456789012', payerId: 'payer-1', access });
/** What follows the acceptance of the terms, with the baseline of this program. */
const rest: readonly ProviderEvent[] = hardened
  .slice(2)
  .map((event) => (event.type === 'BaselineApplied' ? { ...event, digest: baseline?.digest ?? '' } : event));

beforeAll(async () => {
  api = await startApi({}, undefined, { headEverySeconds: 1 });
  await register(api);
  id = await request(api, 'evident');
  await acceptTerms(api, id);
  await api.record(providers, id, ...rest);
  await api.record(accesses, `${id}-2026-11`, {
    type: 'CredentialsRevealed',
    generation: 1,
    at: '2026-11-24T08:00:00.000Z',
  });
  pack = (await once()).bytes;
});
afterAll(() => api.close());

test('verifies with the program in it, and holds what happened', () => {
  const folder = unpacked(pack);
  expect(verified(folder)).toEqual({
    code: 0,
    words: expect.stringMatching(
      new RegExp(`^OK: ${rest.length + 4} facts are as they were recorded, in a log of \\d+ facts`),
    ),
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
  expect(readdirSync(join(folder, 'baseline'))).toEqual([`${baseline?.digest}.json`]);
});

test('the baseline is that of the account: whom its default role trusts depends on how it is entered', () => {
  expect(baseline?.text).toContain('"arn:aws:iam::111122223333:role/PartnerCloudVending"');
  const owned = { roleArn: 'arn:aws:iam::123456789012:role/Theirs', externalId: 'x-1' };
  const other = baselineOf({ accountId: '123456789012', payerId: 'payer-1', access: owned });
  expect(other?.text).not.toContain('role-trust');
  expect(other?.digest).not.toBe(baseline?.digest);
});

test('the report of a proof is found by the digest of the baseline that it is about', () => {
  const [digest = ''] = readdirSync('docs/proofs').map((name) => name.replace('.md', ''));
  expect(proofReport(digest)).toContain(`# Proof of the baseline ${digest}`);
  expect(proofReport('0'.repeat(64))).toBeUndefined();
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
    [
      'changed the baseline',
      (at) => writeFileSync(join(at, 'baseline', `${baseline?.digest}.json`), '[]'),
      /not the baseline that was applied/,
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
