/** The territories that the reseller serves. */
import { Refusal } from './refusal.js';

export interface Territory {
  readonly code: string;
  readonly name: string;
}

/** Throws a refusal that names the field unless the territory is served. */
export function requireTerritory(served: readonly Territory[], territory: string): void {
  if (served.some(({ code }) => code === territory)) return;
  throw new Refusal('invalid', `The territory ${territory} is not served.`, [
    { field: 'territory', problem: `${territory} is not served`, allowed: served.map(({ code }) => code).join(', ') },
  ]);
}
