/** Something that we did not make bears the name of what we are to make: nothing is done to it, and a person decides. */
import { endedIn } from './watched-calls.js';

class NameTaken extends Error {
  override readonly name = 'NameTaken';
  readonly $metadata = { httpStatusCode: 409 };
}

/** `what` names the thing, its kind and by what it is not ours; the call is the one that showed it. */
export const nameTaken = (what: string, operation: string, input: object): Error =>
  endedIn(new NameTaken(what), operation, input);

/**
 * Throws where an entity of IAM with our name is not at the path where we make ours: names are unique in an account whatever
 * their path, so somebody else made it. Source: IAM guide, friendly names and paths.
 */
export function atRootPath(what: string, name: string, path: string | undefined, operation: string): void {
  if (path === undefined || path === '/') return;
  throw nameTaken(`A ${what} with the name ${name} exists under the path ${path}`, operation, { name });
}

/** For the halt: what is in the way, and what a person does about it. */
export const nameTakenWords = (error: unknown): string | undefined =>
  error instanceof NameTaken ? `${error.message}. Rename or remove it, then resume.` : undefined;
