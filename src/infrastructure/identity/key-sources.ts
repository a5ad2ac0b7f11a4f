/** Where an identity provider publishes its keys: at an address, or in a file. */
import { readFile, stat } from 'node:fs/promises';
import type { JSONWebKeySet } from 'jose';
import { jitteredMs } from '../../application/processes/back-off.js';

export interface KeySource {
  /** What the source is, in words for an operator. */
  readonly words: string;
  /** Whether what was read at this time may be used without looking again. */
  stillGood(readAt: number, now: number): Promise<boolean>;
  /** Whether an unknown key is a reason to read again what was read at this time. */
  mayHaveMore(readAt: number, now: number): boolean;
  /** How long to leave the source alone after so many failures in a row. */
  restMs(failures: number): number;
  /** The keys as they stand there now; an error says why they cannot be had. */
  read(): Promise<JSONWebKeySet>;
}

/** The source that a URL or the path of a file names. */
export const keySource = (jwks: string): KeySource => (jwks.includes('://') ? addressSource(jwks) : fileSource(jwks));

const goodForMs = 600_000;
/** An unknown key id makes us fetch again, but not more often than this, so that bad tokens cannot flood the issuer. */
const cooldownMs = 30_000;
const firstRestMs = 5_000;
const longestRestMs = 300_000;

const addressSource = (url: string): KeySource => ({
  words: 'The identity provider does not answer with its keys',
  stillGood: async (readAt, now) => now - readAt < goodForMs,
  mayHaveMore: (readAt, now) => now - readAt >= cooldownMs,
  // Jittered, since all instances lose the issuer at the same moment.
  restMs: (failures) => jitteredMs(Math.min(longestRestMs, firstRestMs * 2 ** Math.min(failures - 1, 10)), Math.random),
  read: () => fetchKeys(url),
});

const fetchTimeoutMs = 3_000;
const mostRedirects = 3;
const mostBytes = 1_048_576;

/** Redirects are followed by hand, so that none leads to plain http on another machine. */
async function fetchKeys(url: string): Promise<JSONWebKeySet> {
  const signal = AbortSignal.timeout(fetchTimeoutMs);
  let address = new URL(url);
  for (let hops = 0; hops <= mostRedirects; hops += 1) {
    const response = await fetch(address.href, { redirect: 'manual', signal, headers: { accept: 'application/json' } });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) return keysIn(response);
    await response.body?.cancel();
    address = redirected(address, location);
  }
  throw new Error(`it redirects more than ${mostRedirects} times; name the last address in identity.jwks`);
}

function redirected(from: URL, location: string): URL {
  const to = URL.parse(location, from.href);
  if (
    to?.protocol === 'https:' ||
    (to?.protocol === 'http:' && to.hostname === from.hostname && from.protocol === 'http:')
  )
    return to;
  throw new Error(
    `it redirects to ${to?.origin ?? 'no address'}, which is not https; name an https address in identity.jwks`,
  );
}

async function keysIn(response: Response): Promise<JSONWebKeySet> {
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`it answers with status ${response.status}`);
  }
  return keySetOf(await textOf(response));
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error(`its answer is longer than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A file is looked at for each token; it costs microseconds, and a key that is taken out is gone at once. */
function fileSource(file: string): KeySource {
  let known: string | undefined;
  const stampOf = async (): Promise<string | undefined> => {
    const found = await stat(file).catch(() => undefined);
    return found && `${found.mtimeMs} ${found.size} ${found.ino}`;
  };
  return {
    words: 'The file with the keys of the identity provider cannot be used',
    stillGood: async () => known !== undefined && (await stampOf()) === known,
    mayHaveMore: () => false,
    restMs: () => 0,
    async read() {
      known = undefined;
      const stamp = await stampOf();
      const keys = keySetOf(await readFile(file, 'utf8'));
      known = stamp;
      return keys;
    },
  };
}

function keySetOf(text: string): JSONWebKeySet {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('it holds no JSON');
  }
  if (isKeySet(value)) return value;
  throw new Error('it holds no JSON Web Key Set, an object whose member keys is a list');
}

const isKeySet = (value: unknown): value is JSONWebKeySet =>
  typeof value === 'object' &&
  value !== null &&
  'keys' in value &&
  Array.isArray(value.keys) &&
  value.keys.every((key) => typeof key === 'object' && key !== null);
