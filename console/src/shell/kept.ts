/** A form's fields as they were typed, kept for the person who is signed in. */
import { useState } from 'react';
import { keep, readKept } from '../auth/kept.js';

function kept<T extends object>(place: string, fresh: () => T): T {
  try {
    return { ...fresh(), ...JSON.parse(readKept(place) ?? '{}') };
  } catch {
    return fresh();
  }
}

/** What is kept at a place, and how to change some of it. */
export function useKept<T extends object>(place: string, fresh: () => T): readonly [T, (part: Partial<T>) => void] {
  const [typed, setTyped] = useState(() => kept(place, fresh));
  const change = (part: Partial<T>): void =>
    setTyped((before) => {
      const after = { ...before, ...part };
      keep(place, after);
      return after;
    });
  return [typed, change];
}
