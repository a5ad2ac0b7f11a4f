/** Verifies a log in a thread of its own, so that this one goes on answering. */
import { errorText } from '../../application/error-text.js';
import type { Verification } from '../../domain/audit/verification.js';
import type { VerifyOrder } from '../log/log-place.js';
import { inThread } from './in-thread.js';
import { verifyAnywhere } from './verify-anywhere.js';

const program = new URL('./verify-thread.js', import.meta.url);

/** `undefined` when the signal ended it; where no thread can be had, this one does it, and `told` hears why. */
export async function verifyInThread(
  order: VerifyOrder,
  signal: AbortSignal,
  told: (words: string) => void,
): Promise<Verification | undefined> {
  if (signal.aborted) return undefined;
  try {
    return await inThread<VerifyOrder, Verification>(program, order, signal);
  } catch (error) {
    if (signal.aborted) return undefined;
    told(errorText(error));
    return await verifyAnywhere(order, () => signal.aborted);
  }
}
