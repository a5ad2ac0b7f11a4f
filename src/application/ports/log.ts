/** What the program says about itself while it runs. Never a secret, never personal data. */

type Say = (facts: Readonly<Record<string, unknown>>, words: string) => void;

export interface Log {
  readonly info: Say;
  readonly warn: Say;
  readonly error: Say;
}
