/** What a command of the audit says to whoever cannot have what they asked for. */

/** Prints the words to standard error, and answers with the code. */
export function say(code: number, words: string): number {
  process.stderr.write(`${words}\n`);
  return code;
}

/** The n of a position, which may be given alone or behind the log's id; `undefined` for anything else. */
export function placeIn(position: string): number | undefined {
  const [, digits] = /^(?:[0-9a-f-]{36}:)?([1-9]\d{0,15})$/.exec(position) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** The log that a position names; `undefined` where the n stands alone. */
export const logIn = (position: string | undefined): string | undefined =>
  position?.includes(':') ? position.slice(0, position.lastIndexOf(':')) : undefined;
