/** What the table says of one step. */
export interface StepRow<S extends string = string> {
  /** What a person reads of it. */
  readonly title: string;
  /** The steps that must be done before it; those that need nothing of each other run side by side. */
  readonly after: readonly S[];
  /** How long it may be owed before it halts for a person; `undefined` where waiting has no end of its own. */
  readonly patienceMs: number | undefined;
  /** What it takes where nothing has been measured yet. */
  readonly usualMs: number;
  /** Who must act once its time is up. */
  readonly whoMustAct: 'customer' | 'operator';
  /** Whether it is a part of the hardening baseline, and when that part is owed. */
  readonly baseline: false | 'before-credentials' | 'after-credentials';
}
