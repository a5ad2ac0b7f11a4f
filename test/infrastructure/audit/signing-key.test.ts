/** Signed notes, held to one that Go's own implementation made, and checkpoints, held to the specification's example. */
import { expect, test } from '@jest/globals';
import { checkpointText, noteText, readCheckpoint, readNote } from '../../../src/domain/audit/checkpoint.js';
import { isSignedBy, openSigner, readPublicKey, signedHeadOf } from '../../../src/infrastructure/audit/signing-key.js';

/** Source: documentation of golang.org/x/mod/sumdb/note. */
const neumann = {
  key: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  note:
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
};
/** Source: C2SP, tlog-checkpoint. */
const example =
  'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n' +
  '— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n';

const signer = openSigner(new Uint8Array(32).fill(7), 'partner-cloud/log-1');
const head = { origin: 'partner-cloud/log-1', size: 3, root: 'ab'.repeat(32) };

test('a note that another implementation signed is checked', () => {
  const key = readPublicKey(neumann.key);
  expect(isSignedBy(readNote(neumann.note), key)).toBe(true);
  expect(isSignedBy(readNote(neumann.note.replace('problem is', 'problem was')), key)).toBe(false);
  expect(isSignedBy(readNote(neumann.note), readPublicKey(signer.publicKey))).toBe(false);
});

test('a checkpoint is read as the specification shows one, and written so again', () => {
  const note = readNote(example);
  expect(signedHeadOf(note)).toEqual({
    origin: 'example.com/behind-the-sofa',
    size: 20_852_163,
    root: '0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62',
    keyId: '033de0ae',
    signature: expect.stringMatching(/^WC3M8gJrk5LyelWZ/),
    note: example,
  });
  expect(checkpointText(readCheckpoint(note.text))).toBe(note.text);
  expect(noteText(note)).toBe(example);
});

test('a head is signed by its key and by no other, and the same head always alike', () => {
  const signed = signer.signHead(head);
  expect(signed.note).toBe(signer.signHead(head).note);
  expect(signedHeadOf(readNote(signed.note))).toEqual(signed);
  const key = readPublicKey(signer.publicKey);
  expect(key.keyId).toBe(signer.keyId);
  expect(isSignedBy(readNote(signed.note), key)).toBe(true);
  expect(isSignedBy(readNote(signed.note.replace('\n3\n', '\n4\n')), key)).toBe(false);
  const other = openSigner(new Uint8Array(32).fill(8), 'partner-cloud/log-1');
  expect(isSignedBy(readNote(signed.note), readPublicKey(other.publicKey))).toBe(false);
});

test.each([
  ['', /no signature/],
  ['text\n', /no signature/],
  ['text\n\n- name AAAAAAAA\n', /no line of a signature/],
  ['text\n\n— name AAAA\n', /no line of a signature/],
])('%j is no note', (note, words) => {
  expect(() => readNote(note)).toThrow(words);
});

test.each([
  ['\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n', /origin/],
  ['a\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n', /size/],
  ['a\n1\nCsUYapGG\n', /SHA-256/],
])('%j is no checkpoint', (text, words) => {
  expect(() => readCheckpoint(text)).toThrow(words);
});

test('a key whose id is not its own, or of another kind, is refused', () => {
  expect(() => readPublicKey(neumann.key.replace('c74f20a3', 'c74f20a4'))).toThrow(/c74f20a3, and not c74f20a4/);
  expect(() => readPublicKey('name+00000000+AhpcAAA=')).toThrow(/no Ed25519 key/);
});
