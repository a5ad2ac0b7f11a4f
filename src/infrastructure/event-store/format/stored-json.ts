/** JSON as stored: its text, or the bytes themselves where text would not tell what they are. */
export type StoredJson = string | Uint8Array;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text; throws for bytes that are not UTF-8. */
export const storedText = (json: StoredJson): string => (typeof json === 'string' ? json : utf8.decode(json));
