/** Reading the members of a CloudTrail call. */
import { AwsError } from '../engine/core.js';
import { inputReader } from '../engine/input.js';

/** @throws InvalidParameterException */
export const { list, optionalFlag, optionalText, text, texts } = inputReader(
  ({ member, constraint }) => new AwsError('InvalidParameterException', 400, `${member}: ${constraint}.`),
);
