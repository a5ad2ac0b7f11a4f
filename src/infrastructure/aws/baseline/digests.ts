/** The fingerprints of a desired state, by which an event says which baseline it means. */
import { createHash } from 'node:crypto';
import { desiredState } from '../../../domain/baseline/desired-state.js';
import type { DesiredObject } from '../../../domain/baseline/objects.js';
import type { BaselineSettings } from '../../../domain/baseline/settings.js';
import { canonicalText } from '../../../domain/canonical-json.js';
import { baselineSteps } from '../../../domain/provider/steps.js';

/** SHA-256 in hex over the canonical JSON of the objects, in their order; the sentences for people are left out. */
export const digestOf = (objects: readonly DesiredObject[]): string =>
  createHash('sha256')
    .update(canonicalText(objects.map(({ why: _, ...object }) => object)))
    .digest('hex');

/** SHA-256 in hex over the objects of all steps, in the order of the steps. */
export const baselineDigest = (settings: BaselineSettings): string =>
  digestOf(baselineSteps.flatMap((step) => desiredState(step, settings)));
