/** Why nothing was delivered, in words that name nothing of what is inside the network. */

/** The name leads elsewhere than requests may go. */
export class NotAllowed extends Error {}

/** Of an address that requests may not go to. */
export const notPublic = 'The address is not public, so nothing was sent.';

const words: Readonly<Record<string, string>> = {
  ENOTFOUND: 'The name of the receiver is not known.',
  ENODATA: 'The name of the receiver is not known.',
  ESERVFAIL: 'The name of the receiver cannot be looked up now.',
  ETIMEOUT: 'The name of the receiver cannot be looked up now.',
  EAI_AGAIN: 'The name of the receiver cannot be looked up now.',
  ECONNREFUSED: 'The receiver refuses connections.',
  ECONNRESET: 'The receiver closed the connection without an answer.',
  EHOSTUNREACH: 'The receiver cannot be reached.',
  ENETUNREACH: 'The receiver cannot be reached.',
  ABORT_ERR: 'It was ended before an answer came.',
};

/** Nothing of an error but its code is told, since its message may name what is inside the network. */
export function failureText(error: unknown): string {
  if (error instanceof NotAllowed) return notPublic;
  const { code = 'unknown' } = error as { readonly code?: string };
  return words[code] ?? `It could not be sent (${code}).`;
}
