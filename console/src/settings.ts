/** What the service tells the console before anybody signs in. */
import { createContext, useContext } from 'react';
import { problemOf } from './api/problem.js';

export interface Settings {
  readonly issuer: string;
  readonly clientId: string;
  readonly reseller: {
    readonly name: string;
    readonly prefix: string;
    readonly contact: string;
    readonly analyticsUrl: string;
    readonly monitoringUrl: string;
  };
}

/** Rejects where the service does not answer, or not as it should. */
export async function readSettings(): Promise<Settings> {
  const answer = await fetch('/console-settings').catch(() => undefined);
  const settings = answer?.ok ? await answer.json().catch(() => undefined) : undefined;
  if (typeof settings?.issuer !== 'string' || typeof settings.reseller?.name !== 'string')
    throw problemOf(undefined, answer);
  return settings;
}

export const SettingsContext = createContext<Settings | undefined>(undefined);

export function useSettings(): Settings {
  const settings = useContext(SettingsContext);
  if (!settings) throw new Error('There are no settings.');
  return settings;
}
