/** Reading the members of an Account Management call. */
import { violationText } from '../engine/constraints.js';
import { AwsError } from '../engine/core.js';
import { inputReader } from '../engine/input.js';

/** @throws ValidationException */
export const { optionalWord, text } = inputReader(
  (breach) => new AwsError('ValidationException', 400, violationText(breach), { reason: 'fieldValidationFailed' }),
);
