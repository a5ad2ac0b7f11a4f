/** Who need not be looked at for a while: a time for each and nothing else, since they may be hundreds of thousands. */
export class Sleepers {
  readonly #of = new Map<string, { readonly since: string; readonly until: number }>();

  /** Until when (milliseconds) it sleeps; `undefined` when it does not, or has slept since another time. */
  until(id: string, since: string): number | undefined {
    const known = this.#of.get(id);
    return known?.since === since ? known.until : undefined;
  }

  put(id: string, since: string, until: number): void {
    this.#of.set(id, { since, until });
  }

  wake(id: string): void {
    this.#of.delete(id);
  }
}
