/** The simulated S3 Control, as far as the public access block of a whole account goes. */
import type { Service } from '../engine/core.js';
import { accountBlockOperations } from './account-block.js';
import { inputs, s3ControlWire } from './rest.js';

/** Its requests are signed for S3; the path tells them apart. Source: S3 Control API, 2018-08-20. */
export const s3Control: Service = {
  name: 's3-control',
  signedAs: 's3',
  wire: s3ControlWire,
  inputs,
  operations: accountBlockOperations,
};
