/** Light or dark: as the system says, unless the reader chose. */
import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { useSyncExternalStore } from 'react';

export type Appearance = 'system' | 'light' | 'dark';

const key = 'partner-cloud.appearance';
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

const isAppearance = (value: string | null): value is Appearance =>
  value === 'system' || value === 'light' || value === 'dark';

function chosen(): Appearance {
  const kept = localStorage.getItem(key);
  return isAppearance(kept) ? kept : 'system';
}

function apply(): void {
  const appearance = chosen();
  const dark = appearance === 'dark' || (appearance === 'system' && systemIsDark.matches);
  applyMode(dark ? Mode.Dark : Mode.Light);
  document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
}

/** To be called once, before anything is drawn. */
export function followAppearance(): void {
  systemIsDark.addEventListener('change', apply);
  apply();
}

export function choose(appearance: Appearance): void {
  localStorage.setItem(key, appearance);
  apply();
  for (const tell of listeners) tell();
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

export const useAppearance = (): Appearance => useSyncExternalStore(subscribe, chosen);
