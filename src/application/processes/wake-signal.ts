/** A doorbell: rung any number of times, answered once, never lost between two looks. */
export class WakeSignal {
  #rung = false;
  #answer: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#answer?.();
  }

  /** Resolves once it has been rung since the last answer, or when the signal aborts. */
  async heard(signal: AbortSignal): Promise<void> {
    if (!this.#rung && !signal.aborted) await this.#next(signal);
    this.#rung = false;
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
