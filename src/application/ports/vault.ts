/** Where secrets live: a port of three verbs. Nothing else in the system ever holds a secret at rest. */

/** What the vault holds under a name and generation; `destroyed` for ever bars a late writer from putting it back. */
export type Kept =
  | { readonly state: 'kept'; readonly value: string }
  | { readonly state: 'destroyed' }
  | { readonly state: 'absent' };

/** A value is not what was put in; says which one, not what it holds. */
export class VaultDamaged extends Error {}

export interface Vault {
  /** Keeps the value unless one is kept already, and answers with what is kept now: every caller gets the same value. */
  putIfAbsent(name: string, generation: number, value: string): Promise<Exclude<Kept, { state: 'absent' }>>;
  /** Throws {@link VaultDamaged} for a value that was changed from outside, as `putIfAbsent` does. */
  get(name: string, generation: number): Promise<Kept>;
  /** Makes the value unreadable, also in the files. Destroying twice, or what never was, is no error. */
  destroy(name: string, generation: number): Promise<void>;
}
