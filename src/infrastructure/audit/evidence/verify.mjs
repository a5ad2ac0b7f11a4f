// Verifies the evidence pack that it lies in, offline: node verify.mjs
// It needs Node 18 or newer and nothing else. It says OK, or what is wrong, and ends with 0 or 1.
// What it checks: each fact's hash over its stored bytes, the chain of each stream from its first fact on, that each fact is
// in the log that the signed head covers (RFC 9162), the signature of the head (Ed25519, C2SP signed-note), and the digests of
// the terms and of the baseline. Compare the key in keys.txt with one that you had from elsewhere: whoever makes a pack can make a key as well.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const read = (name) => readFileSync(join(here, name), 'utf8');
const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const wrong = [];
const require = (holds, words) => {
  if (!holds) wrong.push(words);
};

const netstring = (text) => `${Buffer.byteLength(text)}:${text},`;
const hashOf = ({ stream, revision, eventId, type, previousHash, data, metadata }) =>
  sha256([stream, String(revision), eventId, type, previousHash, data, metadata].map(netstring).join('')).toString(
    'hex',
  );

function checkEvents(events) {
  const streams = new Map();
  for (const event of events) {
    const at = `${event.position} (${event.stream} revision ${event.revision})`;
    const before = streams.get(event.stream) ?? { revision: -1, hash: '0'.repeat(64) };
    require(hashOf(event) === event.hash, `${at}: what is here is not what was recorded; its hash says so`);
    require(event.revision === before.revision + 1, `${at}: the fact before it is missing`);
    require(event.previousHash === before.hash, `${at}: what is before it is not what was recorded before it`);
    streams.set(event.stream, { revision: event.revision, hash: event.hash });
  }
}

const parent = (left, right) => sha256(Buffer.of(1), left, right);

function provesInclusion(node, leaf, size, root, proof) {
  if (leaf >= size) return false;
  let n = leaf;
  let last = size - 1;
  let reached = node;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (n % 2 === 1 || n === last) {
      reached = parent(sibling, reached);
      while (n % 2 === 0 && n !== 0) {
        n = Math.floor(n / 2);
        last = Math.floor(last / 2);
      }
    } else reached = parent(reached, sibling);
    n = Math.floor(n / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && reached.equals(root);
}

function checkProofs(events, proofs, head) {
  for (const { position, hash } of events) {
    const found = proofs[position];
    const node = sha256(Buffer.of(0), Buffer.from(hash, 'hex'));
    const proof = found?.proof.map((hex) => Buffer.from(hex, 'hex'));
    const isProven = found && provesInclusion(node, found.leaf, head.size, head.root, proof);
    require(isProven, `${position}: it is not proven to be in the log that the head covers`);
  }
}

const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

function keyOf(text) {
  const [, name, id, base64] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  const typed = Buffer.from(base64 ?? '', 'base64');
  if (typed.length !== 33 || typed[0] !== 1) return undefined;
  if (sha256(`${name}\n`, typed).toString('hex').slice(0, 8) !== id) return undefined;
  const key = createPublicKey({ key: Buffer.concat([publicPrefix, typed.subarray(1)]), format: 'der', type: 'spki' });
  return { name, id, key };
}

function readHead() {
  const note = read('head.checkpoint');
  const end = note.lastIndexOf('\n\n');
  const text = note.slice(0, end + 1);
  const [origin, size, root] = text.split('\n');
  const keys = read('keys.txt').split('\n').map(keyOf).filter(Boolean);
  const signed = note
    .slice(end + 2)
    .split('\n')
    .some((line) => {
      const [, name, base64] = /^— (\S+) (\S+)$/.exec(line) ?? [];
      const bytes = Buffer.from(base64 ?? '', 'base64');
      return keys.some(
        ({ name: of, id, key }) =>
          of === name &&
          bytes.subarray(0, 4).toString('hex') === id &&
          verify(null, Buffer.from(text), key, bytes.subarray(4)),
      );
    });
  require(signed, 'head.checkpoint: it is not signed by a key of keys.txt');
  return { origin, size: Number(size), root: Buffer.from(root ?? '', 'base64') };
}

function checkTerms(events) {
  const accepted = events
    .filter(({ type }) => type === 'TermsAccepted')
    .flatMap(({ data }) => JSON.parse(data).documents);
  const names = existsSync(join(here, 'terms')) ? readdirSync(join(here, 'terms')) : [];
  for (const name of names) {
    const digest = sha256(read(join('terms', name))).toString('hex');
    const isAccepted = accepted.some((document) => document.digest === digest);
    require(isAccepted, `terms/${name}: it is not a text that was accepted`);
  }
}

/** A file of the baseline has the digest that the fact names as its name, and as its bytes. */
function checkBaseline(events) {
  const named = events.filter(({ type }) => type === 'BaselineApplied').map(({ data }) => JSON.parse(data).digest);
  const names = existsSync(join(here, 'baseline')) ? readdirSync(join(here, 'baseline')) : [];
  for (const name of names.filter((each) => each.endsWith('.json'))) {
    const digest = sha256(read(join('baseline', name))).toString('hex');
    const isNamed = `${digest}.json` === name && named.includes(digest);
    require(isNamed, `baseline/${name}: it is not the baseline that was applied`);
  }
}

try {
  const events = read('events.ndjson')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  require(events.length > 0, 'events.ndjson: there is no fact in it');
  const head = readHead();
  checkEvents(events);
  checkProofs(events, JSON.parse(read('proofs.json')), head);
  checkTerms(events);
  checkBaseline(events);
  if (wrong.length === 0)
    console.log(
      `OK: ${events.length} facts are as they were recorded, in a log of ${head.size} facts (${head.origin}).`,
    );
} catch (error) {
  wrong.push(`The pack cannot be read: ${error.message}`);
}
for (const words of wrong) console.error(`NOT OK: ${words}`);
process.exitCode = wrong.length === 0 ? 0 : 1;
