/** What preflight says of one thing that must hold before the first account. */
import { errorText } from '../../../application/error-text.js';
import { placeWords } from '../calls/failed-call.js';
import { callOf } from '../calls/watched-calls.js';

/** `warning`: accounts may be made all the same, but somebody should look; `error`: the first one would fail. */
export type Level = 'ok' | 'warning' | 'error';

export interface CheckResult {
  readonly level: Level;
  /** `own` for our own account, or the id of a payer. */
  readonly of: string;
  /** What was looked at, such as `customers' unit`. */
  readonly what: string;
  /** What was found. */
  readonly found: string;
  /** What to do; empty where nothing is. */
  readonly advice: string;
}

/** Says what was found out about one thing. */
export interface Finding {
  readonly ok: (found: string) => CheckResult;
  readonly warning: (found: string, advice: string) => CheckResult;
  readonly error: (found: string, advice: string) => CheckResult;
}

export const about = (of: string, what: string): Finding => ({
  ok: (found) => ({ level: 'ok', of, what, found, advice: '' }),
  warning: (found, advice) => ({ level: 'warning', of, what, found, advice }),
  error: (found, advice) => ({ level: 'error', of, what, found, advice }),
});

/** The call that failed and how, or what else went wrong, in a sentence. */
export function failureWords(error: unknown): string {
  const call = callOf(error);
  return call ? `${placeWords(call)} ended in ${call.error}` : errorText(error);
}

/** Whether it failed at the role that signs the call, and not at the call itself. */
export const failedAtTheDoor = (error: unknown): boolean => callOf(error)?.operation === 'AssumeRole';

/** What the look says, or that it failed. What cannot be read keeps no other look from being made. */
export async function looked(
  finding: Finding,
  unread: { readonly level: Exclude<Level, 'ok'>; readonly advice: string },
  look: (finding: Finding) => Promise<CheckResult>,
): Promise<CheckResult> {
  try {
    return await look(finding);
  } catch (error) {
    return finding[unread.level](`cannot be read: ${failureWords(error)}`, unread.advice);
  }
}
