/** Something that we did not make bears the name of what we are to make: nothing is done to it, and a person decides. */
import { endedIn } from './watched-calls.js';

class NameTaken extends Error {
  override readonly name = 'NameTaken';
  readonly $metadata = { httpStatusCode: 409 };
}

/** `what` names the thing, its kind and by what it is not ours; the call is the one that showed it. */
export const nameTaken = (what: string, operation: string, input: object): Error =>
  endedIn(new NameTaken(what), operation, input);

/** For the halt: what is in the way, and what a person does about it. */
export const nameTakenWords = (error: unknown): string | undefined =>
  error instanceof NameTaken ? `${error.message}. Rename or remove it, then resume.` : undefined;
