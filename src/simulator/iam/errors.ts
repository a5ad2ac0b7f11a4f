/** IAM's errors with their wire codes, HTTP statuses and words. Source: IAM API, the exceptions of the SDK's model. */
import { AwsError } from '../engine/core.js';

export const noSuchEntity = (message: string): AwsError => new AwsError('NoSuchEntity', 404, message);
export const alreadyExists = (message: string): AwsError => new AwsError('EntityAlreadyExists', 409, message);
export const deleteConflict = (message: string): AwsError => new AwsError('DeleteConflict', 409, message);
export const limitExceeded = (message: string): AwsError => new AwsError('LimitExceeded', 409, message);
export const malformedPolicy = (message: string): AwsError => new AwsError('MalformedPolicyDocument', 400, message);
export const invalidInput = (message: string): AwsError => new AwsError('InvalidInput', 400, message);
export const validationError = (message: string): AwsError => new AwsError('ValidationError', 400, message);
export const passwordViolation = (message: string): AwsError => new AwsError('PasswordPolicyViolation', 400, message);
export const temporarilyUnmodifiable = (message: string): AwsError =>
  new AwsError('EntityTemporarilyUnmodifiable', 409, message);
