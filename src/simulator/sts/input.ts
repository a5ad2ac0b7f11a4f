/** Reading the members of a call of STS. */

import { violationText } from '../engine/constraints.js';
import { AwsError } from '../engine/core.js';
import { inputReader } from '../engine/input.js';

/** ValidationError as STS answers it. */
export const validationError = (message: string): AwsError => new AwsError('ValidationError', 400, message);

/** @throws ValidationError */
export const { optionalText, structure, structures, text, texts, wholeNumber } = inputReader((breach) =>
  validationError(violationText(breach)),
);
