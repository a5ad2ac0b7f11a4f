/** What whoever keeps answers can show: the fact's hash and the last head with each, receipts and proofs that hold. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readNote } from '../../../../src/domain/audit/checkpoint.js';
import { leafNode } from '../../../../src/domain/audit/merkle-tree.js';
import { provesConsistency, provesInclusion } from '../../../../src/domain/audit/proof-check.js';
import { bytesOf, sha256 } from '../../../../src/infrastructure/audit/sha256.js';
import { isSignedBy, readPublicKey } from '../../../../src/infrastructure/audit/signing-key.js';
import { type Api, type Sending, startApi } from '../../../support/api.js';
import { register, request } from '../../../support/people.js';
import { until } from '../../../support/waiting.js';

interface HeadAnswer {
  readonly id: string;
  readonly size: number;
  readonly root: string;
  readonly keyId: string;
  readonly signature: string;
  readonly checkpoint: string;
}

let api: Api;
let id: string;
let position: string;

beforeAll(async () => {
  api = await startApi({}, undefined, { headEverySeconds: 1 });
  await register(api);
  id = await request(api, 'audited');
  position = String(api.store.head());
});
afterAll(() => api.close());

type Who = Parameters<Api['call']>[0];
const get = (who: Who, path: string) => api.call(who, 'GET', path);
const post = (who: Who, path: string, sending: Sending) => api.call(who, 'POST', path, sending);

const headOf = async (): Promise<HeadAnswer> => (await get('auditor', '/v1/audit/head')).body as unknown as HeadAnswer;
const covering = (size: number): Promise<HeadAnswer> => until(headOf, (head) => head.size >= size);

test('the answer to a command carries the hash of its fact and the last head', async () => {
  await covering(1);
  const renamed = await post('administrator', `/v1/providers/${id}/rename`, { body: { name: 'Other' } });
  const [last] = await api.store.readLast(`provider-${id}`, 1);
  expect(renamed.body).toMatchObject({ position: last?.position, hash: last?.metadata.hash });
  const { checkpoint: _, ...head } = await headOf();
  expect(Object.keys(renamed.body.head as object).sort()).toEqual(Object.keys(head).sort());
  const again = await post('administrator', `/v1/providers/${id}/rename`, { body: { name: 'Other' } });
  expect(again.body).toMatchObject({ position: last?.position, hash: last?.metadata.hash });
});

test('a receipt proves the fact in the log of its head, whose signature is by the key that is told', async () => {
  const receipt = await until(
    () => get('administrator', `/v1/providers/${id}/receipt?position=${position}`),
    ({ status }) => status === 200,
  );
  const { hash, leaf, proof, head } = receipt.body as unknown as {
    hash: string;
    leaf: number;
    proof: string[];
    head: HeadAnswer;
  };
  const claim = { node: leafNode(sha256, bytesOf(hash)), leaf, size: head.size, root: bytesOf(head.root) };
  expect(provesInclusion(sha256, claim, proof.map(bytesOf))).toBe(true);
  const { key } = (await get('member', '/v1/audit/keys')).body as { key: string };
  expect(isSignedBy(readNote(head.checkpoint), readPublicKey(key))).toBe(true);
});

test('a fact that no head covers yet is answered with when to ask again', async () => {
  const { body } = await post('administrator', `/v1/providers/${id}/rename`, { body: { name: 'Third' } });
  const pending = await get('administrator', `/v1/providers/${id}/receipt?position=${body.position}`);
  if (pending.status !== 200) {
    expect([pending.status, pending.body.type]).toEqual([409, 'urn:partner-cloud:problem:head-pending']);
    expect(Number(pending.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  const receipt = await until(
    () => get('administrator', `/v1/providers/${id}/receipt?position=${body.position}`),
    ({ status }) => status === 200,
  );
  expect(receipt.body).toMatchObject({ position: body.position, hash: body.hash });
});

test('a receipt is of the provider that was asked about, and of no other', async () => {
  const { status } = await get('administrator', `/v1/providers/${id}/receipt?position=${api.store.logId}:1`);
  expect(status).toBe(404);
  expect((await get('outsider', `/v1/providers/${id}/receipt?position=${position}`)).status).toBe(404);
  expect((await get('administrator', `/v1/providers/${id}/receipt?position=other:1`)).status).toBe(400);
});

test('two heads are proven to be of one log', async () => {
  const older = await headOf();
  await post('administrator', `/v1/providers/${id}/rename`, { body: { name: 'Fourth' } });
  const newer = await covering(older.size + 1);
  const { body } = await get('auditor', `/v1/audit/consistency?from=${older.size}&to=${newer.size}`);
  const [a, b] = [older, newer].map(({ size, root }) => ({ size, root: bytesOf(root) }));
  if (!a || !b) throw new Error('two heads are wanted');
  expect(provesConsistency(sha256, a, b, (body.proof as string[]).map(bytesOf))).toBe(true);
  const wrong = await get('auditor', `/v1/audit/consistency?from=2&to=1`);
  expect([wrong.status, (wrong.body.errors as { field: string }[])[0]?.field]).toEqual([400, 'from']);
  const beyond = await get('auditor', `/v1/audit/consistency?from=1&to=9999`);
  expect([beyond.status, (beyond.body.errors as { field: string }[])[0]?.field]).toEqual([400, 'to']);
});
