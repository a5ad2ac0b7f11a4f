/** Objects that are made once and then belong to somebody else: nobody puts them right, and that they changed is told. */
import type { DesiredObject, Observed } from './objects.js';

/** The version that a policy is made with; each later text is another version. Source: IAM API, CreatePolicyVersion. */
const firstVersion = 'v1';

export interface Rewritten {
  readonly object: DesiredObject;
  /** Which version is in force, such as `v3`. */
  readonly version: string;
}

/** Those that hold another text than they were made with; `observed` has one answer for each desired object, at its position. */
export const rewritten = (desired: readonly DesiredObject[], observed: readonly Observed[]): readonly Rewritten[] =>
  desired.flatMap((object, position) => {
    const version = observed[position]?.members?.version;
    const isTheirs = object.contents === 'created-once' && typeof version === 'string' && version !== firstVersion;
    return isTheirs ? [{ object, version }] : [];
  });
