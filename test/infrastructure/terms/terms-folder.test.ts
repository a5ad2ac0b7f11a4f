/** The terms in force are the highest version of each party, with a digest anyone can compute again. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openTerms } from '../../../src/infrastructure/terms/terms-folder.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const both = { 'US/reseller/2018-07.md': 'Ours, “signed”.', 'US/aws/2018-07.md': 'Theirs.' };

test('both documents of a territory are there, with text and the digest of its bytes', () => {
  const documents = openTerms(folderWith(both), ['US']).current('US');
  expect(documents.map(({ party, territory, version }) => [party, territory, version])).toEqual([
    ['reseller', 'US', '2018-07'],
    ['aws', 'US', '2018-07'],
  ]);
  for (const { text, digest } of documents)
    expect(digest).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
  expect(documents[0]?.text).toBe('Ours, “signed”.');
});

test('a byte order mark belongs to the text, or the digest could not be computed from it', () => {
  const folder = folderWith({ ...both, 'US/aws/2019.md': '\ufeffTheirs.' });
  const aws = openTerms(folder, ['US']).current('US')[1];
  expect(aws?.digest).toBe(createHash('sha256').update(`${aws?.text}`, 'utf8').digest('hex'));
});

test('the highest version is in force, read as people read numbers', () => {
  const folder = folderWith({
    ...both,
    'US/aws/2018-10.md': 'New.',
    'US/aws/2018-9.md': 'Old.',
    'US/aws/.2030.md~': '',
  });
  expect(openTerms(folder, ['US']).current('US')[1]).toMatchObject({ version: '2018-10', text: 'New.' });
});

test('a territory that was not asked for has none', () => {
  expect(openTerms(folderWith(both), ['US']).current('UK')).toEqual([]);
});

test('the documents that come with the program can be used and say that they are samples', () => {
  for (const { text } of openTerms('config/terms', ['US']).current('US')) expect(text).toContain('A sample');
});

test.each([
  [
    'a party without a folder',
    { 'US/reseller/1.md': 'Ours.' },
    /aws does not exist; allowed: a document of each party/,
  ],
  ['a name that is no version', { ...both, 'US/aws/README.md': 'x' }, /README\.md has a name that is no version/],
  ['an empty document', { ...both, 'US/aws/2019.md': ' \n' }, /2019\.md is empty/],
  ['bytes that are no text', { ...both, 'US/aws/2019.md': Uint8Array.of(0xff, 0xfe) }, /2019\.md is not UTF-8/],
  ['a folder without a document', { ...both, 'US/aws/2018-07.md': '', 'UK/aws/.x': '' }, /2018-07\.md is empty/],
])('%s keeps the program from starting', (_name, files, words) => {
  expect(() => openTerms(folderWith(files), ['US'])).toThrow(words);
});

test('every problem is told at once', () => {
  const folder = folderWith({ 'UK/aws/.keep': '' });
  expect(() => openTerms(folder, ['US', 'UK'])).toThrow(
    /US.reseller does not exist[\s\S]*US.aws does not exist[\s\S]*UK.reseller does not exist[\s\S]*UK.aws has no document/,
  );
});
