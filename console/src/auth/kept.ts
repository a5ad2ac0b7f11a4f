/** What a person has typed, in the tab's own storage: it survives a reload and a session that ends, and is nobody else's. */

const prefix = 'partner-cloud.kept.';
let own: string | undefined;

const placesOf = (storage: Storage): readonly string[] =>
  Array.from({ length: storage.length }, (_, n) => storage.key(n) ?? '').filter((key) => key.startsWith(prefix));

function keyOf(place: string): string {
  if (own === undefined) throw new Error('Nobody is signed in.');
  return own + place;
}

/** To be called once it is known who is signed in, before anything is read: what somebody else has typed in this tab is forgotten. */
export function keepFor(subject: string): void {
  const theirs = `${prefix}${encodeURIComponent(subject)}/`;
  for (const key of placesOf(sessionStorage)) if (!key.startsWith(theirs)) sessionStorage.removeItem(key);
  own = theirs;
}

/** What the person who is signed in has typed here, as text. */
export const readKept = (place: string): string | null => sessionStorage.getItem(keyOf(place));

/** Keeps what was typed, in the place of what was before. */
export const keep = (place: string, typed: object): void => sessionStorage.setItem(keyOf(place), JSON.stringify(typed));

/** Whether something was typed here that was neither sent nor given up, so that a dialog opens again where a session ended in it. */
export const isKept = (place: string): boolean => readKept(place) !== null;

/** To be called once it was sent, or nobody wants it any more. */
export const forgetKept = (place: string): void => sessionStorage.removeItem(keyOf(place));

/** To be called as somebody signs out: whoever comes next finds nothing. */
export function forgetAllKept(): void {
  for (const key of placesOf(sessionStorage)) sessionStorage.removeItem(key);
}
