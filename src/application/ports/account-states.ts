/** How an account stands at AWS now. */

export interface AccountStates {
  /** AWS's word for the state of an account; `undefined` when AWS does not know it, or does not say in a moment. */
  look(account: { readonly payerId: string; readonly accountId: string }): Promise<string | undefined>;
}
