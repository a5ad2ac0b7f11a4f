/** What is told of an error, and never its members: they may hold what was sent. */

/** The words without the name of the class; `node:sqlite` throws errors whose class may be another realm's. */
export const errorText = (error: unknown): string =>
  typeof error === 'object' && error && 'message' in error ? String(error.message) : String(error);

/** Name and words, as the log takes them. */
export const facts = (error: unknown) =>
  error instanceof Error ? { error: error.name, words: error.message } : { error: String(error) };

/** What follows where a person must act, for the customer. */
export const operatorInformed = 'The operator has been told; you need do nothing.';
