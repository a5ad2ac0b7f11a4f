/** What a run leaves behind, to be judged. */
import type { AwsWorld } from './aws-world.js';
import type { Customer } from './customer.js';
import type { Observer } from './observer.js';

export interface Remains {
  readonly observer: Observer;
  readonly aws: AwsWorld;
  readonly customers: readonly Customer[];
  hopeless(providerId: string): boolean;
  /** The account under whose management a payer of this id is. */
  managementOf(payerId: string): string | undefined;
}

/** Answers with what it found wrong, in words. */
export type Check = (on: Remains) => readonly string[];
