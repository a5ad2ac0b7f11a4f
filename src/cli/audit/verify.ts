/** `npm run audit -- verify`: whether a log is what was recorded. */
import { readFileSync } from 'node:fs';
import type { LogPlace } from '../../composition/log/log-place.js';
import { asAsked, failed, wrongConfiguration } from '../../composition/start/exit-codes.js';
import { verifyAnywhere } from '../../composition/verification/verify-anywhere.js';
import { MalformedNote } from '../../domain/audit/checkpoint.js';
import { verificationWords } from '../../domain/audit/verification.js';
import { missingFile } from './log-asked.js';
import { publicKeysIn } from './public-keys.js';
import { say } from './say.js';

export interface VerifyOptions {
  readonly log: LogPlace;
  readonly head: string | undefined;
  readonly key: string | undefined;
  readonly json: boolean;
}

/** Prints what was found; answers with the exit code: 0 only when nothing is wrong and nothing is missing. */
export async function verify({ log, head, key, json }: VerifyOptions): Promise<number> {
  const missing = missingFile(log, head, key);
  if (missing !== undefined) return say(wrongConfiguration, `There is no file ${missing}.`);
  try {
    const keys = key === undefined ? [] : publicKeysIn(key);
    const found = await verifyAnywhere({ log, head: head && readFileSync(head, 'utf8'), keys }, progress);
    if (!found) return failed;
    process.stdout.write(`${json ? JSON.stringify(found, null, 2) : verificationWords(found)}\n`);
    return found.verdict === 'changed' || found.verdict === 'gap' ? failed : asAsked;
  } catch (error) {
    if (error instanceof MalformedNote) return say(wrongConfiguration, error.message);
    throw error;
  }
}

const tellEvery = 100_000;

function progress(events: number): boolean {
  if (events % tellEvery === 0) process.stderr.write(`${events} events …\n`);
  return false;
}
