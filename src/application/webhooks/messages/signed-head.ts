/** A signed head of the log, as the feed of changes and webhooks have it alike. */

/** The type under which a signed head of the log is sent. */
export const headSigned = 'head.signed';

/** A head as it is handed out; its id is the same for the same tree. */
export type SignedHeadView = Readonly<Record<string, unknown>> & { readonly id: string };

/** The line of a head. */
export const headLine = (head: SignedHeadView) => ({ type: headSigned, data: head });
