/** What no fold can go on from: an event that is none of its stream's, because a newer version or a mistake has put it there. */

/** Throws, naming the type as it was recorded; to be called where the compiler knows that no event of the stream is left. */
export function foreignEvent(event: never): never {
  const { type, recordedType = type }: { readonly type: string; readonly recordedType?: string } = event;
  throw new Error(`${recordedType}: this version knows no such event in this stream`);
}

/** The same where an aggregate has one event alone, whose type the compiler takes for granted. */
export function requireType<T extends string>(event: { readonly type: T }, type: T): void {
  if (event.type !== type) foreignEvent(event as never);
}
