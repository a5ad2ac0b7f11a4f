/** A signal to wake: given any number of times, answered once, never lost between two looks. */
export class WakeSignal {
  #given = false;
  #answer: (() => void) | undefined;

  give(): void {
    this.#given = true;
    this.#answer?.();
  }

  /** Resolves once it has been given since the last answer, or when the signal aborts. */
  async heard(signal: AbortSignal): Promise<void> {
    if (!this.#given && !signal.aborted) await this.#next(signal);
    this.#given = false;
  }

  #next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const answer = (): void => {
        this.#answer = undefined;
        signal.removeEventListener('abort', answer);
        resolve();
      };
      this.#answer = answer;
      signal.addEventListener('abort', answer);
    });
  }
}
