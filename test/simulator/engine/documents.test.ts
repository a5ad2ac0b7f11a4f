/** The store of documents: order, accounts, and work that holds whole or not at all. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type DocumentStore, openDocuments } from '../../../src/simulator/engine/documents.js';

let folder: string;
let documents: DocumentStore;
const file = () => path.join(folder, 'documents.sqlite');

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'partner-cloud-documents-'));
  documents = openDocuments(file());
});

afterEach(() => {
  documents.close();
  rmSync(folder, { recursive: true, force: true });
});

test('lists a kind of one account, or of all, in the order of the keys', () => {
  documents.put('role', '222222222222', 'a', { name: 'a of two' });
  documents.put('role', '111111111111', 'b', { name: 'b of one' });
  documents.put('role', '111111111111', 'a', { name: 'a of one' });
  documents.put('user', '111111111111', 'a', { name: 'another kind' });
  expect(documents.list('role', '111111111111')).toEqual([{ name: 'a of one' }, { name: 'b of one' }]);
  expect(documents.list('role', '*')).toEqual([{ name: 'a of one' }, { name: 'a of two' }, { name: 'b of one' }]);
  expect(documents.list('role', '333333333333')).toEqual([]);
});

test('replaces and removes a document by kind, account and key', () => {
  documents.put('role', '1', 'a', { version: 1 });
  documents.put('role', '1', 'a', { version: 2 });
  expect(documents.get('role', '1', 'a')).toEqual({ version: 2 });
  documents.remove('role', '1', 'a');
  expect(documents.get('role', '1', 'a')).toBeUndefined();
});

test('keeps what a finished transaction wrote when it is opened again', () => {
  documents.transaction(() => documents.put('role', '1', 'a', { name: 'kept' }));
  documents.close();
  documents = openDocuments(file());
  expect(documents.get('role', '1', 'a')).toEqual({ name: 'kept' });
});

test('undoes all that a failed transaction wrote', () => {
  const failing = () =>
    documents.transaction(() => {
      documents.put('role', '1', 'a', {});
      throw new Error('stop');
    });
  expect(failing).toThrow('stop');
  expect(documents.list('role', '*')).toEqual([]);
});

test('undoes only the inner work when the outer goes on', () => {
  documents.transaction(() => {
    documents.put('role', '1', 'outer', { name: 'outer' });
    const inner = () =>
      documents.transaction(() => {
        documents.put('role', '1', 'inner', { name: 'inner' });
        throw new Error('stop');
      });
    expect(inner).toThrow('stop');
    documents.put('role', '1', 'after', { name: 'after' });
  });
  expect(documents.list('role', '1')).toEqual([{ name: 'after' }, { name: 'outer' }]);
});
