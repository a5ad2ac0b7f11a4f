/** The fingerprints of a desired state, by which an event says which baseline it means. */
import { createHash } from 'node:crypto';
import { desiredState } from '../../../domain/baseline/desired-state.js';
import type { DesiredObject } from '../../../domain/baseline/objects.js';
import type { BaselineSettings } from '../../../domain/baseline/settings.js';
import { canonicalText } from '../../../domain/canonical-json.js';
import { baselineSteps } from '../../../domain/provider/steps.js';

/** The canonical JSON of the objects, in their order; the sentences for people are left out. */
const textOf = (objects: readonly DesiredObject[]): string =>
  canonicalText(objects.map(({ why: _, ...object }) => object));

/** SHA-256 in hex over the text of the objects. */
export const digestOf = (objects: readonly DesiredObject[]): string =>
  createHash('sha256').update(textOf(objects)).digest('hex');

const wholeBaseline = (settings: BaselineSettings): readonly DesiredObject[] =>
  baselineSteps.flatMap((step) => desiredState(step, settings));

/** The objects of all steps, in the order of the steps, as the text that the baseline's digest is over. */
export const baselineText = (settings: BaselineSettings): string => textOf(wholeBaseline(settings));

/** SHA-256 in hex over {@link baselineText}. */
export const baselineDigest = (settings: BaselineSettings): string => digestOf(wholeBaseline(settings));
