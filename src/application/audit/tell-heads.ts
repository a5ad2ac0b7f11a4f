/** Tells of heads that are new here, whoever has signed them. */
import type { HeadFiles, SignedHead } from '../ports/signed-heads.js';

export type OnSigned = (listener: (head: SignedHead) => void) => () => void;

/** `tell` looks whether there is a newer head than the last one told. */
export function openHeadTelling(files: Pick<HeadFiles, 'last'>) {
  const listeners = new Set<(head: SignedHead) => void>();
  let told = files.last()?.size ?? 0;
  const onSigned: OnSigned = (listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    onSigned,
    tell(): void {
      const last = files.last();
      if (last === undefined || last.size <= told) return;
      told = last.size;
      for (const listener of listeners) listener(last);
    },
  };
}
