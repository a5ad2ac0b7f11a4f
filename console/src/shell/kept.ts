/** What is typed, kept in the tab’s own storage: it survives a reload and a session that ends. */
import { useState } from 'react';

function kept<T extends object>(place: string, fresh: () => T): T {
  try {
    return { ...fresh(), ...JSON.parse(sessionStorage.getItem(place) ?? '{}') };
  } catch {
    return fresh();
  }
}

/** Whether something was typed here that was neither sent nor given up, so that a dialog opens again where a session ended in it. */
export const isKept = (place: string): boolean => sessionStorage.getItem(place) !== null;

/** To be called once it was sent, or nobody wants it any more. */
export const forgetKept = (place: string): void => sessionStorage.removeItem(place);

/** What is kept at a place, and how to change some of it. */
export function useKept<T extends object>(place: string, fresh: () => T): readonly [T, (part: Partial<T>) => void] {
  const [typed, setTyped] = useState(() => kept(place, fresh));
  const change = (part: Partial<T>): void =>
    setTyped((before) => {
      const after = { ...before, ...part };
      sessionStorage.setItem(place, JSON.stringify(after));
      return after;
    });
  return [typed, change];
}
