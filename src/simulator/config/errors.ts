/** AWS Config's errors, all of status 400. Source: AWS Config API, the exceptions of the SDK's model. */
import { AwsError } from '../engine/core.js';

export const refusal = (code: string, message: string): AwsError => new AwsError(`${code}Exception`, 400, message);

export const noSuchRecorder = (name: string): AwsError =>
  refusal('NoSuchConfigurationRecorder', `Cannot find configuration recorder with the specified name '${name}'.`);
export const noSuchChannel = (name: string): AwsError =>
  refusal('NoSuchDeliveryChannel', `Cannot find delivery channel with specified name '${name}'.`);
