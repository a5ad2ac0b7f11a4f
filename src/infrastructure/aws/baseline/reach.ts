/** What it takes to touch the objects of one account, and how absence is told from failure. */
import type { AccountClients } from '../calls/clients.js';
import { classify } from '../calls/errors.js';

/**
 * The clients of an account whose id every call on a bucket names, and the signal that ends calls when the
 * service stops.
 */
export interface Reach {
  readonly clients: AccountClients;
  readonly accountId: string;
  /** Whether the account is in use: what bears our names there was made by us. */
  readonly isHandedOver: boolean;
  readonly call: { readonly abortSignal: AbortSignal };
}

/**
 * The answer, or `undefined` when AWS answers with one of these codes (without `Exception`); other errors are
 * thrown.
 */
export async function unless<T>(codes: readonly string[], answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (codes.includes(classify(error).code)) return undefined;
    throw error;
  }
}
