/** Ids that look random and are not: hashes of the request's number, so that the same history has the same ids. */
import { createHash } from 'node:crypto';
import type { Documents } from './core.js';

export interface RequestIds {
  /** Counts the calls this simulator ever received, from 1. */
  readonly number: number;
  /** In the form of a UUID, as AWS's request ids are. */
  readonly requestId: string;
  readonly uniqueId: (length: number) => string;
}

/** Numbers a received call; the number is kept, also when the call is refused. */
export function nextRequest(documents: Documents): RequestIds {
  const number = (documents.get<number>('counter', '*', 'requests') ?? 0) + 1;
  documents.put('counter', '*', 'requests', number);
  let made = 0;
  return {
    number,
    requestId: digest(`request ${number}`).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5'),
    uniqueId: (length) => {
      made += 1;
      return lettersAndDigits(`${number} ${made}`, length);
    },
  };
}

function lettersAndDigits(seed: string, length: number): string {
  let text = '';
  for (let part = 0; text.length < length; part += 1) {
    // The first digits of a number are not evenly spread, so the leading one is left out.
    text += BigInt(`0x${digest(`${seed} ${part}`)}`)
      .toString(36)
      .slice(1);
  }
  return text.slice(0, length);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
