/** The simulated S3, as far as buckets, their settings and small objects go: one table of all its operations. */
import type { Service } from '../engine/core.js';
import { bucketPolicyOperations } from './bucket-policy.js';
import { bucketOperations } from './buckets.js';
import { inputs } from './inputs.js';
import { objectLockOperations } from './object-lock.js';
import { objectOperations } from './objects.js';
import { restWire } from './rest.js';
import { settingOperations } from './settings.js';

/** Source: S3 API, 2006-03-01. */
export const s3: Service = {
  name: 's3',
  wire: restWire,
  inputs,
  operations: {
    ...bucketOperations,
    ...bucketPolicyOperations,
    ...settingOperations,
    ...objectLockOperations,
    ...objectOperations,
  },
};
