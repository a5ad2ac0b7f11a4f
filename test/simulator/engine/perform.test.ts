/** How a received call goes when something breaks inside the simulator, and how many calls it remembers. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { callsOf } from '../../../src/simulator/engine/calls.js';
import { AwsError, type WireResponse } from '../../../src/simulator/engine/core.js';
import { type DocumentStore, openDocuments } from '../../../src/simulator/engine/documents.js';
import { perform } from '../../../src/simulator/engine/perform.js';
import { nextRequest } from '../../../src/simulator/engine/unique-ids.js';

let documents: DocumentStore;

beforeEach(() => {
  documents = openDocuments(':memory:');
});

afterEach(() => documents.close());

const received = { service: 'iam', operation: 'Act', account: '1', region: 'us-east-1', principal: 'arn', input: {} };
const fail = ({ code, status, message }: AwsError): WireResponse => ({
  status,
  headers: {},
  body: `${code}: ${message}`,
});

const performed = (act: () => WireResponse) =>
  documents.transaction(() => perform(received, { documents, now: 0, ids: nextRequest(documents), act, fail }))
    .response;

const done: WireResponse = { status: 200, headers: {}, body: 'done' };

test('a refused call leaves its record and nothing else', () => {
  const response = performed(() => {
    documents.put('user', '1', 'half', {});
    throw new AwsError('LimitExceeded', 409, 'Enough.');
  });
  expect(response).toEqual({ status: 409, headers: {}, body: 'LimitExceeded: Enough.' });
  expect(documents.list('user', '*')).toEqual([]);
  expect(callsOf(documents, {})).toMatchObject([{ number: 1, status: 409, error: 'LimitExceeded' }]);
});

test('a mistake in the simulator answers as a broken service, says what it was, and is on record', () => {
  const response = performed(() => {
    documents.put('user', '1', 'half', {});
    throw new TypeError('no such member');
  });
  expect(response).toMatchObject({ status: 500, body: expect.stringContaining('TypeError: no such member') });
  expect(documents.list('user', '*')).toEqual([]);
  expect(callsOf(documents, {})).toMatchObject([
    { error: 'ServiceFailure', bug: expect.stringContaining('TypeError') },
  ]);
});

test('the last ten thousand calls are remembered', () => {
  documents.transaction(() => {
    for (let call = 0; call < 10_003; call += 1) performed(() => done);
  });
  const calls = callsOf(documents, {});
  expect(calls).toHaveLength(10_000);
  expect([calls.at(0)?.number, calls.at(-1)?.number]).toEqual([4, 10_003]);
});

test('secret members are masked at any depth, and only they', () => {
  const input = { UserName: 'ann', Password: 'p', Nested: [{ SecretAccessKey: 's', Key: 'k' }], TokenCode: '123456' };
  documents.transaction(() =>
    perform({ ...received, input }, { documents, now: 0, ids: nextRequest(documents), act: () => done, fail }),
  );
  expect(callsOf(documents, {})[0]?.input).toEqual({
    UserName: 'ann',
    Password: '***',
    Nested: [{ SecretAccessKey: '***', Key: 'k' }],
    TokenCode: '***',
  });
});
