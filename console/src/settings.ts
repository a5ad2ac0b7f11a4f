/** What the service tells the console before anybody signs in. */
import { createContext, useContext } from 'react';

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
  const answer = await fetch('/console-settings');
  if (!answer.ok) throw new Error(`The service answered ${answer.status}.`);
  return answer.json();
}

export const SettingsContext = createContext<Settings | undefined>(undefined);

export function useSettings(): Settings {
  const settings = useContext(SettingsContext);
  if (!settings) throw new Error('There are no settings.');
  return settings;
}
