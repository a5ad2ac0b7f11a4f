/** Whether the session is over, for whoever draws it; a page keeps what was typed until somebody signs in again. */
import { useSyncExternalStore } from 'react';
import { endsAt } from './session.js';

export type SessionState = 'good' | 'ends-soon' | 'ended';

const warnBeforeMs = 120_000;
const lookEveryMs = 5_000;
const listeners = new Set<() => void>();
let refused = false;

function stateNow(): SessionState {
  if (refused) return 'ended';
  const end = endsAt();
  if (end === undefined || end - Date.now() > warnBeforeMs) return 'good';
  return end > Date.now() ? 'ends-soon' : 'ended';
}

/** The service did not take the token any more. */
export function sessionRefused(): void {
  refused = true;
  for (const tell of listeners) tell();
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  const look = setInterval(tell, lookEveryMs);
  return () => {
    listeners.delete(tell);
    clearInterval(look);
  };
}

export const useSessionState = (): SessionState => useSyncExternalStore(subscribe, stateNow);
