/** Which streams the audit's tree covers: every one of the product, and none of what a store keeps for itself. */

/** A store's own streams: who acts now, its id, its readers' places, and what the database itself records. */
const ofTheStore = /^(\$|(lease|log-id|cursor)(-|$))/;

/** Whether the events of a stream are leaves. The rule names what is left out, so that no kind of stream that is still to come is. */
export const isCovered = (stream: string): boolean => !ofTheStore.test(stream);
